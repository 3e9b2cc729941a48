import { setPodDefaults } from "../defaults/pod.ts";
import { fillAbsent, fillZero, withField } from "../defaults/fill.ts";
import type { ResourceDefinition } from "../resource.ts";
import { quantityNano } from "../schema/quantity.ts";
import type { Container, Pod, PodSpec, Toleration } from "../types.ts";
import { validatePod, validatePodUpdate } from "../validation/objects.ts";
import { podNameWarnings, podSpecWarnings } from "../validation/warnings.ts";
import { defineKind } from "./define.ts";
import { withoutDisabledFields } from "./disabled-fields.ts";

export const pods: ResourceDefinition<Pod> = defineKind<Pod>({
  kind: "Pod",
  subresources: ["binding", "eviction", "status"],
  plural: "pods",
  shortNames: ["po"],
  categories: ["all"],
  setDefaults: setPodDefaults,
  validate: validatePod,
  validateUpdate: validatePodUpdate,
  warnings: (object, old) =>
    old === undefined
      ? [...podNameWarnings(object.metadata.name), ...podSpecWarnings(object.spec, "spec")]
      : [],
  prepareForCreate,
  prepareForUpdate: (object, old) => withField(object, "status", old.status),
  gracePeriodForDelete,
});

/** registry/core/pod strategy.go PrepareForCreate, after the admission plugins that change a pod. */
function prepareForCreate(given: Pod): Pod {
  const pod = setPodDefaults(given);
  const { spec, qosClass } = admitted(pod.spec);
  return { ...pod, spec, status: { phase: "Pending", qosClass } };
}

/**
 * Seconds that a delete of a pod gives it: what the request says, else what its spec says; none for a pod without a node and for one that
 * has ended; a negative value counts as 1 (registry/core/pod strategy.go CheckGracefulDelete).
 */
export function gracePeriodForDelete(pod: Pod, requested: number | undefined): number {
  const { phase } = pod.status;
  if (!pod.spec.nodeName || phase === "Failed" || phase === "Succeeded") return 0;
  const period = requested ?? pod.spec.terminationGracePeriodSeconds ?? 0;
  return period < 0 ? 1 : period;
}

interface Admitted {
  readonly spec: PodSpec;
  readonly qosClass: string;
}

const knownSpecs = new WeakMap<PodSpec, Admitted>();

/** What admission makes of a spec; pods of one template share it. */
function admitted(given: PodSpec): Admitted {
  let known = knownSpecs.get(given);
  if (known === undefined) {
    const spec = admitPodSpec(given);
    knownSpecs.set(given, (known = { spec, qosClass: qosClass(spec) }));
  }
  return known;
}

/** How long a pod stays on a node that is not ready or unreachable. */
const DEFAULT_TOLERATIONS: readonly Toleration[] = ["not-ready", "unreachable"].map((state) => ({
  key: `node.kubernetes.io/${state}`,
  operator: "Exists",
  effect: "NoExecute",
  tolerationSeconds: 300,
}));

/**
 * The admission plugins ServiceAccount, DefaultTolerationSeconds and Priority.
 * Simplified: no token volume is mounted, and every pod without a priority has priority 0.
 */
function admitPodSpec(spec: PodSpec): PodSpec {
  let next = fillZero(withoutDisabledFields(spec), { serviceAccountName: "default" });
  next = fillZero(next, { serviceAccount: next.serviceAccountName });
  next = fillAbsent(next, { priority: 0, preemptionPolicy: "PreemptLowerPriority" });
  const given = next.tolerations ?? [];
  const missing = DEFAULT_TOLERATIONS.filter(
    (toleration) => !given.some((other) => tolerates(other, toleration.key!)),
  );
  return missing.length > 0 ? { ...next, tolerations: [...given, ...missing] } : next;
}

/** plugin/pkg/admission/defaulttolerationseconds: does the toleration cover the taint already? */
function tolerates({ key, effect }: Toleration, taint: string): boolean {
  return (!key || key === taint) && (!effect || effect === "NoExecute");
}

/** Quality of service from requests and limits of cpu and memory (pkg/apis/core/helper/qos ComputePodQOS). */
function qosClass({ containers, initContainers }: PodSpec): string {
  const all = [...(containers ?? []), ...(initContainers ?? [])];
  const any = all.some(
    ({ resources }) => amounts(resources?.requests).size + amounts(resources?.limits).size > 0,
  );
  if (!any) return "BestEffort";
  return all.every(isGuaranteed) ? "Guaranteed" : "Burstable";
}

function isGuaranteed({ resources }: Container): boolean {
  const requests = amounts(resources?.requests);
  const limits = amounts(resources?.limits);
  return (
    limits.size === 2 && ["cpu", "memory"].every((name) => requests.get(name) === limits.get(name))
  );
}

function amounts(list: Readonly<Record<string, string | number>> = {}): Map<string, bigint> {
  const found = new Map<string, bigint>();
  for (const name of ["cpu", "memory"]) {
    const amount = list[name];
    if (amount !== undefined && quantityNano(amount) > 0n) found.set(name, quantityNano(amount));
  }
  return found;
}
