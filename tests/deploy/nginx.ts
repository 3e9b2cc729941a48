import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const checkout = fileURLToPath(new URL("../..", import.meta.url));

/** Debian keeps it where a user's PATH does not look. */
const places = [
  "/usr/sbin/nginx",
  "/usr/local/sbin/nginx",
  "/opt/homebrew/bin/nginx",
  "/usr/bin/nginx",
];

/** The system's nginx, or undefined where there is none. */
export function findNginx(): string | undefined {
  return places.find((file) => existsSync(file));
}

/** An nginx of this test's own, with the shipped server block around a built site. */
export interface RunningNginx {
  /** The site's folder, as nginx serves it. */
  readonly site: string;
  stop(): Promise<void>;
}

/**
 * Starts nginx with `deploy/nginx.conf`, changed only in its port and in the folder that it serves.
 *
 * @throws where nginx refuses the configuration, with what it says
 */
export async function startNginx(
  nginx: string,
  { folder, base, port }: { folder: string; base: string; port: number },
): Promise<RunningNginx> {
  const home = mkdtempSync(path.join(tmpdir(), "rollout-lab-nginx-"));
  const root = path.join(home, "srv");
  const site = path.join(root, base);
  mkdirSync(site, { recursive: true });
  cpSync(path.join(checkout, folder), site, { recursive: true });

  const shipped = readFileSync(path.join(checkout, "deploy/nginx.conf"), "utf8");
  const block = forBase(shipped, base)
    .replaceAll("/srv/rollout-lab", root)
    .replace("listen 80;", `listen 127.0.0.1:${port};`);
  const config = path.join(home, "nginx.conf");
  writeFileSync(config, around(block, home));

  const args = ["-c", config, "-p", home, "-e", path.join(home, "error.log")];
  execFileSync(nginx, ["-t", "-q", ...args], { stdio: "pipe" });
  const child = spawn(nginx, args, { stdio: "inherit" });
  await answers(`http://127.0.0.1:${port}${base}`, child);
  return {
    site,
    stop: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      rmSync(home, { recursive: true });
    },
  };
}

/** The shipped configuration for another base path, by the script that the container uses. */
export function forBase(config: string, base: string): string {
  const script = path.join(checkout, "deploy/nginx-for-base.sh");
  return execFileSync("sh", [script, base], { input: config, encoding: "utf8", stdio: "pipe" });
}

/** What the system's nginx.conf brings around a server block, with every file below `home`. */
function around(block: string, home: string): string {
  const types = existsSync("/etc/nginx/mime.types") ? "include /etc/nginx/mime.types;" : "";
  const scratch = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (kind) => `${kind}_temp_path ${home}/${kind};`,
  );
  return `daemon off;
pid ${home}/nginx.pid;
${process.getuid?.() === 0 ? "user root;" : ""}
worker_processes 1;
events {}
http {
${types}
default_type application/octet-stream;
access_log off;
${scratch.join("\n")}
${block}
}
`;
}

/** Resolves once the address is answered: nginx does not say when it listens. */
async function answers(address: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const answered = await fetch(address).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nginx ended with status ${child.exitCode} before it answered ${address}`);
}
