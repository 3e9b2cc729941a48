/*
 * `kubectl apply -f FILE…` against a cluster that is nothing but a set of objects: what it prints, and what then stands. kubectl
 * pkg/cmd/apply/apply.go and patcher.go, of 1.32.
 */
import {
  judgeCreate,
  judgeUpdate,
  ofStored,
  resourceByKind,
  structOf,
  PatchError,
  threeWayMerge,
  threeWayPatch,
  type Judgement,
  type KubernetesObject,
  type ResourceDefinition,
} from "../simulator/index.ts";
import { conversionProblem, goQuote, goText } from "../simulator/index.ts";
import { printErrors, type ApplyError } from "./apply-errors.ts";
import { goJson } from "./go-json.ts";
import {
  configurationOf,
  described,
  LAST_APPLIED,
  withLastApplied,
  type Sent,
} from "./last-applied.ts";
import { readObjects, type ManifestFile, type ManifestObject } from "./read-objects.ts";

export type { ManifestFile } from "./read-objects.ts";

export interface ApplyOptions {
  /** What stands already, as an earlier call returned it; default: an empty cluster. */
  readonly objects?: readonly KubernetesObject[];
  /** False: `--validate=false`, unknown fields are dropped without a word. */
  readonly validate?: boolean;
  /** `--dry-run=client`: the server is asked for nothing but what stands. */
  readonly dryRun?: "client";
}

export interface ApplyResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: 0 | 1;
  /** What stands afterwards. */
  readonly objects: readonly KubernetesObject[];
}

const NAMESPACES = ["default", "kube-system", "kube-public", "kube-node-lease"];

/** Applies manifest files, in order. Never throws. */
export function apply(files: readonly ManifestFile[], options: ApplyOptions = {}): ApplyResult {
  const session = new ApplySession(options);
  const { objects, error } = readObjects(files, options.validate ?? true);
  const errors: ApplyError[] = error === undefined ? [] : [error];
  if (objects.length === 0 && errors.length === 0) {
    errors.push({ message: "no objects passed to apply" });
  }
  for (const object of objects) {
    const wrong = session.apply(object);
    if (wrong !== undefined) errors.push(wrong);
  }
  const warnings = [...new Set(session.warnings)].map((warning) => `Warning: ${warning}\n`);
  return {
    stdout: session.lines.map((line) => `${line}\n`).join(""),
    stderr: warnings.join("") + printErrors(errors),
    exitCode: errors.length === 0 ? 0 : 1,
    objects: session.standing,
  };
}

class ApplySession {
  readonly lines: string[] = [];
  readonly warnings: string[] = [];
  private readonly options: ApplyOptions;
  private readonly objects: Map<string, KubernetesObject>;
  private version: number;

  constructor(options: ApplyOptions) {
    this.options = options;
    this.objects = new Map((options.objects ?? []).map((object) => [keyOf(object), object]));
    this.version = 1000 + this.objects.size;
  }

  get standing(): KubernetesObject[] {
    return [...this.objects.values()];
  }

  apply(given: ManifestObject): ApplyError | undefined {
    const { name, kind, file } = given;
    const { generateName } = (given.object.metadata ?? {}) as { generateName?: unknown };
    if (name === "" && typeof generateName === "string" && generateName !== "") {
      return { message: `from ${generateName}: cannot use generate name with apply` };
    }
    const unusable = pathProblem(name);
    if (unusable !== undefined) {
      const what = `retrieving current configuration of:\n${described(given)}\nfrom server for:`;
      return { message: `error when ${what} ${goQuote(file)}: ${unusable}` };
    }
    const key = `${kind.group}/${kind.kind}/${given.namespace}/${name}`;
    const live = this.objects.get(key);
    if (live === undefined) return this.create(given, key);
    return this.update(given, key, live);
  }

