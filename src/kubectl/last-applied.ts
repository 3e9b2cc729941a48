import { deepFreeze, goQuote, remembered, type KubernetesObject } from "../simulator/index.ts";
import { goJson } from "./go-json.ts";
import type { ManifestObject } from "./read-objects.ts";

/** What an object was when it was last applied: the third side of the three-way merge. */
export const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

export interface Sent {
  readonly [field: string]: unknown;
  readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
}

/** The object as kubectl keeps it in its annotation: as given, with its namespace and without that annotation itself. */
export function configurationOf({
  object,
  kind,
  namespace,
}: ManifestObject): Record<string, unknown> {
  const metadata = (object.metadata ?? {}) as Readonly<Record<string, unknown>>;
  const { [LAST_APPLIED]: _, ...annotations } = (metadata.annotations ?? {}) as Record<
    string,
    unknown
  >;
  return {
    ...object,
    metadata: { ...metadata, annotations, ...(kind.namespaced ? { namespace } : {}) },
  };
}

export function withLastApplied(configuration: Record<string, unknown>): Sent {
  const metadata = configuration.metadata as { annotations: Record<string, string> };
  const annotations = { ...metadata.annotations, [LAST_APPLIED]: `${goJson(configuration)}\n` };
  return { ...configuration, metadata: { ...metadata, annotations } };
}

/** What apply sends of an object. */
export const sentConfiguration = remembered((given: ManifestObject): Sent =>
  withLastApplied(configurationOf(given)),
);

/** How many texts of that annotation are remembered as objects. */
const TEXTS_MAX = 16;

const knownTexts = new Map<string, unknown>();

/** The object that the annotation's text says. An update finds the same text in run after run. */
export function configurationIn(text: string): unknown {
  const known = knownTexts.get(text);
  if (known !== undefined) return known;
  if (knownTexts.size >= TEXTS_MAX) knownTexts.clear();
  const parsed: unknown = deepFreeze(JSON.parse(text));
  knownTexts.set(text, parsed);
  return parsed;
}

/** The configuration in the annotation of a live object; undefined where it was never applied. */
export function lastAppliedOf({ metadata }: KubernetesObject): string | undefined {
  return metadata.annotations?.[LAST_APPLIED];
}

/** resource.Info's String. */
export function described({ kind, name, namespace }: ManifestObject): string {
  const { apiVersion, plural } = kind;
  return `Resource: "${apiVersion}, Resource=${plural}", GroupVersionKind: "${apiVersion}, Kind=${kind.kind}"\nName: ${goQuote(name)}, Namespace: ${goQuote(namespace)}`;
}
