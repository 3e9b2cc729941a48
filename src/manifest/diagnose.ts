import {
  judgeCreate,
  judgeUpdate,
  ofStored,
  resourceByKind,
  structOf,
  PatchError,
  threeWayMerge,
  type FieldError,
  type Judgement,
  type KubernetesObject,
  type ResourceDefinition,
} from "../simulator/index.ts";
import type { Diagnostic, DiagnosticCode, LineMap } from "./diagnostic.ts";
import { parseManifest, type ManifestDocument } from "./documents.ts";
import { findKind } from "./known-kinds.ts";
import { REPLICAS_MAX } from "./limits.ts";
import { locate } from "./locate.ts";
import { whyOf } from "./why.ts";

export interface DiagnoseOptions {
  /** Objects that stand already: what is applied over them is judged as an update. */
  readonly base?: readonly KubernetesObject[];
}

/** All that is to be said of a manifest, in the order of the text. Never throws. */
export function diagnose(text: string, options: DiagnoseOptions = {}): Diagnostic[] {
  const { documents, diagnostics, lines } = parseManifest(text);
  const all = [
    ...diagnostics,
    ...documents.flatMap((document) => diagnoseDocument(document, lines, options.base ?? [])),
  ];
  return all.sort((a, b) => a.range.from - b.range.from);
}

function diagnoseDocument(
  document: ManifestDocument,
  lines: LineMap,
  base: readonly KubernetesObject[],
): Diagnostic[] {
  const { object } = document;
  if (object === undefined || object === null) return [];
  const at = (
    code: DiagnosticCode,
    message: string,
    path = "",
    severity: Diagnostic["severity"] = "error",
  ): Diagnostic => ({
    code,
    severity,
    message,
    ...(path === "" ? {} : { path }),
    ...(whyOf(path, message) === undefined ? {} : { why: whyOf(path, message) }),
    range: locate(document, lines, path),
  });
  if (typeof object !== "object" || Array.isArray(object)) {
    return [at("not-an-object", "invalid object to validate")];
  }
  const { apiVersion, kind } = object as Readonly<Record<string, unknown>>;
  const missing: Diagnostic[] = [];
  if (typeof apiVersion !== "string" || apiVersion === "") {
    missing.push(at("api-version-missing", "apiVersion not set"));
  }
  if (typeof kind !== "string" || kind === "") missing.push(at("kind-missing", "kind not set"));
  if (missing.length > 0) return missing;
  const [version, name] = [apiVersion as string, kind as string];
  const definition = resourceByKind(version, name);
  if (definition === undefined) {
    if (findKind(version, name)?.kind === name) {
      return [
        {
          ...at("not-simulated", `${name} is not simulated and is ignored`, "kind", "info"),
          why: NOT_SIMULATED,
        },
      ];
    }
    return [at("kind-unknown", `no matches for kind "${name}" in version "${version}"`, "kind")];
  }
  return diagnoseObject(document, lines, definition, base);
}

const NOT_SIMULATED = {
  en: "A real cluster would take it; this simulator does nothing with it.",
  ko: "실제 클러스터는 받아들이지만, 이 시뮬레이터는 아무 일도 하지 않습니다.",
};