  private create(given: ManifestObject, key: string): ApplyError | undefined {
    const { kind, object, file } = given;
    if (this.options.dryRun === "client") {
      this.say(given, "created (dry run)");
      return undefined;
    }
    const source = `error when creating ${goQuote(file)}: `;
    const sent = withLastApplied(configurationOf(given));
    const definition = resourceByKind(kind.apiVersion, kind.kind);
    if (object.kind !== kind.kind) {
      const unknown = `no kind ${goQuote(object.kind as string)} is registered for version ${goQuote(kind.apiVersion)} in scheme "pkg/api/legacyscheme/scheme.go:30"`;
      return badRequest(source, given, unknown);
    }
    if (definition === undefined) {
      this.store(key, sent as unknown as KubernetesObject);
      this.say(given, "created");
      return undefined;
    }
    const judgement = judgeCreate(definition, sent);
    const undecodable = this.decodingProblem(judgement);
    if (undecodable !== undefined) return badRequest(source, given, undecodable);
    if (definition.namespaced && !this.hasNamespace(given.namespace)) {
      return {
        reason: "NotFound",
        message: `${source}namespaces ${goQuote(given.namespace)} not found`,
      };
    }
    if (judgement.errors.length > 0) return invalidObject(given, judgement, source);
    if (judgement.object!.metadata.resourceVersion) {
      const message = "resourceVersion should not be set on objects to be created";
      return { reason: "", message: `${source}${message}` };
    }
    this.warnings.push(...judgement.warnings);
    this.store(key, judgement.object!);
    this.say(given, "created");
    return undefined;
  }

  private update(
    given: ManifestObject,
    key: string,
    live: KubernetesObject,
  ): ApplyError | undefined {
    if (this.options.dryRun === "client") {
      this.say(given, "configured (dry run)");
      return undefined;
    }
    const { kind } = given;
    const definition = resourceByKind(kind.apiVersion, kind.kind);
    const last = live.metadata.annotations?.[LAST_APPLIED];
    const lastApplied: unknown = last === undefined ? {} : JSON.parse(last);
    const sent = withLastApplied(configurationOf(given));
    if (definition === undefined) {
      const same = last === sent.metadata.annotations[LAST_APPLIED];
      this.store(key, sent as unknown as KubernetesObject);
      this.say(given, same ? "unchanged" : "configured");
      return undefined;
    }
    const struct = structOf(definition);
    const seen = ofStored(definition, live);
    const patch = patchOrProblem(struct, lastApplied, sent, seen);
    if (patch instanceof PatchError) {
      const three = `original:\n${last ?? ""}\nmodified:\n${goJson(sent)}\ncurrent:\n${goJson(seen)}`;
      const source = `creating patch with:\n${three}\nfor:`;
      return { message: `error when ${source} ${goQuote(given.file)}: ${patch.message}` };
    }
    if (goJson(patch) === "{}") {
      this.say(given, "unchanged");
      return undefined;
    }
    return this.patch(given, key, live, definition, lastApplied, sent, patch);
  }

  private patch(
    given: ManifestObject,
    key: string,
    live: KubernetesObject,
    definition: ResourceDefinition,
    lastApplied: unknown,
    sent: Sent,
    patch: object,
  ): ApplyError | undefined {
    const file = goQuote(given.file);
    const source = `error when applying patch:\n${goJson(patch)}\nto:\n${described(given)}\nfor: ${file}: error when patching ${file}: `;
    const judgement = judgeUpdate(
      definition,
      threeWayMerge(structOf(definition), lastApplied, sent, ofStored(definition, live) as never),
      live,
    );
    if (judgement.decoded.typeError !== undefined) {
      const problem = conversionProblem(judgement.decoded.typeError.message);
      const detail = `Invalid value: ${goQuote(goText(patch))}: ${problem}`;
      const causes = [{ field: "patch", type: "FieldValueInvalid" as const, detail }];
      return {
        reason: "Invalid",
        message: `${source} "" is invalid: patch: ${detail}`,
        invalid: { kind: "", name: "", causes },
      };
    }
    const undecodable = this.decodingProblem(judgement);
    if (undecodable !== undefined)
      return { reason: "BadRequest", message: `${source}${undecodable}` };
    const { resourceVersion } = judgement.object!.metadata;
    if (resourceVersion !== live.metadata.resourceVersion) {
      const { group, plural } = given.kind;
      const resource = group === "" ? plural : `${plural}.${group}`;
      const message = `Operation cannot be fulfilled on ${resource} ${goQuote(given.name)}: the object has been modified; please apply your changes to the latest version and try again`;
      return { reason: "Conflict", message: `${source}${message}` };
    }
    if (judgement.errors.length > 0) return invalidObject(given, judgement, source);
    this.warnings.push(...judgement.warnings);
    this.store(key, judgement.object!);
    this.say(given, "configured");
    return undefined;
  }

