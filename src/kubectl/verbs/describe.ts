/* kubectl describe (pkg/cmd/describe/describe.go). */
import { resourceByKind, toStored, type KubernetesObject } from "../../simulator/index.ts";
import { listed, meant, visit, type Info } from "../command/resolve.ts";
import { FILE_FLAGS, namespaceOf, type Call, type Verb } from "../command/verb.ts";
import { eventsOf, type Describe, type Surroundings } from "../describe/describer.ts";
import { eventLines } from "../describe/events.ts";
import { Lines } from "../describe/lines.ts";
import {
  describeEndpoints,
  describeEndpointSlice,
  describeIngress,
  describeService,
} from "../describe/network.ts";
import { describeAutoscaler } from "../describe/autoscaler.ts";
import { describeNode } from "../describe/node.ts";
import { describePod } from "../describe/pod.ts";
import {
  describeAny,
  describeBudget,
  describeConfigMap,
  describeLimitRange,
  describeNamespace,
  describePriorityClass,
  describeResourceQuota,
  describeSecret,
  describeServiceAccount,
} from "../describe/policy.ts";
import {
  describeDaemonSet,
  describeDeployment,
  describeReplicaSet,
  describeStatefulSet,
} from "../describe/workloads.ts";
import { errorTexts, KubectlError } from "../kubectl-error.ts";
import { alignTabs } from "../output/elastic-tabs.ts";

const DESCRIBERS = new Map<string, Describe<never>>([
  ["ConfigMap", describeConfigMap],
  ["DaemonSet", describeDaemonSet],
  ["Deployment", describeDeployment],
  ["EndpointSlice", describeEndpointSlice],
  ["Endpoints", describeEndpoints],
  ["HorizontalPodAutoscaler", describeAutoscaler],
  ["Ingress", describeIngress],
  ["LimitRange", describeLimitRange],
  ["Namespace", describeNamespace],
  ["Node", describeNode],
  ["Pod", describePod],
  ["PodDisruptionBudget", describeBudget],
  ["PriorityClass", describePriorityClass],
  ["ReplicaSet", describeReplicaSet],
  ["ResourceQuota", describeResourceQuota],
  ["Secret", describeSecret],
  ["Service", describeService],
  ["ServiceAccount", describeServiceAccount],
  ["StatefulSet", describeStatefulSet],
]);

/** Kinds that are described without events. */
const WITHOUT_EVENTS = new Set(["Secret", "Namespace", "ResourceQuota", "LimitRange"]);

export const describe: Verb = {
  name: "describe",
  about: "Show details of a specific resource or group of resources",
  usage: "(-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)",
  flags: [
    ...FILE_FLAGS,
    { name: "selector", short: "l", about: "labels of the objects: app=web,tier!=db" },
    { name: "all-namespaces", short: "A", type: "bool", about: "objects of all namespaces" },
    { name: "show-events", type: "bool", about: "events of the object too (default true)" },
    {
      name: "chunk-size",
      type: "int",
      about: "size of the parts of a long list; it changes nothing",
    },
  ],
  *run(call) {
    if (call.words.length === 0 && !call.flags.has("filename")) {
      throw new KubectlError(
        `You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.`,
      );
    }
    const { infos, errors } = described(call);
    const surroundings = { client: call.client, nowMs: call.world.now() };
    const showsEvents = call.flags.text("show-events") !== "false";
    for (const [i, { object }] of infos.entries()) {
      yield {
        stdout: `${i === 0 ? "" : "\n\n"}${describeObject(object, surroundings, showsEvents)}`,
      };
    }
    if (infos.length === 0 && errors.length === 0) {
      const where = call.flags.isOn("all-namespaces") ? "" : ` in ${namespaceOf(call)} namespace.`;
      yield { stderr: `No resources found${where}\n` };
    }
    for (const text of errorTexts(errors)) yield { stderr: `${text}\n` };
    return errors.length === 0 ? 0 : 1;
  },
};

/** A name that names nothing may begin others' names (DescribeMatchingResources). */
function described(call: Call): ReturnType<typeof visit> {
  const visited = visit(call, { allByDefault: true });
  if (visited.errors.length === 0 || call.flags.has("filename")) return visited;
  const found = meant(call, call.words);
  if ("kinds" in found) return visited;
  const infos: Info[] = [...visited.infos];
  const errors = visited.errors.filter(({ message }) => {
    const missing = found.names.find(
      ({ kind, name }) => message.includes(`"${name}"`) && message.includes(kind.plural),
    );
    if (missing === undefined) return true;
    const matching = listed(call, missing.kind).filter(({ name }) => name.startsWith(missing.name));
    infos.push(...matching);
    return matching.length === 0;
  });
  return { infos, errors };
}

/** All that `kubectl describe` says of an object. */
function describeObject(
  given: KubernetesObject,
  surroundings: Surroundings,
  showsEvents = true,
): string {
  const out = new Lines();
  const kind = resourceByKind(given.apiVersion, given.kind);
  const object = kind === undefined ? given : toStored(kind, given);
  const write = (DESCRIBERS.get(object.kind) ?? describeAny) as Describe<KubernetesObject>;
  write(out, object, surroundings);
  if (showsEvents && !WITHOUT_EVENTS.has(object.kind)) {
    eventLines(out, eventsOf(surroundings, object), surroundings.nowMs);
  }
  return alignTabs(out.toString());
}