function diagnoseObject(
  document: ManifestDocument,
  lines: LineMap,
  definition: ResourceDefinition,
  base: readonly KubernetesObject[],
): Diagnostic[] {
  const { decoded, errors, warnings, object } = judge(document.object, definition, base);
  const found: Diagnostic[] = [];
  const say = (
    code: DiagnosticCode,
    message: string,
    path: string,
    where: { preferKey?: boolean; value?: string } = {},
    severity: Diagnostic["severity"] = "error",
  ) => {
    const why = whyOf(path, message);
    const range = locate(document, lines, path, where);
    found.push({ code, severity, message, path, ...(why === undefined ? {} : { why }), range });
  };
  for (const { path, message } of decoded.unknownFields) {
    say("unknown-field", message, path, { preferKey: true });
  }
  // The schema of a custom kind has its own words for it, among the errors.
  if (decoded.typeError !== undefined && errors.length === 0) {
    say("wrong-type", decoded.typeError.message, decoded.typeError.path);
  }
  const seen = new Set<string>();
  for (const error of errors) {
    const message = `${error.field}: ${error.detail}`;
    if (seen.has(message)) continue;
    seen.add(message);
    const quoted = /^Invalid value: "((?:[^"\\]|\\.)*)"/.exec(error.detail);
    say(codeOf(error), message, error.field, quoted === null ? {} : { value: quoted[1]! });
  }
  for (const warning of warnings) {
    const path = /^[\w.[\]/-]+(?=: )/.exec(warning)?.[0] ?? "";
    say("warning", warning, path, {}, "warning");
  }
  const replicas = (object as { spec?: { replicas?: number } } | undefined)?.spec?.replicas ?? 0;
  if (replicas > REPLICAS_MAX) found.push(tooMany(document, lines, replicas));
  return found;
}

/** Judged as an update of the object of that name, if there is one. */
function judge(
  object: unknown,
  definition: ResourceDefinition,
  base: readonly KubernetesObject[],
): Judgement {
  const { metadata } = object as Partial<KubernetesObject>;
  const name = metadata?.name;
  const namespace = metadata?.namespace ?? "default";
  const live = base.find(
    (other) =>
      other.kind === definition.kind &&
      other.metadata.name === name &&
      (!definition.namespaced || (other.metadata.namespace ?? "default") === namespace),
  );
  if (live === undefined) return judgeCreate(definition, object);
  const last = live.metadata.annotations?.["kubectl.kubernetes.io/last-applied-configuration"];
  const lastApplied: unknown = last === undefined ? {} : JSON.parse(last);
  const { namespace: liveNamespace } = live.metadata;
  const applied = { ...(object as object), metadata: { ...metadata, namespace: liveNamespace } };
  return judgeUpdate(
    definition,
    merge(structOf(definition), lastApplied, applied, ofStored(definition, live)),
    live,
  );
}

/** kubectl cannot merge a list whose elements have no name; the editor then looks at the manifest alone. */
function merge(kind: string, last: unknown, applied: object, live: KubernetesObject): unknown {
  try {
    return threeWayMerge(kind, last, applied as never, live as never);
  } catch (error) {
    if (error instanceof PatchError) return applied;
    throw error;
  }
}

const CODES: Readonly<Record<FieldError["type"], DiagnosticCode>> = {
  FieldValueRequired: "required",
  FieldValueInvalid: "invalid",
  FieldValueNotSupported: "not-supported",
  FieldValueForbidden: "forbidden",
  FieldValueDuplicate: "duplicate",
  FieldValueNotFound: "not-found",
  FieldValueTooLong: "too-long",
  FieldValueTooMany: "too-long",
  FieldValueTypeInvalid: "wrong-type",
  InternalError: "invalid",
};

function codeOf({ type, detail }: FieldError): DiagnosticCode {
  return detail.includes("field is immutable") ? "immutable" : CODES[type];
}

function tooMany(document: ManifestDocument, lines: LineMap, replicas: number): Diagnostic {
  const [given, most] = [grouped(replicas), grouped(REPLICAS_MAX)];
  return {
    code: "over-limit",
    severity: "error",
    message: `spec.replicas: ${given} is more than the simulator runs: at most ${most} replicas`,
    why: {
      en: "A real API server takes the number; scheduling that many pods would need thousands of nodes.",
      ko: "실제 API 서버는 이 숫자를 받아들이지만, 그만큼의 파드를 배치하려면 노드가 수천 개 필요합니다.",
    },
    path: "spec.replicas",
    range: locate(document, lines, "spec.replicas"),
  };
}

/** 1234567 as 1,234,567. */
function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}
