/* The pod and the containers that a command is about which talks to containers (pkg/polymorphichelpers, pkg/cmd/util/podcmd). */
import { DEFAULT_CONTAINER, type Pod } from "../../simulator/index.ts";
import { listOf } from "../describe/describer.ts";
import { isNotFound, KubectlError } from "../kubectl-error.ts";
import { selectorText } from "../print/cells.ts";
import { goSort } from "../print/go-sort.ts";
import { meant } from "./resolve.ts";
import { namespaceOf, type Call } from "./verb.ts";

/** A container of a pod. */
export interface Source {
  readonly pod: Pod;
  readonly container: string;
}

type Told<T> = Generator<{ stderr: string }, T, undefined>;

/** A pod by name, or one of a workload's: the kubectl of this version takes the first that is ready. */
export function* podOf(call: Call): Told<Pod> {
  const { words, client, world } = call;
  const [first = ""] = words;
  const found = meant(call, first.includes("/") ? [first] : ["pods", first]);
  if (!("names" in found)) {
    throw new KubectlError("arguments in resource/name form must have a single resource and name");
  }
  const { kind, namespace, name } = found.names[0]!;
  const object = lookedUp(call, () => client.get({ kind, namespace }, name));
  if (kind.plural === "pods") return object as Pod;
  const { spec } = object as unknown as { spec?: { selector?: object } };
  if (spec?.selector === undefined) {
    throw new KubectlError(`cannot get the logs from ${object.apiVersion}, Kind=${object.kind}`);
  }
  const isService = kind.plural === "services";
  const selector = isService
    ? { matchLabels: spec.selector as Record<string, string> }
    : spec.selector;
  const pods = listOf({ client, nowMs: world.now() }, "pods", namespace, {
    labelSelector: selectorText(selector),
  }).slice();
  goSort(pods, (a, b) => byActivity(a, b) < 0);
  const [pod] = pods;
  if (pod === undefined) throw new KubectlError(`timed out waiting for the condition`);
  if (pods.length > 1 && call.command.endsWith("logs")) {
    yield { stderr: `Found ${pods.length} pods, using pod/${pod.metadata.name}\n` };
  }
  return pod;
}

/** `kubectl logs` tells where it has looked for what is not there (cmd/logs/logs.go Complete). */
function lookedUp<T>(call: Call, request: () => T): T {
  try {
    return request();
  } catch (error) {
    if (!isNotFound(error) || !call.command.endsWith("logs")) throw error;
    const { message } = error as Error;
    throw new KubectlError(
      `error: error from server (NotFound): ${message} in namespace ${JSON.stringify(namespaceOf(call))}`,
    );
  }
}

/** podutils.ByLogging: bound before unbound, running first, ready first, then what has been ready for longer, then the older. */
function byActivity(a: Pod, b: Pod): number {
  const rank = (pod: Pod) => [
    pod.spec.nodeName ? 0 : 1,
    pod.status.phase === "Running" ? 0 : pod.status.phase === "Pending" ? 2 : 1,
    readySince(pod) === undefined ? 1 : 0,
  ];
  const [x, y] = [rank(a), rank(b)];
  for (const [i, value] of x.entries()) if (value !== y[i]) return value - y[i]!;
  const earlier = (left = "", right = "") => (left === right ? 0 : left < right ? -1 : 1);
  return (
    earlier(readySince(a), readySince(b)) ||
    earlier(a.metadata.creationTimestamp ?? "", b.metadata.creationTimestamp ?? "")
  );
}

function readySince({ status }: Pod): string | undefined {
  const ready = status.conditions?.find(({ type }) => type === "Ready");
  return ready?.status === "True" ? (ready.lastTransitionTime ?? "") : undefined;
}

/** The containers that the flags choose: all, one by name, or the default one, of which a line tells where there are several. */
export function* containersOf(call: Call, pod: Pod): Told<Source[]> {
  const { flags, words } = call;
  const all = [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
  if (flags.isOn("all-containers")) return all.map(({ name }) => ({ pod, container: name }));
  const named = flags.text("container") ?? (call.command.endsWith("logs") ? words[1] : undefined);
  if (named !== undefined) {
    if (all.some(({ name }) => name === named)) return [{ pod, container: named }];
    throw new KubectlError(`container ${named} is not valid for pod ${pod.metadata.name}`);
  }
  const preferred = pod.metadata.annotations?.[DEFAULT_CONTAINER];
  if (preferred !== undefined && preferred !== "") {
    if (all.some(({ name }) => name === preferred)) return [{ pod, container: preferred }];
    const text = `Default container name ${JSON.stringify(preferred)} not found in pod ${pod.metadata.name}\n`;
    yield { stderr: text };
  }
  const chosen = pod.spec.containers[0]!.name;
  if (all.length > 1) {
    const init = (pod.spec.initContainers ?? []).map(({ name }) => `${name} (init)`);
    const list = [...pod.spec.containers.map(({ name }) => name), ...init].join(", ");
    yield { stderr: `Defaulted container ${JSON.stringify(chosen)} out of: ${list}\n` };
  }
  return [{ pod, container: chosen }];
}
