import { BareCluster } from "../kubectl/bare-cluster.ts";
import type { ManifestFile } from "../kubectl/read-objects.ts";
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
    const { stdout, stderr, code } = clusterWith(values.from).apply(files);
    process.stdout.write(stdout);
    process.stderr.write(stderr);
    return code === 0 ? STATUS.good : STATUS.no;
  },
};

/** A cluster to which these manifests have been applied. */
function clusterWith(paths: readonly string[]): BareCluster {
  const cluster = new BareCluster();
  if (paths.length === 0) return cluster;
  const { stderr, code } = cluster.apply(paths.flatMap(manifestFiles));
  if (code === 0) return cluster;
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
