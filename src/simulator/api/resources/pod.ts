import { isFinalPhase } from "../pod-phase.ts";
import { admitLimits, refuseOutOfRange } from "../admission/limit-ranger.ts";
import { admitPriority, WITHOUT_CLASS } from "../admission/priority.ts";
import { accountOf, admitServiceAccount } from "../admission/service-account.ts";
import type { Stored } from "../admission/stored.ts";
import { setPodDefaults } from "../defaults/pod.ts";
import { fillAbsent, fillZero, withField } from "../defaults/fill.ts";
import type { ResourceDefinition } from "../resource.ts";
import { quantityNano } from "../schema/quantity.ts";
import type { Container, Pod, PodSpec, Toleration } from "../types.ts";
import { validatePod, validatePodUpdate } from "../validation/objects.ts";
import { podWarnings } from "../validation/warnings.ts";
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
  warnings: (object, old) => (old === undefined ? podWarnings(object) : []),
  admit,
  refuse(pod, stored, old) {
    if (old === undefined) refuseOutOfRange(pod, stored);
  },
  prepareForCreate,
  prepareForUpdate: (object, old) => withField(withPriority(object, old), "status", old.status),
  gracePeriodForDelete,
});

/** The plugins that ask what else is in the cluster, in their order (pkg/kubeapiserver/options/plugins.go AllOrderedPlugins). */
function admit(pod: Pod, stored: Stored): Pod {
  return admitPriority(admitServiceAccount(admitLimits(pod, stored), stored), stored);
}

/** A pod keeps its priority where an update leaves it out (plugin/pkg/admission/priority admitPod). */
function withPriority(pod: Pod, { spec }: Pod): Pod {
  const { priority, preemptionPolicy } = spec;
  return withField(pod, "spec", fillAbsent(pod.spec, { priority, preemptionPolicy }));
}

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
  if (!pod.spec.nodeName || isFinalPhase(pod.status.phase)) return 0;
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
 * What the admission plugins ServiceAccount, DefaultTolerationSeconds and Priority give a pod without asking what else is in the cluster.
 * Simplified: no token volume is mounted.
 */
function admitPodSpec(spec: PodSpec): PodSpec {
  const account = accountOf(spec);
  let next = fillZero(withoutDisabledFields(spec), { serviceAccountName: account });
  next = withField(next, "serviceAccount", account);
  const { priority, preemptionPolicy } = WITHOUT_CLASS;
  next = fillAbsent(next, { priority, preemptionPolicy });
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
