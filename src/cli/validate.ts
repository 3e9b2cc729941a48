import { apply, type ManifestFile } from "../kubectl/apply.ts";
import { manifestsAt } from "../scenario/read-files.ts";
import { parseArguments, STATUS, UnusableInput, type Command } from "./command.ts";
import { readPath } from "./files.ts";

export const validateCommand: Command = {
  name: "validate",
  usage: "FILE.yaml… [--from BASE.yaml]…",
  summary: "print what kubectl apply and kube-apiserver would say of manifests, and nothing else",
  help: `FILE is a manifest or a folder of manifests. What kubectl writes to standard output and to standard error
goes there too. Exit status 0: accepted; 1: refused.

  --from BASE  where BASE has been applied already`,
  run(args) {
    const { values, positionals } = parseArguments(this, args, {
      from: { type: "string", multiple: true, default: [] },
    });
    if (positionals.length === 0) {
      throw new UnusableInput(["wanted a manifest", `usage: rollout-lab validate ${this.usage}`]);
    }
    const files = positionals.flatMap(manifestFiles);
    const { stdout, stderr, exitCode } = apply(files, { objects: standing(values.from) });
    process.stdout.write(stdout);
    process.stderr.write(stderr);
    return exitCode === 0 ? STATUS.good : STATUS.no;
  },
};

/** The objects that stand where these manifests have been applied. */
function standing(paths: readonly string[]) {
  if (paths.length === 0) return [];
  const { stderr, exitCode, objects } = apply(paths.flatMap(manifestFiles));
  if (exitCode === 0) return objects;
  throw new UnusableInput([`--from ${paths.join(" ")} is refused itself:`, stderr.trimEnd()]);
}

function manifestFiles(path: string): ManifestFile[] {
  const found = manifestsAt(path, readPath);
  if ("problem" in found) {
    const { at, problem } = found;
    throw new UnusableInput([at === undefined ? problem : `${at}:1:1: ${problem}`]);
  }
  return found.files.map(({ path: name, text }) => ({ name, text }));
}
