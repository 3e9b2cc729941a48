/* kubectl patch (pkg/cmd/patch/patch.go). */
import type { KubernetesObject } from "../../simulator/index.ts";
import { parseManifest } from "../../manifest/index.ts";
import { scanJsonValue } from "../../simulator/index.ts";
import { each } from "../command/each.ts";
import { changeCauseOf } from "../command/record.ts";
import { report } from "../command/report.ts";
import { visit, type Info } from "../command/resolve.ts";
import { dryRunOf } from "../command/dry-run.ts";
import { FILE_FLAGS, RECORD_FLAG, WRITE_FLAGS, type Call, type Verb } from "../command/verb.ts";
import { goJson } from "../go-json.ts";
import { KubectlError } from "../kubectl-error.ts";
import type { PatchType } from "../client.ts";
import type { Program } from "../program.ts";

const TYPES = ["json", "merge", "strategic"] as const;

export const patch: Verb = {
  name: "patch",
  about: "Update fields of a resource",
  usage: "(-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]",
  flags: [
    { name: "patch", short: "p", about: "the patch, as JSON or YAML" },
    { name: "patch-file", about: "a file with the patch" },
    { name: "type", about: "json, merge or strategic" },
    { name: "subresource", about: "status or scale" },
    { name: "local", missing: true },
    ...WRITE_FLAGS,
    ...FILE_FLAGS,
    RECORD_FLAG,
  ],
  *run(call) {
    const type = (call.flags.text("type") ?? "strategic").toLowerCase();
    if (!(TYPES as readonly string[]).includes(type)) {
      throw new KubectlError(
        `--type must be one of [json merge strategic], not ${JSON.stringify(type)}`,
      );
    }
    const text = patchText(call);
    const visited = visit(call);
    const body = patchBody(text);
    return yield* each(visited, (info) => send(call, info, type as PatchType, body));
  },
};

function patchText({ flags, world }: Call): string {
  const [text, file] = [flags.text("patch"), flags.text("patch-file")];
  if (!text === !file) {
    throw new KubectlError(
      !text
        ? "must specify --patch or --patch-file containing the contents of the patch"
        : "cannot specify --patch and --patch-file together",
    );
  }
  if (!file) return text!;
  const content = world.read(file);
  if (typeof content === "string") return content;
  throw new KubectlError(`unable to read patch file: open ${file}: no such file or directory`);
}

/** What looks like JSON is sent as it is, and the server finds what is wrong with it; the rest is read as YAML. */
function patchBody(text: string): unknown {
  if (/^\s*[{[]/.test(text)) {
    const problem = jsonProblem(text);
    if (problem === undefined) return JSON.parse(text) as unknown;
    throw new KubectlError(`Error from server (BadRequest): ${problem}`);
  }
  const [document] = parseManifest(text).documents;
  if (document === undefined || document.error !== undefined) {
    throw new KubectlError(
      `unable to parse ${JSON.stringify(text)}: ${document?.error ?? "nothing there"}`,
    );
  }
  return document.object;
}

const SCALE = { singular: "scale", group: "autoscaling" };

function* send(call: Call, info: Info, type: PatchType, body: unknown): Program {
  const { flags, client } = call;
  const dryRun = dryRunOf(call);
  const subresource = flags.text("subresource");
  const options = {
    // The client alone cannot merge by the rules of a type: the server is asked for the outcome (patch.go, --dry-run=client).
    dryRun: dryRun !== "none",
    fieldManager: flags.text("field-manager") ?? "kubectl-patch",
    ...(subresource === undefined ? {} : { subresource }),
  };
  const patched = client.patch(info, info.name, type, body, options);
  const cause = changeCauseOf(call);
  const result =
    cause === undefined || dryRun !== "none"
      ? patched
      : client.patch(
          info,
          info.name,
          "merge",
          { metadata: { annotations: { [cause.key]: cause.text } } },
          options,
        );
  // An object from a file is told from the live one by all that the server has put into it.
  const isSame = !flags.has("filename") && goJson(content(info.object)) === goJson(content(result));
  // What comes back of a subresource may be of a kind of its own.
  const told = subresource === "scale" ? { ...info, kind: { ...info.kind, ...SCALE } } : info;
  return yield* report(call, told, isSame ? "patched (no change)" : "patched", result, "");
}

/** What Go's decoder says of a text that is no JSON; undefined when it is. */
function jsonProblem(text: string): string | undefined {
  const end = scanJsonValue(text, 0);
  if (typeof end === "object") return end.message;
  const rest = end === undefined ? "" : text.slice(end).trim();
  return rest === "" ? undefined : `invalid character '${rest[0]}' after top-level value`;
}

/** An object without what the server keeps of writes. */
function content({ metadata, ...rest }: KubernetesObject): object {
  const { managedFields: _managed, resourceVersion: _version, ...kept } = metadata;
  return { ...rest, metadata: kept };
}
