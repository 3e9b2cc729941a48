/* The admission plugin Priority: plugin/pkg/admission/priority/admission.go. */
import { withField } from "../defaults/fill.ts";
import type { Pod, PodSpec, PriorityClass } from "../types.ts";
import { refusePod } from "./refuse-pod.ts";
import type { Stored } from "./stored.ts";

/** What a pod gets of its class. */
interface Resolved {
  readonly className: string;
  readonly priority: number;
  readonly preemptionPolicy: string;
}

/** What every pod without a class has; its strategy fills that in. */
export const WITHOUT_CLASS: Resolved = {
  className: "",
  priority: 0,
  preemptionPolicy: "PreemptLowerPriority",
};

/** The spec that was made last of a spec, and by what: pods of one template share it. */
const made = new WeakMap<PodSpec, { readonly by: Resolved; readonly spec: PodSpec }>();

/** admitPod: gives a new pod the priority of its class, or of the class that counts for pods without one. Throws Forbidden. */
export function admitPriority(pod: Pod, stored: Stored): Pod {
  const given = pod.spec;
  const resolved = resolve(pod, stored);
  const { priority, preemptionPolicy } = resolved;
  if (given.priority !== undefined && given.priority !== priority) {
    const why = `the integer value of priority (${given.priority}) must not be provided in pod spec; priority admission controller computed ${priority} from the given PriorityClass name`;
    throw refusePod(pod, why);
  }
  if (given.preemptionPolicy !== undefined && given.preemptionPolicy !== preemptionPolicy) {
    const why = `the string value of PreemptionPolicy (${given.preemptionPolicy}) must not be provided in pod spec; priority admission controller computed ${preemptionPolicy} from the given PriorityClass name`;
    throw refusePod(pod, why);
  }
  return resolved === WITHOUT_CLASS ? pod : withField(pod, "spec", specWith(given, resolved));
}

function resolve(pod: Pod, stored: Stored): Resolved {
  const { priorityClassName } = pod.spec;
  if (!priorityClassName) {
    const found = defaultClass(stored.list("priorityclasses"));
    return found === undefined ? WITHOUT_CLASS : resolvedBy(found);
  }
  const found = stored.find("priorityclasses", "", priorityClassName);
  if (found !== undefined) return resolvedBy(found);
  throw refusePod(pod, `no PriorityClass with name ${priorityClassName} was found`);
}

function resolvedBy({ metadata, value, preemptionPolicy }: PriorityClass): Resolved {
  const policy = preemptionPolicy ?? WITHOUT_CLASS.preemptionPolicy;
  return { className: metadata.name, priority: value, preemptionPolicy: policy };
}

/** getDefaultPriorityClass: of several, which a race can make, the lowest. */
export function defaultClass(classes: readonly PriorityClass[]): PriorityClass | undefined {
  let found: PriorityClass | undefined;
  for (const one of classes) {
    if (one.globalDefault === true && (found === undefined || one.value < found.value)) found = one;
  }
  return found;
}

function specWith(given: PodSpec, by: Resolved): PodSpec {
  const { className, priority, preemptionPolicy } = by;
  const last = made.get(given);
  if (
    last?.by.className === className &&
    last.by.priority === priority &&
    last.by.preemptionPolicy === preemptionPolicy
  ) {
    return last.spec;
  }
  const named = className === "" ? {} : { priorityClassName: className };
  const spec = { ...given, ...named, priority, preemptionPolicy };
  made.set(given, { by, spec });
  return spec;
}
