import type { ImageBehaviour, StopBehaviour } from "../scenario.ts";
import type { Signal } from "./contract.ts";

/** Whether an image is nginx by its name: `nginx:1.27`, `docker.io/library/nginx`. */
function isNginx({ name }: ImageBehaviour): boolean {
  const repository = name.split("@")[0]!.replace(/:[^:/]*$/, "");
  return repository === "nginx" || repository.endsWith("/nginx");
}

/**
 * The image's STOPSIGNAL. nginx stops gracefully on SIGQUIT only, which its official image names since 1.19.5; other programs get SIGTERM.
 */
export function stopSignalOf(image: ImageBehaviour): "SIGTERM" | "SIGQUIT" {
  return isNginx(image) && image.onSigterm.mode === "graceful" ? "SIGQUIT" : "SIGTERM";
}

/** Exit codes of a process ended by a signal: 128 + its number. */
const EXIT_SIGTERM = 143;
export const EXIT_SIGKILL = 137;

/**
 * What a program does on a signal. nginx knows two: SIGQUIT is its graceful shutdown whatever the image's stop signal is (`nginx -s quit` in a
 * hook), SIGTERM the fast one.
 */
export function behaviourOn(signal: Signal, image: ImageBehaviour): StopBehaviour {
  const { onSigterm } = image;
  if (signal === "SIGTERM" && stopSignalOf(image) === "SIGQUIT") return { mode: "fast" };
  if (signal !== "SIGQUIT" || onSigterm.mode === "graceful") return onSigterm;
  return { mode: "graceful", drainMs: 0 };
}

/** How long idle connections outlive the listener of a program that does not close them; undefined: it does. */
export function lingerMs({ onSigterm, keepAliveMs }: ImageBehaviour): number | undefined {
  const lingers = onSigterm.mode === "graceful" && onSigterm.idleClose === false;
  return lingers ? (keepAliveMs ?? Infinity) : undefined;
}

/** nginx exits with 0 after its fast shutdown; a program without a handler is ended by the signal itself. */
export function exitCodeOfFastStop(image: ImageBehaviour): number {
  return isNginx(image) ? 0 : EXIT_SIGTERM;
}
