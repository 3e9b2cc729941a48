import type { ApiServer } from "./api/server.ts";
import type { Pod } from "./api/types.ts";
import type { Kubelet } from "./kubelet/kubelet.ts";
import type { ExecEnd, ExecStep } from "./kubelet/node-server.ts";
import type { Machine } from "./nodes.ts";
import type { RequestRecord } from "./record.ts";
import type { LoggedRequest, LogLine } from "./runtime/program-life.ts";

/** A container, as a client names it. */
export interface ContainerName {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** A refusal of the API server: HTTP status, reason of the Status object, and text. */
export interface NodeRefusal {
  readonly code: number;
  readonly reason: "BadRequest" | "NotFound" | "";
  readonly message: string;
}

/** The requests of the run, as far as their ends are known. */
export interface AnsweredRequests {
  /** Those that have been answered or given up by now, in the order of sending. */
  finished(): readonly RequestRecord[];
  /** The namespace that a source of traffic sends to. */
  namespaceOf(source: string): string | undefined;
}

/** Where the kubelets' servers listen. */
const PORT = 10_250;

/** What the API server fetches from the nodes for its clients (pkg/registry/core/pod/rest: log.go, subresources.go). */
export class NodeAccess {
  private readonly needs: {
    readonly api: ApiServer;
    readonly kubelets: ReadonlyMap<string, Kubelet>;
    readonly machines: readonly Machine[];
    readonly requests: AnsweredRequests;
  };

  constructor(needs: NodeAccess["needs"]) {
    this.needs = needs;
  }

  /** The lines of a container's log up to now, oldest first; of the run before the last restart, if `previous`. */
  log(
    { namespace, pod: name, container }: ContainerName,
    previous: boolean,
  ): readonly LogLine[] | NodeRefusal {
    const pod = this.needs.api.find("pods", namespace, name);
    if (pod === undefined) return notFound(name);
    const { nodeName } = pod.spec;
    // A pod that no node has yet has nothing to show, which is no error (strategy.go LogLocation).
    if (!nodeName) return [];
    const kubelet = this.needs.kubelets.get(nodeName);
    if (kubelet === undefined || kubelet.isCutOff) {
      return this.unreachable("Get", nodeName, `containerLogs/${namespace}/${name}/${container}`);
    }
    const key = { podUid: pod.metadata.uid, container };
    const lines = kubelet.server.log(key, previous, (of, fromMs, toMs) =>
      this.requestsOf(of, fromMs, toMs),
    );
    if (!("refused" in lines)) return lines;
    return { code: 400, reason: "BadRequest", message: lines.refused };
  }

  /** Runs a command in a container. */
  *exec(
    { namespace, pod: name, container }: ContainerName,
    argv: readonly string[],
  ): Generator<ExecStep, Exclude<ExecEnd, { refused: string }> | NodeRefusal, undefined> {
    const pod = this.needs.api.find("pods", namespace, name);
    if (pod === undefined) return notFound(name);
    const { nodeName } = pod.spec;
    if (!nodeName) {
      const message = `pod ${name} does not have a host assigned`;
      return { code: 400, reason: "BadRequest", message };
    }
    const kubelet = this.needs.kubelets.get(nodeName);
    if (kubelet === undefined || kubelet.isCutOff) {
      return this.unreachable("Post", nodeName, `exec/${namespace}/${name}/${container}`);
    }
    const end = yield* kubelet.server.exec({ podUid: pod.metadata.uid, container }, argv);
    return "refused" in end ? { code: 500, reason: "", message: end.refused } : end;
  }

  private unreachable(method: string, node: string, path: string): NodeRefusal {
    const ip = this.needs.machines.find(({ name }) => name === node)?.ip ?? node;
    const address = `${ip}:${PORT}`;
    const message = `${method} "https://${address}/${path}": dial tcp ${address}: i/o timeout`;
    return { code: 500, reason: "", message };
  }

  /** Simplified: a container writes of the requests that its pod was sent, from the address of the first node, where all clients stand. */
  private requestsOf({ metadata }: Pod, fromMs: number, toMs: number): LoggedRequest[] {
    const { requests, machines } = this.needs;
    const client = machines[0]!.ip;
    const logged: LoggedRequest[] = [];
    for (const request of requests.finished()) {
      const { pod, source, sentMs, doneMs, method = "GET" } = request;
      if (pod !== metadata.name || sentMs < fromMs || doneMs > toMs) continue;
      const status = statusOf(request);
      if (status === undefined) continue;
      if (requests.namespaceOf(source) !== (metadata.namespace ?? "default")) continue;
      logged.push({ doneMs, client, method, status, agent: source });
    }
    return logged;
  }
}

/** What the program that had the request says of it; undefined where it never had it, or did not live to say anything. */
function statusOf({ outcome, cause }: RequestRecord): number | undefined {
  if (cause === undefined) return Number(outcome);
  if (cause === "application-error") return outcome === "500" ? 500 : 503;
  if (cause === "behind-refused") return 502;
  if (cause === "overloaded") return 503;
  return cause === "slow" ? 499 : undefined;
}

function notFound(name: string): NodeRefusal {
  return { code: 404, reason: "NotFound", message: `pods "${name}" not found` };
}
