import type { ImageBehaviour } from "../scenario.ts";

/** Whether an image is nginx by its name: `nginx:1.27`, `docker.io/library/nginx`. */
export function isNginx({ name }: ImageBehaviour): boolean {
  const repository = name.split("@")[0]!.replace(/:[^:/]*$/, "");
  return repository === "nginx" || repository.endsWith("/nginx");
}

/**
 * The image's STOPSIGNAL. nginx stops gracefully on SIGQUIT only, which its official image names since 1.19.5; other programs get SIGTERM.
 */
export function stopSignalOf(image: ImageBehaviour): "SIGTERM" | "SIGQUIT" {
  return isNginx(image) && image.onSigterm.mode === "graceful" ? "SIGQUIT" : "SIGTERM";
}
