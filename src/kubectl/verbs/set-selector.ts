/* kubectl set selector and set serviceaccount (pkg/cmd/set/set_selector.go, set_serviceaccount.go). */
import { jsonMergePatch, type KubernetesObject } from "../../simulator/index.ts";
import { dryRunOf } from "../command/dry-run.ts";
import { each } from "../command/each.ts";
import { report } from "../command/report.ts";
import { visit, type Info } from "../command/resolve.ts";
import { FILE_FLAGS, WRITE_FLAGS, type Call, type Verb } from "../command/verb.ts";
import { KubectlError } from "../kubectl-error.ts";
import type { Program } from "../program.ts";
import { podSpecOf, withReason } from "./set-containers.ts";

const FLAGS = [
  { name: "all", type: "bool", about: "all objects of the types in the namespace" },
  ...WRITE_FLAGS,
  ...FILE_FLAGS,
] as const;

export const setSelector: Verb = {
  name: "selector",
  about: "Set the selector on a resource",
  usage: "(-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]",
  flags: FLAGS,
  *run(call) {
    const expressions = call.words.at(-1);
    if (expressions === undefined) throw new KubectlError("one selector is required");
    const visited = visit(call, { words: call.words.slice(0, -1) });
    return yield* each(visited, (info) => {
      if (info.kind.kind !== "Service") {
        throw new KubectlError("setting a selector is only supported for Services");
      }
      const { selector: before = {} } = (info.object as unknown as Selecting).spec;
      const selector = selectorOf(expressions);
      const gone = Object.keys(before).filter((key) => !(key in selector));
      const patch = Object.fromEntries(gone.map((key) => [key, null]));
      const spec = { selector: { ...patch, ...selector } };
      return change(call, info, "selector updated", spec, "failed to patch:");
    });
  },
};

interface Selecting {
  readonly spec: { readonly selector?: Readonly<Record<string, string>> };
}

/** `app=web,track=blue`; a Service knows no other expressions. */
function selectorOf(text: string): Record<string, string> {
  const parts = text.split(/,(?![^(]*\))/);
  const pairs = parts.map((part) => /^([^=!\s]+)==?([^=\s]*)$/.exec(part));
  if (pairs.includes(null)) {
    throw new KubectlError(
      `match expression [${parts.map(expressionText).join(" ")}] not supported on this object`,
    );
  }
  return Object.fromEntries(pairs.map((pair) => [pair![1]!, pair![2]!]));
}

/** `{app In [a b]}`, as Go prints a LabelSelectorRequirement. */
function expressionText(part: string): string {
  const set = /^(\S+) +(in|notin) +\(([^)]*)\)$/.exec(part);
  if (set === null) {
    return part.startsWith("!") ? `{${part.slice(1)} DoesNotExist []}` : `{${part} Exists []}`;
  }
  const [, key, operator, values = ""] = set;
  const sorted = values.split(",").map((value) => value.trim());
  return `{${key} ${operator === "in" ? "In" : "NotIn"} [${sorted.sort().join(" ")}]}`;
}

export const setServiceAccount: Verb = {
  name: "serviceaccount",
  aliases: ["sa"],
  about: "Update the service account of a resource",
  usage: "(-f FILENAME | TYPE NAME) SERVICE_ACCOUNT",
  flags: FLAGS,
  *run(call) {
    const serviceAccountName = call.words.at(-1);
    if (serviceAccountName === undefined) throw new KubectlError("serviceaccount is required");
    const visited = visit(call, { words: call.words.slice(0, -1) });
    return yield* each(visited, (info) => {
      podSpecOf(info);
      const spec =
        info.kind.plural === "pods"
          ? { serviceAccountName }
          : { template: { spec: { serviceAccountName } } };
      const failed = "failed to patch ServiceAccountName";
      return change(call, info, "serviceaccount updated", spec, failed);
    });
  },
};

function* change(call: Call, info: Info, done: string, spec: object, failed: string): Program {
  const dryRun = dryRunOf(call);
  if (dryRun === "client") {
    const merged = jsonMergePatch(info.object as never, { spec } as never);
    return yield* report(call, info, done, merged as unknown as KubernetesObject);
  }
  const updated = withReason(failed, () =>
    call.client.patch(
      info,
      info.name,
      "strategic",
      { spec },
      {
        dryRun: dryRun === "server",
        fieldManager: call.flags.text("field-manager") ?? "kubectl-set",
      },
    ),
  );
  return yield* report(call, info, done, updated);
}
