import { asStored } from "../../api/schema/decode.ts";
import { safeEncode } from "../../api/names.ts";
import type {
  ControllerRevision,
  KubernetesObject,
  PodTemplateSpec,
  RevisionData,
} from "../../api/types.ts";

const known = new WeakMap<PodTemplateSpec, RevisionData>();

/**
 * The patch that puts a pod template back: what a ControllerRevision keeps of a StatefulSet or DaemonSet
 * (statefulset/stateful_set_utils.go and daemon/update.go getPatch).
 */
export function revisionData(template: PodTemplateSpec): RevisionData {
  const seen = known.get(template);
  if (seen !== undefined) return seen;
  const stored = asStored("PodTemplateSpec", template as unknown as KubernetesObject);
  const { metadata, spec } = stored as unknown as PodTemplateSpec;
  const data: RevisionData = {
    spec: {
      template: { $patch: "replace", metadata: { creationTimestamp: null, ...metadata }, spec },
    },
  };
  known.set(template, data);
  return data;
}

const templates = new WeakMap<RevisionData, PodTemplateSpec>();

/** The pod template that a revision keeps (ApplyRevision): the same object each time. */
export function templateOf({ data }: ControllerRevision): PodTemplateSpec {
  const seen = templates.get(data!);
  if (seen !== undefined) return seen;
  const { $patch: _how, metadata, ...others } = data!.spec.template;
  const { creationTimestamp: _none, ...kept } = metadata ?? {};
  const template = { ...others, metadata: kept };
  templates.set(data!, template);
  return template;
}

/** Do two revisions keep the same (history/controller_history.go EqualRevision)? */
export function isSameData(a: RevisionData | undefined, b: RevisionData | undefined): boolean {
  return a === b || goJson(a) === goJson(b);
}

/**
 * The hash in a revision's name: 32-bit FNV-1 of the patch as Go writes it and of the collision count
 * (history/controller_history.go HashControllerRevision).
 */
export function hashRevision(data: RevisionData, collisionCount: number): string {
  let hash = 0x811c9dc5;
  for (const byte of utf8(`${goJson(data)}${collisionCount}`)) {
    hash = Math.imul(hash, 0x01000193) ^ byte;
  }
  return safeEncode(String(hash >>> 0));
}

/** JSON as Go's encoder writes a map: keys sorted, and characters that mean something in HTML escaped. */
function goJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return escaped(JSON.stringify(value) ?? "null");
  const fields = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(fields).filter((key) => fields[key] !== undefined);
  const pairs = keys
    .toSorted()
    .map((key) => `${escaped(JSON.stringify(key))}:${goJson(fields[key])}`);
  return `{${pairs.join(",")}}`;
}

function escaped(json: string): string {
  return json.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function* utf8(text: string): Generator<number> {
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code < 0x80) yield code;
    else if (code < 0x800) yield* [0xc0 | (code >> 6), tail(code)];
    else if (code < 0x10000) yield* [0xe0 | (code >> 12), tail(code >> 6), tail(code)];
    else yield* [0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code)];
  }
}

function tail(bits: number): number {
  return 0x80 | (bits & 0x3f);
}
