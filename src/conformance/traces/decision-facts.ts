import { controllerOf } from "../../simulator/controllers/informer.ts";
import type { Event, KubernetesObject, ReplicaSet } from "../../simulator/api/types.ts";

/** What can be decided about an object in one change of it. */
export interface ChangeOf {
  readonly type: string;
  readonly resource: string;
  readonly object: KubernetesObject;
  readonly old?: KubernetesObject;
}

/** One decision as a line of text: equal decisions give equal lines, whatever names and instants are drawn for them. */
export interface DecisionFact {
  /** What it is about, without random parts: `size replicasets/web-6c4c884666 3`. */
  readonly text: string;
  /** `size`, `status`, `create-pod`… */
  readonly kind: string;
  /** uid of the object that was changed, or of the owner of what was created. */
  readonly subject: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Metadata that controllers decide about, by annotation. */
const CONTROLLER_ANNOTATIONS = /^deployment\.kubernetes\.io\//;
const WORKLOADS = ["deployments", "replicasets", "statefulsets", "daemonsets"];

/**
 * The decisions of controllers in a change, read off the fields that it touches. What users write (specs of Deployments, labels), what
 * kubelets write (status of pods) and what the scheduler writes (nodeName) is none. `name` renders a name without its random part.
 */
export function decisionsIn(change: ChangeOf, name: (text: string) => string): DecisionFact[] {
  const { type, resource, object, old } = change;
  const { uid } = object.metadata;
  const id = name(`${resource}/${object.metadata.name}`);
  const facts: DecisionFact[] = [];
  const tell = (kind: string, detail: unknown, about = id, subject = uid) => {
    const text = name(typeof detail === "string" ? detail : canonical(detail));
    facts.push({ kind, text: `${kind} ${about} ${text}`.trim(), subject });
  };
  if (resource === "events") {
    const event = object as Event;
    const { kind, name: about } = event.involvedObject;
    if (type !== "DELETED") {
      tell("event", `${event.reason}: ${withoutCombined(event.message)}`, name(`${kind}/${about}`));
    }
    return facts;
  }
  const owner = controllerOf(object);
  // What nothing owns is deleted by whom it was made by, and by no controller.
  const isOwned = (object.metadata.ownerReferences ?? []).length > 0;
  if (type === "DELETED") {
    if (isOwned && old?.metadata.deletionTimestamp === undefined) tell("remove", "");
    return facts;
  }
  if (old === undefined) {
    if (owner === undefined) return facts;
    if (resource === "pods") {
      tell("create-pod", name(`${owner.kind}/${owner.name}`), "", owner.uid);
    } else if (resource !== "endpointslices") {
      const { spec } = object as { spec?: Fields };
      const size = resource === "replicasets" ? (spec?.["replicas"] ?? "") : "";
      tell("create", `${size}`, id, owner.uid);
    }
  }
  const before = old?.metadata;
  if (
    isOwned &&
    before !== undefined &&
    before.deletionTimestamp === undefined &&
    object.metadata.deletionTimestamp !== undefined
  ) {
    tell("delete", "");
  }
  if (
    before !== undefined &&
    canonical(before.ownerReferences) !== canonical(object.metadata.ownerReferences)
  ) {
    tell(
      "owners",
      (object.metadata.ownerReferences ?? []).map((o) => `${o.kind}/${o.name}`).join(","),
    );
  }
  if (resource === "endpointslices") {
    const slices = [old, object].map((slice) => endpointsOf(slice));
    const about = name(`services/${owner?.name}`);
    if (old === undefined || slices[0] !== slices[1]) tell("endpoints", slices[1]!, about);
    return facts;
  }
  if (!WORKLOADS.includes(resource)) return facts;
  const annotations = object.metadata.annotations ?? {};
  for (const [key, value] of Object.entries(annotations)) {
    if (CONTROLLER_ANNOTATIONS.test(key) && before?.annotations?.[key] !== value) {
      tell("annotation", `${key}=${value}`);
    }
  }
  if (resource === "replicasets") {
    const sizes = [old, object].map((rs) => (rs as ReplicaSet | undefined)?.spec.replicas);
    if (old !== undefined && sizes[0] !== sizes[1]) tell("size", `${sizes[0]} to ${sizes[1]}`);
  }
  const status = statusOf(object);
  if (old !== undefined && status !== statusOf(old)) tell("status", status);
  return facts;
}

/** The text of an event that stands for several similar ones (client-go tools/record EventAggregator). */
function withoutCombined(message: string | undefined): string {
  return (message ?? "").replace(/^\(combined from similar events\): /, "");
}

/** The status without instants: counts, and conditions by type, status, reason and message. */
function statusOf(object: KubernetesObject): string {
  const { status = {} } = object as { status?: Fields };
  const { conditions = [], ...counts } = status as Fields & { conditions?: readonly Fields[] };
  const rest = conditions.map(({ lastUpdateTime: _u, lastTransitionTime: _t, ...c }) => c);
  const known = Object.entries(counts).filter(([, value]) => value !== 0 && value !== undefined);
  return canonical({ ...Object.fromEntries(known), conditions: rest.map(canonical).toSorted() });
}

interface EndpointLike {
  readonly addresses?: readonly string[];
  readonly conditions?: Fields;
  readonly targetRef?: { readonly name?: string };
}

function endpointsOf(slice: KubernetesObject | undefined): string {
  const { endpoints } = (slice ?? {}) as { endpoints?: readonly EndpointLike[] | null };
  return (endpoints ?? [])
    .map((e) => `${e.addresses?.[0]} ${e.targetRef?.name} ${canonical(e.conditions)}`)
    .toSorted()
    .join("; ");
}

/** JSON with sorted keys, absent and undefined being the same. */
export function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, field: unknown) =>
      typeof field === "object" && field !== null && !Array.isArray(field)
        ? Object.fromEntries(Object.entries(field).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : field,
    ) ?? ""
  );
}
