/**
 * Every decision code that has sentences, with the values that its emitter fills, exactly these: each with its type and, where it is not
 * plain, what it says. `object` of a decision about one pod is always `pod/NAME`, whoever decides, so that a click on the pod's lane
 * finds it. Times end in `Ms` and are milliseconds; counts are numbers; lists are names joined by ", " (empty string: none).
 */
export const DECISION_CODES = {
  // --- deployment-controller; object deployment/NAME
  "deployment.new-replica-set": { replicaSet: "string", revision: "number" },
  /** `total`: spec.replicas of all ReplicaSets before; `max`: replicas + maxSurge. */
  "deployment.scale-up-new": {
    replicaSet: "string",
    from: "number",
    to: "number",
    total: "number",
    max: "number",
  },
  /** `available`: over all ReplicaSets before; `min`: replicas - maxUnavailable. */
  "deployment.scale-down-old": {
    replicaSet: "string",
    from: "number",
    to: "number",
    available: "number",
    min: "number",
  },
  /** `available`: of this ReplicaSet. */
  "deployment.cleanup-unhealthy": {
    replicaSet: "string",
    from: "number",
    to: "number",
    available: "number",
  },
  /** The new ReplicaSet wants more pods and may not have them yet. */
  "deployment.wait-surge": { replicaSet: "string", total: "number", max: "number" },
  /** Old pods are left and none may go yet. `unavailableNew`: pods of the new ReplicaSet that are not available. */
  "deployment.wait-available": { available: "number", min: "number", unavailableNew: "number" },
  "deployment.recreate-scale-down": { replicaSet: "string", from: "number", to: "number" },
  /** `pods`: old pods that still run. */
  "deployment.recreate-wait": { pods: "number" },
  "deployment.recreate-create": { replicaSet: "string", to: "number" },
  /** A change of spec.replicas in mid-rollout or with no rollout at all. */
  "deployment.scale-proportionally": { replicaSet: "string", from: "number", to: "number" },
  "deployment.complete": { replicaSet: "string", replicas: "number" },
  "deployment.progress-deadline": { replicaSet: "string", seconds: "number" },

  // --- replicaset-controller; object replicaset/NAME
  /** `active`: pods before, without those being deleted. */
  "replicaset.create-pods": { count: "number", active: "number", desired: "number" },
  /**
   * `pods`: names chosen. `rule`: what set them apart from those that stay: one of `all` (none stays), `unassigned`, `pending`,
   * `not-ready`, `deletion-cost`, `co-located`, `ready-shorter`, `restarts`, `newer`.
   */
  "replicaset.delete-pods": {
    count: "number",
    active: "number",
    desired: "number",
    pods: "string",
    rule: "string",
  },
  /** `batch`: size of this batch; `left`: pods still to be created after it. */
  "replicaset.slow-start": { batch: "number", left: "number" },

  // --- statefulset-controller; object statefulset/NAME, or pod/NAME where it is about one pod
  /** `revision`: name of the ControllerRevision; `number`: its place in the history. */
  "statefulset.new-revision": { revision: "string", number: "number" },
  /** `revision`: which one the pod is made from. */
  "statefulset.create-pod": { ordinal: "number", revision: "string" },
  /** `revision`: of the pod; `update`: the one that is rolled out; `partition`: ordinals below it stay. */
  "statefulset.delete-for-update": { revision: "string", update: "string", partition: "number" },
  /** `replicas`: how many pods are wanted. */
  "statefulset.delete-for-scale": { replicas: "number" },
  /** `phase`: Failed or Succeeded. */
  "statefulset.delete-ended": { phase: "string" },
  /** The next step waits until `pod` is gone, is Ready, or has been Ready for `seconds`. */
  "statefulset.wait-terminating": { pod: "string" },
  "statefulset.wait-ready": { pod: "string" },
  "statefulset.wait-available": { pod: "string", seconds: "number" },
  /** `pod` is not Ready and is of `revision`; it is not replaced, although it should be of `update`. */
  "statefulset.wait-outdated": { pod: "string", revision: "string", update: "string" },
  "statefulset.complete": { revision: "string", replicas: "number" },

  // --- daemonset-controller; object daemonset/NAME
  "daemonset.new-revision": { revision: "string", number: "number" },
  /** `nodes`: names of those without a pod. */
  "daemonset.create-pods": { count: "number", nodes: "string" },
  /** `pods`: on nodes that should not have them, one too many on a node, or ended. */
  "daemonset.delete-extra": { count: "number", pods: "string" },
  /** `pods`: old ones whose node has a new one that is available. */
  "daemonset.delete-surged": { count: "number", pods: "string" },
  /** `unavailable`: nodes without an available pod before; `max`: maxUnavailable in nodes. */
  "daemonset.delete-for-update": {
    count: "number",
    pods: "string",
    unavailable: "number",
    max: "number",
  },
  /** `pods`: old ones that are not available. */
  "daemonset.replace-unavailable": { count: "number", pods: "string" },
  /** `nodes`: those that get a second pod; `surging`: nodes that had two before; `max`: maxSurge in nodes. */
  "daemonset.surge": { count: "number", nodes: "string", surging: "number", max: "number" },
  /** `old`: old pods that are left and may not go yet. */
  "daemonset.wait-unavailable": { unavailable: "number", max: "number", old: "number" },
  "daemonset.wait-surge": { surging: "number", max: "number", old: "number" },
  "daemonset.complete": { revision: "string", nodes: "number" },

  // --- node-lifecycle-controller; object node/NAME
  /** `silentMs`: since the kubelet last renewed its Lease; `pods`: on the node. */
  "node-lifecycle.unknown": { silentMs: "number", pods: "number" },
  "node-lifecycle.taint": { taint: "string", pods: "number" },
  /** `pods`: on the node. */
  "node-lifecycle.recovered": { pods: "number" },

  // --- taint-eviction-controller; object pod/NAME
  /** `seconds`: for how long the pod tolerates the taint. */
  "taint-eviction.scheduled": { node: "string", taint: "string", seconds: "number" },
  "taint-eviction.delete": { node: "string", waitedMs: "number" },

  // --- pod-garbage-collector-controller; object pod/NAME
  "pod-gc.orphaned": { node: "string" },

  // --- disruption-controller; object poddisruptionbudget/NAME
  /** `allowed`: pods that may be evicted now; `desired`: healthy pods that have to stay. */
  "disruption.allowed": { allowed: "number", healthy: "number", desired: "number" },

  // --- horizontal-pod-autoscaler; object KIND/NAME of what is scaled
  /** `reason`: as in the SuccessfulRescale event. */
  "autoscaler.rescale": { from: "number", to: "number", reason: "string" },

  // --- scheduler; object pod/NAME
  /** `feasible` of `nodes` nodes could take it. */
  "scheduler.bind": { node: "string", feasible: "number", nodes: "number" },
  /** `message`: as in the FailedScheduling event. */
  "scheduler.no-fit": { nodes: "number", message: "string" },
  /** `pods`: the victims; `violations`: how many of them a budget would keep; `candidates`: nodes on which it would have done. */
  "scheduler.preempt": {
    node: "string",
    count: "number",
    pods: "string",
    violations: "number",
    candidates: "number",
  },

  // --- api-server; object pod/NAME
  "api.delete-accepted": { graceSeconds: "number" },

  // --- kubelet/NODE; object pod/NAME
  /** `probe`: readiness or startup; `result`: ready or unready; `streak` equal results in a row, `threshold` needed. */
  "kubelet.probe-result": {
    container: "string",
    probe: "string",
    result: "string",
    streak: "number",
    threshold: "number",
  },
  /** `probe`: liveness or startup. */
  "kubelet.liveness-restart": {
    container: "string",
    probe: "string",
    failures: "number",
    threshold: "number",
  },
  /** `handler`: exec, httpGet or sleep; `detail`: the command, path or seconds. */
  "kubelet.hook-start": {
    container: "string",
    handler: "string",
    detail: "string",
    graceSeconds: "number",
  },
  /** `remainingSeconds`: grace left after the whole seconds of the hook. */
  "kubelet.hook-done": { container: "string", tookMs: "number", remainingSeconds: "number" },
  "kubelet.hook-cut": { container: "string", tookMs: "number", graceSeconds: "number" },
  /** `reason`: why it failed, in the kubelet's words. */
  "kubelet.hook-failed": { container: "string", tookMs: "number", reason: "string" },
  /** `signal`: SIGTERM or SIGQUIT…; `hookMs`: time the hook took (0: none); `floored`: 1 if less than 2 s were left and 2 s are given. */
  "kubelet.stop-signal": {
    container: "string",
    signal: "string",
    graceSeconds: "number",
    hookMs: "number",
    remainingSeconds: "number",
    floored: "number",
  },
  /** `afterMs`: since the stop signal. */
  "kubelet.sigkill": { container: "string", afterMs: "number" },
  "kubelet.container-exit": { container: "string", code: "number" },
  /** `ranMs`: since the process started. */
  "kubelet.oom-killed": { container: "string", ranMs: "number" },
  /** `program`: the one that the image does not have. */
  "kubelet.start-failed": { container: "string", program: "string" },
  /** `resource`: memory or ephemeral-storage; `availableMi`: of it on the node, in MiB. */
  "kubelet.evicted": { resource: "string", availableMi: "number" },
  /** `critical`: the pod for which room is made; `resource`: what the node has too little of. */
  "kubelet.preempted": { critical: "string", resource: "string" },
  /** `backoffSeconds`: until the next try. */
  "kubelet.image-pull-failed": { image: "string", message: "string", backoffSeconds: "number" },

  // --- endpointslice-controller; object pod/NAME
  "endpointslice.ready": { service: "string" },
  /** `serving`: 1 if the pod still passes its readiness probe; `terminating`: 1 if it is being deleted. */
  "endpointslice.not-ready": { service: "string", serving: "number", terminating: "number" },
  "endpointslice.removed": { service: "string" },

  // --- kube-proxy/NODE; object service/NAME
  /**
   * `added`, `removed`: names of pods. `waitedMs`: from the first change that this sync carries until now; `rule`: `at-once` (nothing held
   * it back), `burst` (the second of two free syncs) or `interval` (it had to wait for minSyncPeriod).
   */
  "kube-proxy.sync": {
    added: "string",
    removed: "string",
    waitedMs: "number",
    rule: "string",
  },

  // --- rollouts-controller; object rollout/NAME
  "rollout.invalid": { message: "string" },
  "rollout.new-replica-set": { replicaSet: "string", revision: "number" },
  /** `weight`: the share of the pods or the traffic that the step asks for; `replicas`: of the Rollout. */
  "rollout.scale-canary": {
    replicaSet: "string",
    from: "number",
    to: "number",
    weight: "number",
    replicas: "number",
  },
  "rollout.scale-stable": {
    replicaSet: "string",
    from: "number",
    to: "number",
    weight: "number",
    replicas: "number",
  },
  /** previewReplicaCount: fewer pods than `replicas` until the pause is over. */
  "rollout.scale-preview": {
    replicaSet: "string",
    from: "number",
    to: "number",
    replicas: "number",
  },
  "rollout.scale-full": { replicaSet: "string", from: "number", to: "number", replicas: "number" },
  "rollout.scale-active": { replicaSet: "string", from: "number", to: "number" },
  /** `available`: over all ReplicaSets before; `min`: replicas - maxUnavailable. */
  "rollout.scale-down-old": {
    replicaSet: "string",
    from: "number",
    to: "number",
    available: "number",
    min: "number",
  },
  "rollout.cleanup-unhealthy": {
    replicaSet: "string",
    from: "number",
    to: "number",
    available: "number",
  },
  /** scaleDownDelaySeconds, abortScaleDownDelaySeconds: until when pods without traffic stay. */
  "rollout.delay-old": { replicaSet: "string", seconds: "number" },
  "rollout.delay-aborted": { replicaSet: "string", seconds: "number" },
  /** The delay is over. */
  "rollout.scale-down-delayed": { replicaSet: "string", from: "number", to: "number" },
  /** `from`, `to`: rollouts-pod-template-hash in its selector (empty: none). */
  "rollout.switch-service": { service: "string", from: "string", to: "string" },
  /** Of maxTrafficWeight. */
  "rollout.traffic-weight": { from: "number", to: "number" },
  /** `step`: how many are done; `text`: the step, as `kubectl argo rollouts` prints it. */
  "rollout.step-completed": { step: "number", steps: "number", text: "string" },
  /** `seconds`: how long; 0: until somebody promotes. */
  "rollout.pause-step": { step: "number", seconds: "number" },
  "rollout.pause-promotion": { seconds: "number" },
  "rollout.wait-available": { replicaSet: "string", available: "number", wanted: "number" },
  /** `reason` in Argo Rollouts' words. */
  "rollout.promote": { revision: "number", hash: "string", reason: "string" },
  /** `reason`: empty when somebody asked for it. */
  "rollout.abort": { revision: "number", reason: "string" },
  "rollout.progress-deadline": { replicaSet: "string", seconds: "number" },
  /** `role`: Step, Background, PrePromotion or PostPromotion. */
  "rollout.analysis-started": { run: "string", role: "string" },
  "rollout.analysis-ended": { run: "string", role: "string", phase: "string" },

  // --- analysis-controller; object analysisrun/NAME
  /** `value`: as measured, or why it could not be; `condition`: what it is held against (empty: nothing). */
  "analysis.measure": {
    metric: "string",
    value: "string",
    phase: "string",
    condition: "string",
  },

  // --- ingress-nginx/N/worker-M, gateway/N, sidecar/N, load-balancer/N; object service/NAME
  /**
   * `added`, `removed`: names of pods. `waitedMs`: from the first change that it carries until now; `rule`: `poll` (a worker of ingress-nginx
   * looked), `push` (a control plane told its Envoy), `registration` or `deregistration` (of a load balancer's targets).
   */
  "proxy.endpoints": {
    added: "string",
    removed: "string",
    waitedMs: "number",
    rule: "string",
  },

  // --- app; object pod/NAME
  /** `afterMs`: since the process started. */
  "app.listener-open": { container: "string", afterMs: "number" },
  /** `mode`: fast, graceful or crash; `signal` that closed it (empty: none); `afterMs`: since that signal was sent. */
  "app.listener-closed": {
    container: "string",
    mode: "string",
    signal: "string",
    afterMs: "number",
  },

  // --- kubelet/NODE or container runtime; object pod/NAME
  /** `afterMs`: since the last container ended. */
  "network.torn-down": { afterMs: "number" },
} as const satisfies Readonly<Record<string, Readonly<Record<string, "string" | "number">>>>;

/** A code that has sentences. */
export type DecisionCode = keyof typeof DECISION_CODES;

/** The values that a decision of a code carries. */
export type DecisionValues<C extends DecisionCode> = {
  readonly [K in keyof (typeof DECISION_CODES)[C]]: (typeof DECISION_CODES)[C][K] extends "number"
    ? number
    : string;
};

/** Whether a code is known here. */
export function isDecisionCode(code: string): code is DecisionCode {
  return Object.hasOwn(DECISION_CODES, code);
}

/** Names of the values that a decision should carry and does not, or carries in another type; with an empty list it can be told. */
export function missingValues(
  code: DecisionCode,
  values: Readonly<Record<string, string | number>>,
): string[] {
  return Object.entries(DECISION_CODES[code])
    .filter(([name, type]) => typeof values[name] !== type)
    .map(([name]) => name);
}
