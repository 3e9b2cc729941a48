import { DEFAULT_IMAGE, type ImageBehaviour } from "./image-behaviour.ts";

/** What a profile says of an image; the rest is as in an ordinary web server. */
type Profile = Partial<Omit<ImageBehaviour, "name">>;

const graceful = { mode: "graceful", drainMs: 0 } as const;

/**
 * Programs whose behaviour on their stop signal and idle timeouts are known (simulator-model E1, E2). Start-up times and latencies are plain
 * guesses of an ordinary deployment: a scenario that knows better says so.
 */
export const PROFILES = {
  /** SIGQUIT, named by the official image since 1.19.5: closes its listener and idle connections, ends with the last answer. */
  nginx: { onSigterm: graceful, keepAliveMs: 75_000 },
  /** SIGTERM, its fast shutdown: answers under way are cut off (docker-nginx 3fb70ddd changed it). */
  "nginx-before-1.19.5": { onSigterm: { mode: "fast" }, keepAliveMs: 75_000 },
  /** server.close() in a handler of SIGTERM; Node.js 19 and later also close idle connections. keepAliveTimeout is 5 s. */
  node: { ...start(800, 20, 120), onSigterm: graceful, keepAliveMs: 5000 },
  /** As `node`, but before 19: idle connections stay until their 5 s are over. */
  "node-before-19": {
    ...start(800, 20, 120),
    onSigterm: { ...graceful, idleClose: false },
    keepAliveMs: 5000,
  },
  /** No handler, as PID 1: the kernel ignores SIGTERM for it, so it serves until SIGKILL. */
  "node-no-handler": {
    ...start(800, 20, 120),
    onSigterm: { mode: "ignore" },
    keepAliveMs: 5000,
  },
  /** npm or `sh -c` as PID 1 forwards no signal. */
  "node-npm-start": {
    ...start(1500, 20, 120),
    onSigterm: { mode: "ignore" },
    keepAliveMs: 5000,
  },
  /** 3.4 and later: graceful, for at most 30 s (spring.lifecycle.timeout-per-shutdown-phase); Tomcat's idle timeout is 60 s. */
  "spring-boot": {
    ...start(8000, 20, 200),
    warmUp: { forMs: 20_000, factor: 5 },
    concurrency: { limit: 200, queue: 8192 },
    onSigterm: graceful,
    keepAliveMs: 60_000,
  },
  /** Before 3.4, without server.shutdown=graceful: requests under way are cut off. */
  "spring-boot-before-3.4": {
    ...start(8000, 20, 200),
    warmUp: { forMs: 20_000, factor: 5 },
    concurrency: { limit: 200, queue: 8192 },
    onSigterm: { mode: "fast" },
    keepAliveMs: 60_000,
  },
  /** http.Server.Shutdown in a handler of SIGTERM; an image from scratch has no shell. */
  go: { ...start(50, 5, 60), onSigterm: graceful, shell: false, programs: [] },
  /** No handler: a Go program ends at once on SIGTERM. */
  "go-no-handler": { ...start(50, 5, 60), onSigterm: { mode: "fast" }, shell: false, programs: [] },
} as const satisfies Readonly<Record<string, Profile>>;

/** Name of a profile. */
export type ProfileName = keyof typeof PROFILES;

/** The names of all profiles. */
export const PROFILE_NAMES = Object.keys(PROFILES) as readonly ProfileName[];

function start(startupMs: number, p50Ms: number, p99Ms: number) {
  return { startupMs, readyMs: startupMs, latency: { p50Ms, p99Ms }, log: "turns" } as const;
}

/** The behaviour of an image of that profile. */
export function ofProfile(profile: ProfileName, name: string): ImageBehaviour {
  return { name, ...DEFAULT_IMAGE, ...PROFILES[profile] };
}
