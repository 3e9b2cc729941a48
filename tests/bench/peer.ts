import { mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const bundles = path.join(here, "..", "..", ".cache", "bench");

/** What @ngrok/webernetes does in the benchmark. */
export interface Peer {
  /** A rollout of that many replicas. */
  readonly rollout: (replicas: number) => Promise<void>;
  /** Requests to a Service whose pods stay. */
  readonly sendRequests: (options: {
    readonly count: number;
    readonly rps: number;
    readonly replicas: number;
  }) => Promise<void>;
}

/** Bundles the peer with what it does, since its modules import each other without extensions; undefined when it is not installed. */
export async function loadPeer(): Promise<Peer | undefined> {
  if (!isInstalled("@ngrok/webernetes")) return undefined;
  const { build } = await import("esbuild");
  mkdirSync(bundles, { recursive: true });
  const names = ["peer-rollout", "peer-requests"];
  await build({
    entryPoints: names.map((name) => path.join(here, `${name}.ts`)),
    outdir: bundles,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    logLevel: "warning",
  });
  const [rollout, requests] = await Promise.all(
    names.map((name) => import(pathToFileURL(path.join(bundles, `${name}.mjs`)).href)),
  );
  return { ...rollout, ...requests } as Peer;
}

function isInstalled(name: string): boolean {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}
