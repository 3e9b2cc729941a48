import type { ApiServer } from "../api/server.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Processes } from "../runtime/processes.ts";
import { chooseAtRandom } from "./destination-choice.ts";
import type { KubeProxy } from "./kube-proxy.ts";
import type { Destination } from "./destinations.ts";
import { servicePortKey } from "./service-rules.ts";

/** What becomes of one request: an answer after a while, or none. */
export type SingleAnswer =
  | {
      readonly status: number;
      readonly afterMs: number;
      readonly pod: string;
      readonly image: string;
      /** Whether the process is still there, asked when the answer is due. */
      readonly stands: () => boolean;
    }
  | { readonly error: "unknown-host" | "refused" | "timeout"; readonly afterMs: number };

interface Needs {
  readonly kernel: Kernel;
  readonly api: ApiServer;
  readonly processes: Processes;
  readonly router: KubeProxy;
}

const STREAM = "single-requests";

/**
 * One request from within the cluster, on the direct road: a Service's name or address leads to a pod by the rules of the node's
 * kube-proxy, a pod's address to the pod. Simplified: it takes no place in a queue of the application.
 */
export function singleRequest(
  needs: Needs,
  {
    host,
    port,
    timeoutMs,
  }: { readonly host: string; readonly port: number; readonly timeoutMs: number },
): SingleAnswer {
  const target = targetOf(needs, host, port);
  if (typeof target === "string") {
    return { error: target, afterMs: target === "timeout" ? timeoutMs : 0 };
  }
  const { processes, kernel } = needs;
  const met = processes.connectTo(target);
  if (met === "no-answer") return { error: "timeout", afterMs: timeoutMs };
  if (typeof met === "string") return { error: "refused", afterMs: 0 };
  const { latency, errorRate, name: image } = met.spec.image;
  const random = kernel.random(STREAM);
  const isRefused = typeof processes.behind(met) === "string";
  const ready = !isRefused && processes.isReady(met);
  const drawnMs = Math.max(1, Math.round(random.logNormal(latency.p50Ms, latency.p99Ms)));
  if (ready && drawnMs > timeoutMs) return { error: "timeout", afterMs: timeoutMs };
  const fails = errorRate > 0 && random.chance(errorRate);
  const afterMs = ready ? drawnMs : 1;
  processes.occupy(met, kernel.now + afterMs);
  return {
    status: isRefused ? 502 : !ready ? 503 : fails ? 500 : 200,
    afterMs,
    pod: target.podName,
    image,
    stands: () => processes.find(met.id) !== undefined,
  };
}

function targetOf(
  needs: Needs,
  host: string,
  port: number,
): Destination | "unknown-host" | "refused" | "timeout" {
  const { api, router, kernel } = needs;
  const isAddress = /^\d+\.\d+\.\d+\.\d+$/.test(host);
  if (host === "localhost" || host.startsWith("127.")) return "refused";
  const [name = "", namespace = "default"] = host.split(".");
  const service = isAddress
    ? api.list("services").find(({ spec }) => spec.clusterIP === host)
    : api.find("services", namespace, name);
  if (service === undefined) {
    if (!isAddress) return "unknown-host";
    const pod = api.list("pods").find(({ status }) => status.podIP === host);
    return pod === undefined
      ? "timeout"
      : { podUid: pod.metadata.uid, podName: pod.metadata.name, port };
  }
  const { name: serviceName, namespace: where = "default" } = service.metadata;
  const rules = router.rulesFor(servicePortKey(where, serviceName, port));
  if (rules === undefined)
    return (service.spec.ports ?? []).some((one) => one.port === port) ? "refused" : "timeout";
  if (rules.destinations.count === 0)
    return rules.withoutDestination === "drop" ? "timeout" : "refused";
  return chooseAtRandom(rules, kernel.random(STREAM));
}