  /** What keeps the server from reading the object; unknown fields do so only under strict validation. */
  private decodingProblem({ decoded }: Judgement): string | undefined {
    if (decoded.typeError !== undefined) return decoded.typeError.message;
    if (decoded.unknownFields.length === 0 || this.options.validate === false) return undefined;
    return `strict decoding error: ${decoded.unknownFields.map(({ message }) => message).join(", ")}`;
  }

  private hasNamespace(name: string): boolean {
    return NAMESPACES.includes(name) || this.objects.has(`/Namespace//${name}`);
  }

  private store(key: string, object: KubernetesObject): void {
    this.version += 1;
    const uid =
      object.metadata.uid || `00000000-0000-4000-8000-${String(this.version).padStart(12, "0")}`;
    const metadata = { ...object.metadata, uid, resourceVersion: String(this.version) };
    this.objects.set(key, { ...object, metadata });
  }

  private say({ kind, name }: ManifestObject, what: string): void {
    const resource = kind.group === "" ? kind.singular : `${kind.singular}.${kind.group}`;
    this.lines.push(`${resource}/${name} ${what}`);
  }
}

function keyOf({ apiVersion, kind, metadata }: KubernetesObject): string {
  const group = apiVersion.includes("/") ? apiVersion.split("/")[0]! : "";
  return `${group}/${kind}/${metadata.namespace ?? ""}/${metadata.name}`;
}

function patchOrProblem(
  kind: string,
  last: unknown,
  sent: Sent,
  live: KubernetesObject,
): object | PatchError {
  try {
    return threeWayPatch(kind, last, sent, live as never);
  } catch (error) {
    if (error instanceof PatchError) return error;
    throw error;
  }
}

/** Names that cannot stand in a URL (client-go rest/request.go). */
function pathProblem(name: string): string | undefined {
  if (name === "") return "resource name may not be empty";
  const wrong =
    name === "." || name === ".."
      ? [`may not be '${name}'`]
      : ["/", "%"].filter((part) => name.includes(part)).map((part) => `may not contain '${part}'`);
  return wrong.length === 0
    ? undefined
    : `invalid resource name ${goQuote(name)}: [${wrong.join(" ")}]`;
}

function badRequest(source: string, { object, kind }: ManifestObject, problem: string): ApplyError {
  const message = `${object.kind as string} in version ${goQuote(kind.version)} cannot be handled as a ${kind.kind}: ${problem}`;
  return { reason: "BadRequest", message: `${source}${message}` };
}

function invalidObject(given: ManifestObject, judgement: Judgement, source: string): ApplyError {
  const { kind, name } = given;
  const texts = [...new Set(judgement.errors.map((error) => `${error.field}: ${error.detail}`))];
  const list = texts.length === 1 ? texts[0] : `[${texts.join(", ")}]`;
  const full = kind.group === "" ? kind.kind : `${kind.kind}.${kind.group}`;
  return {
    reason: "Invalid",
    message: `${source}${full} ${goQuote(name)} is invalid: ${list}`,
    invalid: { kind: kind.kind, name, causes: judgement.errors },
  };
}
