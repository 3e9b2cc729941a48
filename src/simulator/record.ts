/*
 * What a run leaves behind: facts about pods, routers and requests in plain data, from which sentences, checks and pictures are made.
 * Times are milliseconds of virtual time.
 */

/** Phase of a pod as the picture shows it; each begins where the last one ended. */
export type LanePhase =
  /** Created, not bound to a node. */
  | "pending"
  /** Bound; the image is pulled. */
  | "pulling"
  /** Sandbox and containers are made, or the process runs and its port does not listen yet. */
  | "starting"
  /** Containers run, the pod is not Ready. */
  | "not-ready"
  /** Ready, and not being deleted. */
  | "ready"
  /** Being deleted; the preStop hook runs. */
  | "pre-stop"
  /** The stop signal has been sent; the process is still there. */
  | "stopping"
  /** All processes have ended; the API object still exists. */
  | "exited";

/** The life of one pod. */
export interface PodRecord {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly ip?: string;
  readonly node?: string;
  /** Name of the owning ReplicaSet (or other controller); empty for a bare pod. */
  readonly owner: string;
  /** Image of the first container: its version. */
  readonly image: string;
  readonly createdMs: number;
  /** In order; the first starts at `createdMs`. */
  readonly phases: readonly { readonly phase: LanePhase; readonly fromMs: number }[];
  /** When the object was removed; undefined while it exists. */
  readonly goneMs?: number;
  /** When its deletion was accepted. */
  readonly deletedMs?: number;
  /** Intervals in which its port accepts connections. */
  readonly listening: readonly { readonly fromMs: number; readonly toMs?: number }[];
  /** When its network was torn down: from here on connections get no answer. */
  readonly networkGoneMs?: number;
  /** How the container ended after the stop signal. */
  readonly exit?: { readonly atMs: number; readonly code: number; readonly bySigkill: boolean };
}

/** An interval in which a router would choose a pod for a new connection. */
export interface RouteRecord {
  /** `kube-proxy/node-1` */
  readonly router: string;
  readonly pod: string;
  readonly fromMs: number;
  readonly toMs?: number;
}

/** Why a request failed. */
export type FailureCause =
  /** The pod's port did not listen any more (or the pod was going away): RST to the SYN. */
  | "connection-refused"
  /** The pod's port did not listen yet. */
  | "not-ready-yet"
  /** The pod's network was gone: no answer to the SYN until the connect timeout. */
  | "connect-timeout"
  /** The pod's network was gone, and the network says so: no route to host. */
  | "host-unreachable"
  /** The process ended while the request was in flight. */
  | "connection-reset"
  /** The process closed an idle connection while the request was on its way on it. */
  | "idle-connection-closed"
  /** The process ended after the header of its answer and before its end. */
  | "answer-cut-off"
  /** No endpoint to send it to. */
  | "no-endpoint"
  /** No rule of the Ingress or HTTPRoute takes the request. */
  | "no-route"
  /** The rule that takes it names a Service or port that is not there, or none with a weight. */
  | "invalid-backend"
  /** No answer within the read or client timeout. */
  | "slow"
  /** The application had no place left in its queue. */
  | "overloaded"
  /** A container of the pod passed it on to another one, whose port did not listen: not yet, or not any more. */
  | "behind-refused"
  /** The application answered 500 by its own error rate, or 503 before it was ready. */
  | "application-error";

/** What the client saw. */
export type RequestOutcome =
  | "200"
  | "404"
  | "500"
  | "502"
  | "503"
  | "504"
  | "connection-refused"
  | "connection-reset"
  | "host-unreachable"
  /** The header said 200, the body broke off. */
  | "truncated"
  | "timeout";

/** One request from client to answer. */
export interface RequestRecord {
  /** Number in the order of sending, over all sources. */
  readonly id: number;
  readonly source: string;
  readonly sentMs: number;
  /** When the client had its answer or error. */
  readonly doneMs: number;
  readonly outcome: RequestOutcome;
  readonly cause?: FailureCause;
  /** Router that chose the pod. */
  readonly router?: string;
  /** Name of the pod chosen. */
  readonly pod?: string;
  /** Image that answered, for a 200. */
  readonly version?: string;
  /** GET when left out. */
  readonly method?: "POST";
  /** How often it was tried, when more than once. */
  readonly tries?: number;
  /** What Envoy's access log calls the failure (%RESPONSE_FLAGS%): UF, UC, UH, UT, NR. */
  readonly responseFlag?: string;
}

/**
 * A decision of a controller, the kubelet or the API server with its numbers: what "why?" answers with. `code` names the sentence
 * (both languages' sentences stand in `src/words`), `values` fill it.
 */
