/* kubectl apply view-last-applied (pkg/cmd/apply/apply_view_last_applied.go). */
import { visitAll } from "../command/resolve.ts";
import { FILE_FLAGS, SELECTOR_FLAGS, type Verb } from "../command/verb.ts";
import { KubectlError, usageError } from "../kubectl-error.ts";
import { lastAppliedOf } from "../last-applied.ts";
import { toYaml } from "../output/yaml.ts";

export const viewLastApplied: Verb = {
  name: "view-last-applied",
  about: "View the latest last-applied-configuration annotations of a resource/object",
  usage: "(TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)",
  flags: [{ name: "output", short: "o", about: "yaml or json" }, ...FILE_FLAGS, ...SELECTOR_FLAGS],
  *run(call) {
    const output = call.flags.text("output") ?? "yaml";
    if (output !== "yaml" && output !== "json") {
      throw usageError(
        call.command,
        `Unexpected -o output mode: ${output}, the flag 'output' must be one of yaml|json`,
      );
    }
    for (const { name, object } of visitAll(call, { allByDefault: true })) {
      const text = lastAppliedOf(object);
      if (text === undefined) {
        throw new KubectlError(
          `no last-applied-configuration annotation found on resource: ${name}`,
        );
      }
      const value: unknown = JSON.parse(text);
      yield {
        stdout: output === "json" ? `${JSON.stringify(value, null, 2)}\n` : toYaml(value),
      };
    }
    return 0;
  },
};
