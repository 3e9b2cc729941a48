/** Something that the check took for granted, left out or noticed; `words/notes.ts` has the sentence for each code. */
export interface Note {
  readonly code: NoteCode;
  /** What fills the sentence. */
  readonly values: Readonly<Record<string, string | number>>;
}

/** Every note that there is. */
export type NoteCode =
  /** An image known by its name; `like` says as what. */
  | "image-known"
  /** An image of a database known by its name; `like` says which. */
  | "image-database"
  /** An image of which nothing is known. */
  | "image-unknown"
  /** The image's name says that it has no shell. */
  | "image-no-shell"
  /** A probe looks for `files`, which the image's program is taken to make. */
  | "probe-files"
  /** Exec probes run `commands` that are not simulated. */
  | "probe-commands"
  /** A preStop hook runs `commands` that are not simulated. */
  | "hook-commands"
  /** Init containers are done after a second. */
  | "init-containers"
  /** ConfigMaps, Secrets, ServiceAccounts, PriorityClasses and Gateways that are named and not given are taken to be there. */
  | "config-assumed"
  /** nodeSelector, node affinity and the like: nodes are taken to fit. */
  | "nodes-fit"
  /** What sets the conditions of readinessGates is not simulated. */
  | "readiness-gates"
  /** Each pod needs a node of its own; `nodes` of them are taken to be there. */
  | "nodes-apart"
  /** Requests that are larger than a simulated node: what the pods state of amounts is not played. */
  | "requests-left-out"
  /** Nor is a LimitRange then. */
  | "range-left-out"
  /** PersistentVolumeClaims are taken to be bound and mounted at once. */
  | "volumes-mounted"
  /** An autoscaler keeps from `replicas` to `maximum` pods; the update starts with `from`. */
  | "hpa-minimum"
  /** spec.replicas beside an autoscaler: each apply sets the number of pods back to it, from `from`. */
  | "hpa-and-replicas"
  /** spec.replicas goes with this update: the apply leaves one pod of `from`. */
  | "hpa-replicas-removed"
  /** Other workloads of the namespace take `taken` of a ResourceQuota. */
  | "quota-shared"
  /** What a ResourceQuota says of `names` is left out. */
  | "quota-amounts"
  /** A PodDisruptionBudget is there, and does not limit an update. */
  | "budget-no-limit"
  /** It lets no pod be evicted. */
  | "budget-shut"
  /** The Service sends to a port that no container declares. */
  | "port-undeclared"
  /** `probes` of a container ask a port that no container declares. */
  | "probe-port-undeclared"
  /** The Service sends to a port by a name that no container of the pods has; `names` are those that they have. */
  | "port-name-unknown"
  /** The same of `probes` of a container, which has to have the name itself. */
  | "probe-port-name-unknown"
  /** A DaemonSet's pods take `ports` of their nodes. */
  | "host-port"
  /** The update takes the Service away from the pods that stand before others are there: by its selector, or by the port that it sends to. */
  | "selector-moves"
  | "target-moves"
  /** ConfigMaps and Secrets change, and the pods that read them do not. */
  | "config-unread"
  /** A Service of the workload's name whose selector does not match its pods. */
  | "service-astray"
  /** A sidecar takes the requests, and passes them on. */
  | "sidecar-in-front"
  /** Container `front` takes the requests, and passes them on to `behind`. */
  | "front-container"
  /** Clients of gRPC keep one connection for all of their requests. */
  | "grpc"
  /** A WebSocket lasts as long as its pod. */
  | "websocket"
  /** The road that the manifests suggest is not simulated; another one is taken. */
  | "road-instead"
  /** What keeps a rollout from going on by itself: its strategy OnDelete, a partition, a pause. */
  | "on-delete"
  | "partition"
  | "paused"
  /** A mesh adds containers to the pods, as `by` says. */
  | "mesh-adds"
  /** A Rollout is promoted at its pauses after so many seconds. */
  | "pauses-short"
  /** Users come through a load balancer, whose own delays were not played. */
  | "load-balancer"
  /** Users come through a node's port, which was not played. */
  | "through-nodes"
  /** Routes of kinds that are not simulated lead to the Service `name`. */
  | "route-unsimulated"
  /** The road needs a Service of another type. */
  | "no-node-port"
  /** The road's retries hid failures: `count` requests of `seeds` runs. */
  | "retries-hide"
  /** Requests fail before the update already, in `times` of `seeds` runs. */
  | "fails-before"
  /** No request failed though no pod was ready for a while: those that were ending answered. */
  | "none-ready"
  /** Its pods do not all get ready even before the update. */
  | "never-stood"
  /** The API server refuses its pods even before the update. */
  | "never-made"
  /** A preStop hook failed or was cut off, or a process was killed: `times` runs of `seeds`. */
  | "hook-failed"
  | "hook-cut"
  | "killed";
