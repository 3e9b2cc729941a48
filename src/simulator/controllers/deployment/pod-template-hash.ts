import { safeEncode } from "../../api/names.ts";
import { deepEqual } from "../../api/server.ts";
import type { PodTemplateSpec, ReplicaSet } from "../../api/types.ts";
import { byCreation } from "./replica-counts.ts";

/** The label that sets the pods of one template apart from those of another. */
export const POD_TEMPLATE_HASH = "pod-template-hash";

/**
 * The value of the label pod-template-hash: 32-bit FNV-1a of the template and the collision count, its decimal digits put into the alphabet
 * of names (pkg/controller/controller_utils.go ComputeHash).
 *
 * Simplified: upstream hashes a dump in Go's formatting; here it is JSON with sorted keys. The shape is the same, the value is not.
 */
export function podTemplateHash(template: PodTemplateSpec, collisionCount?: number): string {
  let hash = templateHashes.get(template);
  if (hash === undefined) {
    hash = fnv1a(0x811c9dc5, canonical(template));
    templateHashes.set(template, hash);
  }
  return encoded(hash, collisionCount);
}

/** Templates are never changed, and those of a scenario are hashed in run after run. */
const templateHashes = new WeakMap<PodTemplateSpec, number>();

/** The same for any plain value. */
export function plainHash(value: unknown, collisionCount?: number): string {
  return encoded(fnv1a(0x811c9dc5, canonical(value)), collisionCount);
}

function encoded(plain: number, collisionCount: number | undefined): string {
  let hash = plain;
  if (collisionCount !== undefined) hash = fnv1a(hash, `\n${collisionCount}`);
  return safeEncode(String(hash >>> 0));
}

/** Are two templates the same but for the label pod-template-hash (deployment/util EqualIgnoreHash)? */
export function equalIgnoringHash(a: PodTemplateSpec, b: PodTemplateSpec): boolean {
  return deepEqual(withoutHash(a), withoutHash(b));
}

/**
 * Was the ReplicaSet made from the template by an API server that dropped fields which it did not know
 * (deployment/util EqualIgnoreHashAndDroppedFields)? Its label then holds the hash of the whole template, and its own template
 * nothing that the Deployment's does not have.
 */
export function equalButDroppedFields(
  template: PodTemplateSpec,
  replicaSet: ReplicaSet,
  hash: string,
): boolean {
  const own = replicaSet.spec.template;
  if (equalIgnoringHash(template, own)) return true;
  if ((replicaSet.metadata.labels ?? own.metadata?.labels)?.[POD_TEMPLATE_HASH] !== hash)
    return false;
  return isContained(withoutHash(own), withoutHash(template));
}

/**
 * The ReplicaSet of that template: the oldest one that equals it, else the oldest that differs by dropped fields alone
 * (deployment/util FindNewReplicaSet).
 */
export function findNewReplicaSet(
  template: PodTemplateSpec,
  replicaSets: readonly ReplicaSet[],
  collisionCount?: number,
): ReplicaSet | undefined {
  const sorted = oldestFirst(replicaSets);
  const exact = sorted.find((rs) => equalIgnoringHash(rs.spec.template, template));
  if (exact !== undefined || sorted.length === 0) return exact;
  const hash = podTemplateHash(template, collisionCount);
  return sorted.find((rs) => equalButDroppedFields(template, rs, hash));
}

/** All but the new one, oldest first (deployment/util FindOldReplicaSets). */
export function findOldReplicaSets(
  newReplicaSet: ReplicaSet | undefined,
  replicaSets: readonly ReplicaSet[],
): ReplicaSet[] {
  return oldestFirst(replicaSets).filter((rs) => rs.metadata.uid !== newReplicaSet?.metadata.uid);
}

function oldestFirst(replicaSets: readonly ReplicaSet[]): readonly ReplicaSet[] {
  const isSorted = replicaSets.every((rs, i) => i === 0 || byCreation(replicaSets[i - 1]!, rs) < 0);
  return isSorted ? replicaSets : replicaSets.toSorted(byCreation);
}

/** The template without the label pod-template-hash. */
export function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  let bare = bareTemplates.get(template);
  if (bare === undefined) bareTemplates.set(template, (bare = bareTemplate(template)));
  return bare;
}

const bareTemplates = new WeakMap<PodTemplateSpec, PodTemplateSpec>();

function bareTemplate(template: PodTemplateSpec): PodTemplateSpec {
  const labels = template.metadata?.labels;
  if (labels === undefined || !(POD_TEMPLATE_HASH in labels)) return template;
  const { [POD_TEMPLATE_HASH]: _hash, ...others } = labels;
  return { ...template, metadata: { ...template.metadata, labels: others } };
}

function fnv1a(seed: number, text: string): number {
  let hash = seed;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    if (unit > 0xff) hash = Math.imul(hash ^ (unit >> 8), 0x01000193);
  }
  return hash;
}

/** JSON with sorted keys, absent and undefined being the same. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const fields = value as Record<string, unknown>;
  const keys = Object.keys(fields).filter((key) => fields[key] !== undefined);
  return `{${keys
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${canonical(fields[key])}`)
    .join(",")}}`;
}

/** Is every field of `part` in `whole`, with the same value? Lists have to be of the same length. */
function isContained(part: unknown, whole: unknown): boolean {
  if (deepEqual(part, whole)) return true;
  if (typeof part !== "object" || typeof whole !== "object") return false;
  if (part === null || whole === null) return false;
  if (Array.isArray(part) || Array.isArray(whole)) {
    if (!Array.isArray(part) || !Array.isArray(whole) || part.length !== whole.length) return false;
    return part.every((item, i) => isContained(item, whole[i]));
  }
  const fields = whole as Record<string, unknown>;
  return Object.entries(part).every(
    ([key, value]) => value === undefined || isContained(value, fields[key]),
  );
}
