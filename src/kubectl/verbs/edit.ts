/* kubectl edit (pkg/cmd/util/editor/editoptions.go): the object as a text, and what was made of it as a patch. */
import { structOf, threeWayPatch } from "../../simulator/index.ts";
import { parseManifest } from "../../manifest/index.ts";
import { report } from "../command/report.ts";
import { visitAll, type Info } from "../command/resolve.ts";
import { FILE_FLAGS, OUTPUT_FLAG, type Call, type Verb } from "../command/verb.ts";
import { goJson } from "../go-json.ts";
import { ApiError, errorText, KubectlError } from "../kubectl-error.ts";
import { printerFor } from "../output/printer.ts";
import type { Program } from "../program.ts";

const HEADER = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;

/** How often a text that cannot be used is opened again. */
const TRIES_MAX = 20;

export const edit: Verb = {
  name: "edit",
  about: "Edit a resource on the server",
  usage: "(RESOURCE/NAME | -f FILENAME)",
  flags: [...FILE_FLAGS, OUTPUT_FLAG, { name: "subresource", missing: true }],
  *run(call) {
    const infos = visitAll(call, { allByDefault: true });
    if (!call.world.hasEditor) throw new KubectlError('unable to launch the editor "vi"');
    for (const info of infos) {
      const code = yield* editOne(call, info);
      if (code !== 0) return code;
    }
    return 0;
  },
};

function* editOne(call: Call, info: Info): Program {
  const { object, name, kind } = info;
  const text = printerFor("yaml")!.print([object], false);
  const before = parseManifest(text).documents[0]!.object;
  let shown = HEADER + text;
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const saved = yield { edit: { name: `${kind.singular}-${name}.yaml`, text: shown } };
    const content = withoutComments(saved ?? "");
    if (saved === undefined || content === withoutComments(shown) || content.trim() === "") {
      yield { stderr: "Edit cancelled, no changes made.\n" };
      return 0;
    }
    const [document] = parseManifest(content).documents;
    if (document === undefined || document.error !== undefined) {
      shown = withProblem(document?.error ?? "the file is empty", content);
      continue;
    }
    const patch = threeWayPatch(structOf(kind), before, document.object as never, object as never);
    if (goJson(patch) === "{}") {
      yield { stderr: "Edit cancelled, no changes made.\n" };
      return 0;
    }
    try {
      const patched = call.client.patch(info, name, "strategic", patch, {
        fieldManager: "kubectl-edit",
        fieldValidation: "Strict",
      });
      return yield* report(call, info, "edited", patched);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      shown = withProblem(errorText(error), content);
      yield { stderr: `error: ${kind.plural} ${JSON.stringify(name)} is invalid\n` };
    }
  }
  return 1;
}

function withoutComments(text: string): string {
  return text.replace(/^#.*\n?/gm, "");
}

function withProblem(problem: string, content: string): string {
  const lines = problem.split("\n").map((line) => `# ${line}\n`);
  return `${HEADER}${lines.join("")}#\n${content}`;
}
