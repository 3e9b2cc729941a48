import {
  diagnose,
  locate,
  parseManifest,
  type Diagnostic as ManifestDiagnostic,
  type LineMap,
  type ManifestDocument,
} from "../../manifest/index.ts";
import type { Diagnostic } from "../../scenario/schema/diagnostic.ts";
import {
  apiVersionOf,
  notSimulated,
  resourceByKind,
  servedKinds,
  type Rollout,
} from "../../simulator/index.ts";
import { withTemplates } from "./workload-ref.ts";

/** A manifest as the caller has it. */
export interface CheckedFile {
  /** Path for messages and diffs. */
  readonly name: string;
  readonly text: string;
  /** Found in a folder, not named: what is no manifest at all is passed over. */
  readonly inFolder?: boolean;
}

/** Where an object stands. Line and column count from 1. */
export interface Origin {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Number of the YAML document in the file, from 0, empty ones not counted. */
  readonly document: number;
  /** Index in `items` where the document is a List. */
  readonly item?: number;
}

/** An object as a manifest has it: plain data, not defaulted. */
export interface GivenObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly object: Readonly<Record<string, unknown>>;
  readonly origin: Origin;
  /** The object in which its pod template stands, where that is another one; it makes no pods itself. */
  readonly templateOf?: GivenObject;
}

/** Something in the manifests that the simulator does nothing with. */
export interface Ignored {
  readonly file: string;
  readonly line: number;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** What of it is not simulated, where its kind is: `spec.workloadRef`. */
  readonly field?: string;
}

