/* kubectl label and annotate (pkg/cmd/label/label.go, pkg/cmd/annotate/annotate.go). */
import { labelValue, type KubernetesObject } from "../../simulator/index.ts";
import { each } from "../command/each.ts";
import { CHANGE_CAUSE, changeCauseOf } from "../command/record.ts";
import { report } from "../command/report.ts";
import { visit, type Info } from "../command/resolve.ts";
import { dryRunOf } from "../command/dry-run.ts";
import {
  FIELD_SELECTOR_FLAG,
  FILE_FLAGS,
  RECORD_FLAG,
  SELECTOR_FLAGS,
  WRITE_FLAGS,
  type Call,
  type Flagged,
  type Verb,
} from "../command/verb.ts";
import { goJson } from "../go-json.ts";
import { KubectlError } from "../kubectl-error.ts";
import type { Program } from "../program.ts";

type Field = "labels" | "annotations";

/** `a=b` and `c-` of a command line. */
interface Changes {
  readonly set: ReadonlyMap<string, string>;
  readonly remove: readonly string[];
}

const FLAGS: Flagged = [
  { name: "overwrite", type: "bool", about: "changes what is set already" },
  { name: "list", type: "bool", about: "lists what is set" },
  { name: "resource-version", about: "changes only what stands at this version" },
  { name: "all-namespaces", short: "A", type: "bool", about: "objects of all namespaces" },
  FIELD_SELECTOR_FLAG,
  ...WRITE_FLAGS,
  ...FILE_FLAGS,
  ...SELECTOR_FLAGS,
  RECORD_FLAG,
];

export const label: Verb = {
  name: "label",
  about: "Update the labels on a resource",
  usage: "[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N",
  flags: FLAGS,
  run: (call) => mark(call, "labels"),
};

export const annotate: Verb = {
  name: "annotate",
  about: "Update the annotations on a resource",
  usage: "[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N",
  flags: FLAGS,
  run: (call) => mark(call, "annotations"),
};

function* mark(call: Call, field: Field): Program {
  const { flags } = call;
  const isChange = (word: string) => word.indexOf("=") > 0 || (word.endsWith("-") && word !== "-");
  const at = call.words.findIndex(isChange);
  const words = at < 0 ? call.words : call.words.slice(0, at);
  if (words.length === 0 && !flags.has("filename")) {
    throw new KubectlError(
      "one or more resources must be specified as <resource> <name> or <resource>/<name>",
    );
  }
  const changes = changesOf(at < 0 ? [] : call.words.slice(at), field);
  if (!flags.isOn("list") && changes.set.size + changes.remove.length === 0) {
    throw new KubectlError(`at least one ${field.slice(0, -1)} update is required`);
  }
  const visited = visit(call, { words });
  if (flags.isOn("list")) return yield* each(visited, (info) => listed(info, field));
  if (flags.has("resource-version") && visited.infos.length > 1) {
    throw new KubectlError("--resource-version may only be used with a single resource");
  }
  return yield* each(visited, (info) => apply(call, info, field, changes));
}

function changesOf(words: readonly string[], field: Field): Changes {
  const set = new Map<string, string>();
  const remove: string[] = [];
  for (const word of words) {
    const at = word.indexOf("=");
    if (at > 0 && !(field === "labels" && word.indexOf("=", at + 1) > 0)) {
      const value = word.slice(at + 1);
      const [problem] = field === "labels" ? labelValue(value) : [];
      if (problem !== undefined) {
        throw new KubectlError(`invalid label value: ${JSON.stringify(word)}: ${problem}`);
      }
      set.set(word.slice(0, at), value);
    } else if (word.endsWith("-") && word.length > 1) remove.push(word.slice(0, -1));
    else throw new KubectlError(`invalid ${field.slice(0, -1)} spec: ${word}`);
  }
  const both = remove.find((key) => set.has(key));
  if (both !== undefined) {
    throw new KubectlError(
      `can not both modify and remove a ${field.slice(0, -1)} in the same command`,
    );
  }
  return { set, remove };
}

function* listed({ object }: Info, field: Field): Program {
  for (const [key, value] of Object.entries(object.metadata[field] ?? {}).sort()) {
    yield { stdout: `${key}=${value}\n` };
  }
  return 0;
}

function* apply(call: Call, info: Info, field: Field, { set, remove }: Changes): Program {
  const { flags, client } = call;
  const before = info.object.metadata[field] ?? {};
  const overwrite = flags.isOn("overwrite");
  if (!overwrite) refuseOverwrite(field, before, set);
  const cause = changeCauseOf(call);
  const values: Record<string, string | null> = Object.fromEntries(set);
  for (const key of remove) values[key] = null;
  const after = changed(before, values);
  const annotations = cause === undefined ? {} : { annotations: { [cause.key]: cause.text } };
  const next = { ...info.object, metadata: { ...info.object.metadata, [field]: after } };
  const isSame = goJson(before) === goJson(after ?? {});
  const given = flags.text("resource-version");
  const version = given === undefined ? {} : { resourceVersion: given };
  if (field === "labels") {
    for (const key of remove.filter((one) => before[one] === undefined)) {
      yield { stdout: `label ${JSON.stringify(key)} not found.\n` };
    }
  }
  const dryRun = dryRunOf(call);
  let result: KubernetesObject = next;
  if (dryRun !== "client" && !(isSame && cause === undefined)) {
    result = client.patch(
      info,
      info.name,
      "merge",
      { metadata: { ...annotations, ...version, [field]: values } },
      {
        dryRun: dryRun === "server",
        fieldManager:
          flags.text("field-manager") ?? `kubectl-${field === "labels" ? "label" : "annotate"}`,
      },
    );
  }
  return yield* report(call, info, said(field, info.object, next, overwrite), result);
}

function changed(
  before: Readonly<Record<string, string>>,
  values: Readonly<Record<string, string | null>>,
): Record<string, string> | undefined {
  const after = Object.entries({ ...before, ...values }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return after.length === 0 ? undefined : Object.fromEntries(after);
}

function refuseOverwrite(
  field: Field,
  before: Readonly<Record<string, string>>,
  set: ReadonlyMap<string, string>,
): void {
  for (const [key, value] of set) {
    const had = before[key];
    if (had === undefined || had === value) continue;
    if (field === "labels") {
      throw new KubectlError(`'${key}' already has a value (${had}), and --overwrite is false`);
    }
    // The cause of a change may always be written anew.
    if (key === CHANGE_CAUSE) continue;
    throw new KubectlError(
      `--overwrite is false but found the following declared annotation(s): '${key}' already has a value (${had})`,
    );
  }
}

/** label.go updateDataChangeMsg: told apart by the length of the object. */
function said(
  field: Field,
  before: KubernetesObject,
  after: KubernetesObject,
  overwrite: boolean,
): string {
  if (field === "annotations") return "annotated";
  const [old, now] = [goJson(before), goJson(after)];
  if (old === now) return "not labeled";
  return !overwrite && now.length < old.length ? "unlabeled" : "labeled";
}
