/* kubectl replace (pkg/cmd/replace/replace.go). */
import { objectsInFiles } from "../command/files.ts";
import { report } from "../command/report.ts";
import { dryRunOf } from "../command/dry-run.ts";
import { FILE_FLAGS, WRITE_FLAGS, type Verb } from "../command/verb.ts";
import { ApiError, errorTexts, isNotFound, KubectlError } from "../kubectl-error.ts";
import { configurationOf } from "../last-applied.ts";
import { VALIDATE_FLAG, withSource } from "./apply.ts";

export const replace: Verb = {
  name: "replace",
  about: "Replace a resource by file name or stdin",
  usage: "-f FILENAME",
  flags: [
    ...FILE_FLAGS,
    ...WRITE_FLAGS,
    VALIDATE_FLAG,
    { name: "force", type: "bool", about: "deletes the object, and creates it anew" },
    { name: "save-config", type: "bool", missing: true },
    { name: "subresource", missing: true },
  ],
  *run(call) {
    if (!call.flags.has("filename")) throw new KubectlError("must specify one of -f and -k");
    const { objects, error } = objectsInFiles(call);
    const errors: (ApiError | KubectlError)[] = error === undefined ? [] : [error];
    for (const given of objects) {
      const { definition: kind, namespace, name, file } = given;
      const where = { kind, namespace };
      const options = {
        dryRun: dryRunOf(call) === "server",
        fieldManager: call.flags.text("field-manager") ?? "kubectl-replace",
        fieldValidation: "Strict",
      };
      try {
        if (call.flags.isOn("force")) {
          try {
            call.client.delete(where, name, {
              gracePeriodSeconds: 0,
              propagationPolicy: "Background",
            });
            yield { stdout: `${kind.singular} ${JSON.stringify(name)} deleted\n` };
          } catch (problem) {
            if (!isNotFound(problem)) throw problem;
          }
          const created = call.client.create(where, configurationOf(given), options);
          yield* report(call, { kind, name }, "replaced", created);
          continue;
        }
        const body = configurationOf(given);
        const replaced =
          dryRunOf(call) === "client"
            ? call.client.get(where, name)
            : call.client.replace(where, name, body, options);
        yield* report(call, { kind, name }, "replaced", replaced);
      } catch (problem) {
        const told = withSource("replacing", file, problem);
        if (!(told instanceof ApiError)) throw told;
        errors.push(told);
      }
    }
    for (const text of errorTexts(errors)) yield { stderr: `${text}\n` };
    return errors.length === 0 ? 0 : 1;
  },
};