/** What stands in manifests, or what is wrong with them. */
export interface Input {
  readonly objects: readonly GivenObject[];
  readonly ignored: readonly Ignored[];
  /** Those of what is ignored whose kind is not simulated. */
  readonly unsimulated: readonly GivenObject[];
  /** Why they cannot be used: syntax, and what the API server would refuse. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Kinds that decide how a checked workload is updated and reached; others of the simulator (Events, Nodes) come from no team's repository. */
const CHECKED = new Set([
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "Rollout",
  "Service",
  "Ingress",
  "HTTPRoute",
  "Gateway",
  "GatewayClass",
  "ConfigMap",
  "Secret",
  "ServiceAccount",
  "PriorityClass",
  "ResourceQuota",
  "LimitRange",
  "Namespace",
  "PodDisruptionBudget",
  "HorizontalPodAutoscaler",
  "AnalysisTemplate",
]);

/** Reads manifests as teams have them: several documents, Lists, Helm's output, kinds that no simulator knows. Never throws. */
export function readInput(files: readonly CheckedFile[]): Input {
  const objects: GivenObject[] = [];
  const ignored: Ignored[] = [];
  const unsimulated: GivenObject[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    if (RELEASE.test(file.text)) {
      diagnostics.push(noTemplateOutput(file));
      continue;
    }
    const { documents, lines, diagnostics: unread } = parseManifest(file.text);
    diagnostics.push(...unread.filter(isError).map((d) => placed(d, file)));
    const written = documents.filter(({ object }) => object !== null && object !== undefined);
    written.forEach((document, index) => {
      for (const [value, item] of itemsOf(document.object)) {
        const path = item === undefined ? "" : `items[${item}]`;
        const range = locate(document, lines, path);
        const origin = { file: file.name, line: range.line, column: range.column, document: index };
        const found = take(value, { ...origin, ...(item === undefined ? {} : { item }) });
        if (found === undefined) {
          if (file.inFolder === true) ignored.push(nothing(origin));
          else diagnostics.push(noManifest(origin));
        } else if (isGone(found)) {
          diagnostics.push(gone(found));
        } else if (isSimulated(found)) {
          const problems = problemsOf(found, document, lines);
          const field = problems.length === 0 ? unsimulatedField(found) : undefined;
          if (field !== undefined) ignored.push({ ...ignoredOf(found), field });
          else objects.push(found);
          diagnostics.push(...problems);
        } else {
          ignored.push(ignoredOf(found));
          unsimulated.push(found);
        }
      }
    });
  }
  diagnostics.push(...twice(objects));
  const resolved = withTemplates(objects);
  for (const found of resolved.without) {
    ignored.push({ ...ignoredOf(found), field: "spec.workloadRef" });
  }
  return { objects: resolved.objects, ignored, unsimulated, diagnostics };
}

/** Groups of Kubernetes itself, all of whose versions of the checked kinds are known. */
const OWN_GROUPS = new Set([
  "",
  "apps",
  "extensions",
  "policy",
  "autoscaling",
  "networking.k8s.io",
]);

/** Is it of a version that the API server does not have any more, or never had? */
function isGone({ apiVersion, kind }: GivenObject): boolean {
  const group = apiVersion.includes("/") ? apiVersion.split("/")[0]! : "";
  const isServed = servedKinds().some((served) => served.kind === kind);
  return OWN_GROUPS.has(group) && isServed && resourceByKind(apiVersion, kind) === undefined;
}

function gone({ apiVersion, kind, origin: { file, line, column } }: GivenObject): Diagnostic {
  const has = servedKinds().filter((served) => served.kind === kind);
  const versions = has.map(apiVersionOf).join(" and ");
  const message = `no matches for kind "${kind}" in version "${apiVersion}": Kubernetes 1.32 has ${versions}`;
  return { file, line, column, field: "apiVersion", message };
}

function isSimulated({ apiVersion, kind }: GivenObject): boolean {
  return CHECKED.has(kind) && resourceByKind(apiVersion, kind) !== undefined;
}

/** What a real Argo Rollouts acts on and the simulated one does not: such a Rollout would stand still here, and not there. */
function unsimulatedField({ kind, object }: GivenObject): string | undefined {
  if (kind !== "Rollout") return undefined;
  // Where its pods come from is looked up when all files have been read.
  const { workloadRef: _, ...spec } = isRecord(object.spec) ? object.spec : {};
  return notSimulated({ ...object, spec } as unknown as Rollout)?.field;
}

function ignoredOf({ apiVersion, kind, name, origin: { file, line } }: GivenObject): Ignored {
  return { file, line, apiVersion, kind, name };
}

/** A List stands for its items, of whatever kind of list (`v1` List, `apps/v1` DeploymentList). */
function itemsOf(value: unknown): [unknown, number | undefined][] {
  if (!isRecord(value)) return [[value, undefined]];
  const { kind, items } = value;
  if (typeof kind !== "string" || !kind.endsWith("List") || !Array.isArray(items)) {
    return [[value, undefined]];
  }
  return (items as unknown[]).map((item, i) => [item, i]);
}

function take(value: unknown, origin: Origin): GivenObject | undefined {
  if (!isRecord(value)) return undefined;
  const { apiVersion, kind, metadata } = value;
  if (typeof apiVersion !== "string" || typeof kind !== "string") return undefined;
  const { name, namespace } = isRecord(metadata) ? metadata : {};
  return {
    apiVersion,
    kind,
    name: typeof name === "string" ? name : "",
    namespace: typeof namespace === "string" && namespace !== "" ? namespace : "default",
    object: value,
    origin,
  };
}

/** What the API server would refuse in one object, at its place in the file. An item of a List is looked at alone and then found again. */
function problemsOf(
  { object, origin }: GivenObject,
  document: ManifestDocument,
  lines: LineMap,
): Diagnostic[] {
  return diagnose(JSON.stringify(object))
    .filter(isError)
    .map(({ message, path = "", code }) => {
      const within = origin.item === undefined ? path : `items[${origin.item}].${path}`;
      const range = locate(document, lines, within, { preferKey: code === "unknown-field" });
      const said = message.startsWith(`${path}: `) ? message.slice(path.length + 2) : message;
      return {
        file: origin.file,
        line: range.line,
        column: range.column,
        field: within,
        message: said,
      };
    });
}

function isError({ severity }: ManifestDiagnostic): boolean {
  return severity === "error";
}

function placed({ range, message, path = "" }: ManifestDiagnostic, file: CheckedFile): Diagnostic {
  const template = /\{\{/.test(file.text)
    ? "; this looks like a template: give what `helm template` prints"
    : "";
  const { line, column } = range;
  return { file: file.name, line, column, field: path, message: `${message}${template}` };
}

function noManifest({ file, line, column }: Origin): Diagnostic {
  const message =
    "this is no manifest: wanted an object with apiVersion and kind, such as apps/v1 Deployment";
  return { file, line, column, field: "", message };
}

/** What `helm install --dry-run` prints around the manifests. */
const RELEASE = /^NAME: .*\n(?:.*\n)*?(?:MANIFEST|NOTES):\n/;

function noTemplateOutput({ name }: CheckedFile): Diagnostic {
  const message =
    "this looks like what `helm install --dry-run` prints: give what `helm template` prints";
  return { file: name, line: 1, column: 1, field: "", message };
}

function nothing({ file, line }: Origin): Ignored {
  return { file, line, apiVersion: "", kind: "", name: "" };
}

/** kubectl would apply both, and the second would win: hardly ever what was meant. */
function twice(objects: readonly GivenObject[]): Diagnostic[] {
  const seen = new Map<string, Origin>();
  return objects.flatMap(({ kind, namespace, name, origin }) => {
    const key = `${kind}/${namespace}/${name}`;
    const before = seen.get(key);
    seen.set(key, origin);
    if (before === undefined) return [];
    const { file, line, column } = origin;
    const message = `${kind} ${name} stands in ${before.file}:${before.line} already; one of each is checked`;
    return [{ file, line, column, field: "metadata.name", message }];
  });
}

/** Whether a value is a mapping. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
