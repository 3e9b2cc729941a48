/** Since when a field can be used without a feature gate, where somebody may still run an older cluster (kubernetes/enhancements 3960). */
export const SINCE: Readonly<Record<string, string>> = { sleep: "1.30" };

const DEPLOYMENT: Readonly<Record<string, readonly string[]>> = {
  replicas: ["pipeline-controllers"],
  selector: ["pipeline-kube-apiserver"],
  strategy: ["rolling-update", "pipeline-controllers"],
  type: ["recreate", "pipeline-controllers"],
  rollingUpdate: ["surge-and-unavailable", "pipeline-controllers"],
  maxSurge: ["surge-and-unavailable", "pipeline-controllers"],
  maxUnavailable: ["surge-and-unavailable", "pipeline-controllers"],
  minReadySeconds: ["pipeline-completion"],
  progressDeadlineSeconds: ["pipeline-completion"],
  revisionHistoryLimit: ["stuck-rollouts"],
  paused: ["stuck-rollouts"],
  template: ["pipeline-client"],
  image: ["pipeline-client"],
  command: ["graceful-shutdown"],
  imagePullPolicy: ["config-and-restarts", "pipeline-scheduler-and-kubelet"],
  env: ["config-and-restarts"],
  resources: ["pipeline-scheduler-and-kubelet"],
  requests: ["pipeline-scheduler-and-kubelet"],
  startupProbe: ["probes", "why-502-and-504"],
  readinessProbe: ["probes", "why-502-and-504"],
  livenessProbe: ["probes", "why-502-and-504"],
  initialDelaySeconds: ["probes", "pipeline-scheduler-and-kubelet"],
  periodSeconds: ["probes", "pipeline-scheduler-and-kubelet"],
  timeoutSeconds: ["probes"],
  successThreshold: ["probes"],
  failureThreshold: ["probes"],
  lifecycle: ["pre-stop", "why-502-and-504"],
  exec: ["pre-stop", "why-502-and-504"],
  httpGet: ["pre-stop"],
  sleep: ["pre-stop", "why-502-and-504"],
  terminationGracePeriodSeconds: ["termination-grace-period", "why-502-and-504"],
};

const SERVICE: Readonly<Record<string, readonly string[]>> = {
  selector: ["blue-green"],
  type: ["cloud-load-balancers"],
};

/** What probes and hooks have in common is told by the chapter on each. */
const PROBE: Readonly<Record<string, readonly string[]>> = {
  httpGet: ["probes"],
  exec: ["probes"],
  tcpSocket: ["probes"],
};

/** Chapters that speak of a field at the end of these keys, the fittest first. */
export function pagesOfField(kind: string, keys: readonly string[]): readonly string[] {
  const key = keys.at(-1)!;
  if (kind === "Service") return SERVICE[key] ?? [];
  const inProbe = keys.at(-2)?.endsWith("Probe") === true;
  return (inProbe ? PROBE[key] : undefined) ?? DEPLOYMENT[key] ?? [];
}
