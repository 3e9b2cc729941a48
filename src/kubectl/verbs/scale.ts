/* kubectl scale (pkg/cmd/scale/scale.go, pkg/scale/scale.go). */
import type { KubernetesObject } from "../../simulator/index.ts";
import { report } from "../command/report.ts";
import { visit, type Info } from "../command/resolve.ts";
import { dryRunOf } from "../command/dry-run.ts";
import {
  FILE_FLAGS,
  RECORD_FLAG,
  SELECTOR_FLAGS,
  WRITE_FLAGS,
  type Call,
  type Verb,
} from "../command/verb.ts";
import { requiredFlags } from "../command/required-flags.ts";
import { errorTexts, KubectlError } from "../kubectl-error.ts";
import type { Program } from "../program.ts";

const COUNT_WANTED =
  "The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0";

export const scale: Verb = {
  name: "scale",
  about: "Set a new size for a deployment, replica set, or stateful set",
  usage:
    "[--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME)",
  flags: [
    { name: "replicas", type: "int", about: "the new size" },
    { name: "current-replicas", type: "int", about: "scales only what has this size" },
    { name: "resource-version", about: "scales only what stands at this version" },
    {
      name: "timeout",
      type: "duration",
      about: "how long to wait for the new size; 0: not at all",
    },
    ...WRITE_FLAGS,
    ...FILE_FLAGS,
    ...SELECTOR_FLAGS,
    RECORD_FLAG,
  ],
  *run(call) {
    requiredFlags(call, ["replicas"]);
    const replicas = call.flags.number("replicas")!;
    if (replicas < 0) throw new KubectlError(COUNT_WANTED);
    const visited = visit(call);
    if (visited.infos.length === 0) {
      const why = visited.errors.map(({ message }) => message).join("; ");
      throw new KubectlError(`no objects passed to scale ${why}`.trimEnd());
    }
    // One that cannot be scaled ends the command.
    for (const info of visited.infos) yield* resize(call, info, replicas);
    for (const text of errorTexts(visited.errors)) yield { stderr: `${text}\n` };
    return visited.errors.length > 0 ? 1 : 0;
  },
};

function* resize(call: Call, info: Info, replicas: number): Program {
  const { flags, client } = call;
  const { spec, metadata } = info.object as KubernetesObject & { spec?: { replicas?: number } };
  const current = flags.number("current-replicas") ?? -1;
  if (current >= 0 && spec?.replicas !== current) {
    throw new KubectlError(`Expected replicas to be ${current}, was ${spec?.replicas ?? 0}`);
  }
  const version = flags.text("resource-version");
  if (version !== undefined && version !== metadata.resourceVersion) {
    throw new KubectlError(
      `Expected resource version to be ${version}, was ${metadata.resourceVersion}`,
    );
  }
  const dryRun = dryRunOf(call);
  if (dryRun !== "client") {
    client.patch(
      info,
      info.name,
      "merge",
      { spec: { replicas } },
      {
        subresource: "scale",
        dryRun: dryRun === "server",
        fieldManager: flags.text("field-manager") ?? "kubectl-scale",
      },
    );
  }
  // What `-o` prints is the object as it was.
  return yield* report(call, info, "scaled", info.object);
}
