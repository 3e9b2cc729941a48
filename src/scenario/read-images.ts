import { ofProfile } from "../simulator/profiles.ts";
import {
  DEFAULT_IMAGE,
  type ImageBehaviour,
  type Latency,
  type StopBehaviour,
} from "../simulator/scenario.ts";
import type { ImageSpec } from "./schema/image-shape.ts";

/** An image as a scenario describes it; what it leaves out is as in its profile, or in an ordinary web server. */
export function describedImage(spec: ImageSpec): ImageBehaviour {
  const usual =
    spec.profile === undefined ? ordinaryImage(spec.name) : ofProfile(spec.profile, spec.name);
  const startupMs =
    spec.startup ??
    (spec.ready === undefined ? usual.startupMs : Math.min(usual.startupMs, spec.ready));
  const { onSigterm, warmUp, concurrency, queue = 1000, keepAlive } = spec;
  return {
    ...usual,
    ...(spec.ports === undefined ? {} : { ports: spec.ports }),
    ...(spec.passesOn === undefined ? {} : { passesOn: spec.passesOn }),
    startupMs,
    readyMs: spec.ready ?? startupMs,
    latency: latencyOf(spec.latency ?? {}, usual.latency),
    ...(warmUp === undefined ? {} : { warmUp: { forMs: warmUp.for, factor: warmUp.factor } }),
    ...(concurrency === undefined ? {} : { concurrency: { limit: concurrency, queue } }),
    ...(keepAlive === undefined ? {} : { keepAliveMs: keepAlive }),
    onSigterm: onSigterm === undefined ? usual.onSigterm : stopBehaviour(onSigterm),
    shell: spec.shell ?? usual.shell,
    ...(spec.programs === undefined ? {} : { programs: spec.programs }),
    ...(spec.files === undefined ? {} : { files: spec.files }),
    ...(spec.crash === undefined
      ? {}
      : { crash: { afterMs: spec.crash.after, exitCode: spec.crash.exitCode } }),
    ...(spec.oom === undefined ? {} : { oom: oomOf(spec.oom) }),
    errorRate: spec.errorRate ?? usual.errorRate,
    exists: spec.missing !== true,
    pullMs: spec.pull ?? usual.pullMs,
  };
}

/** A latency of which a document may name only one end: the other is the usual one, unless that lies on the wrong side. */
export function latencyOf(
  { p50, p99 }: { readonly p50?: number | undefined; readonly p99?: number | undefined },
  usual: Latency,
): Latency {
  const p50Ms = p50 ?? Math.min(usual.p50Ms, p99 ?? Infinity);
  return { p50Ms, p99Ms: p99 ?? Math.max(usual.p99Ms, p50Ms) };
}

function stopBehaviour(spec: NonNullable<ImageSpec["onSigterm"]>): StopBehaviour {
  const { mode, drain = 0, closeAfter, idleClose } = spec;
  if (mode !== "graceful") return { mode };
  return {
    mode,
    drainMs: drain,
    ...(closeAfter === undefined ? {} : { closeAfterMs: closeAfter }),
    ...(idleClose === undefined ? {} : { idleClose }),
  };
}

function oomOf({ after, requests }: NonNullable<ImageSpec["oom"]>): ImageBehaviour["oom"] {
  return after === undefined ? { requests: requests! } : { afterMs: after };
}

/**
 * An image that the scenario does not describe. nginx's own images stop gracefully since 1.19.5, which first named SIGQUIT as their stop
 * signal, and at once before (docker-nginx, change "Use SIGQUIT instead of SIGTERM").
 */
export function ordinaryImage(name: string): ImageBehaviour {
  const match = /(?:^|\/)nginx:v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(name);
  if (match === null) return { name, ...DEFAULT_IMAGE };
  const [major, minor, patch] = [Number(match[1]), Number(match[2] ?? 99), Number(match[3] ?? 99)];
  const fast = major < 1 || (major === 1 && (minor < 19 || (minor === 19 && patch < 5)));
  return { name, ...DEFAULT_IMAGE, ...(fast ? { onSigterm: { mode: "fast" } } : {}) };
}

/** Images of the pod templates and pods among objects, and of `set image` commands, each once. */
export function imagesUsed(objects: readonly unknown[], commands: readonly string[]): string[] {
  const names = new Set<string>();
  for (const object of objects) collectImages(object, names, 0);
  for (const command of commands) {
    const words = command
      .trim()
      .replace(/^kubectl\s+/, "")
      .split(/\s+/);
    if (words[0] !== "set" || words[1] !== "image") continue;
    for (const word of words.slice(2)) {
      const match = /^[^-=][^=]*=(.+)$/.exec(word);
      if (match !== null) names.add(match[1]!.replace(/^["']|["']$/g, ""));
    }
  }
  return [...names];
}

/** `image` of the entries of every `containers` and `initContainers`; no manifest nests them deeper than twelve levels. */
function collectImages(value: unknown, names: Set<string>, depth: number): void {
  if (typeof value !== "object" || value === null || depth > 12) return;
  for (const [key, child] of Object.entries(value)) {
    if ((key === "containers" || key === "initContainers") && Array.isArray(child)) {
      for (const container of child as unknown[]) {
        const image = (container as { image?: unknown } | null)?.image;
        if (typeof image === "string" && image.trim() !== "") names.add(image.trim());
      }
    } else collectImages(child, names, depth + 1);
  }
}