export interface Decision {
  readonly atMs: number;
  /** Component: `deployment-controller`, `replicaset-controller`, `kubelet/node-1`, `kube-proxy/node-1`… */
  readonly actor: string;
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
  /** `deployment/web`, `replicaset/web-5958b5bcc6`, `pod/web-5958b5bcc6-hzhj6` */
  readonly object: string;
  /** Upstream file and function of the rule: `pkg/controller/deployment/rolling.go reconcileOldReplicaSets`. */
  readonly upstream: string;
}

/** spec.replicas of a ReplicaSet from a time on. */
export interface ScaleRecord {
  readonly atMs: number;
  readonly replicaSet: string;
  /** `deployment/web`, `rollout/web` */
  readonly owner: string;
  readonly replicas: number;
  readonly image: string;
}

/** Pods of one workload from a time on. */
export interface ReadyRecord {
  readonly atMs: number;
  /** `deployment/web` */
  readonly object: string;
  /** Pods that are Ready and not being deleted. */
  readonly ready: number;
  /** As `ready`, for at least minReadySeconds. */
  readonly available: number;
  /** Pods not being deleted, and all pods. */
  readonly active: number;
  readonly total: number;
  /** replicas - maxUnavailable and replicas + maxSurge. */
  readonly min: number;
  readonly max: number;
}

/** One rollout of a workload, as `interfaces` section 3 prints it. */
export interface RolloutRecord {
  readonly object: string;
  readonly revision: number;
  readonly startMs: number;
  readonly completeMs?: number;
  readonly minReady: number;
  readonly maxPods: number;
  /** `aborted`: a Rollout's update was given up, and its traffic is back with the stable version. */
  readonly result: "complete" | "progressing" | "stuck" | "superseded" | "paused" | "aborted";
}

/** An Event object as the timeline lists it. */
export interface EventRecord {
  readonly atMs: number;
  readonly object: string;
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
  readonly source: string;
}

/** A piece of what a command printed. */
export interface OutputChunk {
  readonly atMs: number;
  readonly stream: "stdout" | "stderr";
  readonly text: string;
}

/** A step or input as the timeline marks it. */
export interface InputRecord {
  readonly atMs: number;
  readonly label: string;
  /** Whether somebody typed it into a terminal; left out for what the scenario does. */
  readonly typed?: true;
  /** Exit status of kubectl (0 while it runs), and what it printed. */
  readonly code: number;
  readonly output: string;
  /** When it ended; undefined while it runs. */
  readonly endMs?: number;
  /** `output`, piece by piece. */
  readonly chunks?: readonly OutputChunk[];
  /** Files that it wrote, by path. */
  readonly written?: Readonly<Record<string, string>>;
  /** The editor that it waits for, with the text to edit. */
  readonly editing?: { readonly name: string; readonly text: string };
}

/** All that a picture or a sentence can be made of. */
export interface Timeline {
  readonly startMs: number;
  readonly endMs: number;
  readonly pods: readonly PodRecord[];
  readonly routes: readonly RouteRecord[];
  /** The routers that traffic of this run goes through, in order. */
  readonly routers: readonly string[];
  readonly requests: readonly RequestRecord[];
  readonly scales: readonly ScaleRecord[];
  readonly ready: readonly ReadyRecord[];
  readonly rollouts: readonly RolloutRecord[];
  readonly decisions: readonly Decision[];
  readonly events: readonly EventRecord[];
  readonly inputs: readonly InputRecord[];
}

/** The run as the command line prints it (schema rollout-lab/run/v1). */
export interface RunSummary {
  readonly schema: "rollout-lab/run/v1";
  readonly seed: number;
  readonly simulatedMs: number;
  readonly wallMs: number;
  readonly events: number;
  readonly requests: {
    readonly total: number;
    readonly ok: number;
    readonly failed: number;
    readonly byOutcome: Readonly<Record<string, number>>;
    readonly byVersion: Readonly<Record<string, number>>;
    readonly byCause: Readonly<Record<string, number>>;
    readonly each?: readonly RequestRecord[];
  };
  readonly rollouts: readonly RolloutRecord[];
  readonly warnings: readonly string[];
  readonly watch?: readonly WatchRecord[];
}

/** One change of an API object. */
export interface WatchRecord {
  readonly t: number;
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly object: object;
}

/** What `simulate` gives. */
export interface Run {
  readonly summary: RunSummary;
  readonly timeline: Timeline;
  /** Workloads, Services and what belongs to them as they stand at the end, by `deployment/web`; other namespaces' as `deployment/team/web`. */
  readonly live: Readonly<Record<string, object>>;
}
