import type { Container, Pod } from "../api/types.ts";
import { BackOff } from "./backoff.ts";
import type { KubeletNode } from "./node.ts";
import { fullImageName } from "./container-status.ts";
import type { PodState, PullRequest } from "./state.ts";

/** Why a container has no image: reason of its waiting state, and message. */
export interface ImageError {
  readonly reason: string;
  readonly message: string;
}

/** Back-off between pulls that fail (kubelet.go: backOffPeriod and MaxContainerBackOff), in milliseconds. */
const INITIAL_BACK_OFF_MS = 10_000;
const MAX_BACK_OFF_MS = 300_000;

/**
 * Sees to it that images are on the node (images/image_manager.go, puller.go): one pull after the other (serializeImagePulls), and a
 * back-off for each pod and image after a failure.
 */
export class ImageManager {
  readonly on = { pulled: (request: PullRequest) => this.pulled(request) };
  private readonly node: KubeletNode;
  private readonly backOff: BackOff;
  private readonly onPulled: (pod: PodState, container: string, error?: ImageError) => void;

  constructor(
    node: KubeletNode,
    onPulled: (pod: PodState, container: string, error?: ImageError) => void,
  ) {
    this.node = node;
    this.onPulled = onPulled;
    const entries = () => node.state.imageBackOff;
    this.backOff = new BackOff(entries, INITIAL_BACK_OFF_MS, MAX_BACK_OFF_MS);
  }

  /** Must the image be pulled before the container can be created? */
  mustPull(container: Container): boolean {
    if (container.imagePullPolicy === "Never") return false;
    return container.imagePullPolicy === "Always" || !this.isPresent(container.image ?? "");
  }

  /**
   * Looks for the image of a container (EnsureImageExists): it is there, it can not be had now, or it is being pulled, and `onPulled`
   * will be told.
   */
  ensure(pod: PodState, container: Container): "present" | "pulling" | ImageError {
    const image = container.image ?? "";
    const { name } = container;
    const invalid = invalidName(image);
    if (invalid !== undefined) {
      const message = `Failed to apply default image tag "${image}": ${invalid}`;
      this.node.event(pod.pod, "Warning", "InspectFailed", message, name);
      return { reason: "InvalidImageName", message };
    }
    if (!this.mustPull(container)) return this.present(pod, container);
    const key = backOffKey(pod.pod, image);
    if (this.backOff.isInBackOffSinceUpdate(key, this.node.now)) {
      const text = `Back-off pulling image "${image}"`;
      this.node.event(pod.pod, "Normal", "BackOff", text, name);
      const message = `${text}: ErrImagePull: ${pullError(image)}`;
      return { reason: "ImagePullBackOff", message };
    }
    this.node.event(pod.pod, "Normal", "Pulling", `Pulling image "${image}"`, name);
    const { uid, epoch } = pod;
    const { pulls } = this.node.state;
    pulls.push({ uid, epoch, container: name, image, queuedMs: this.node.now });
    if (pulls.length === 1) this.startNext();
    return "pulling";
  }

  private present(pod: PodState, { name, image = "" }: Container): "present" | ImageError {
    if (this.isPresent(image)) {
      const message = `Container image "${image}" already present on machine`;
      this.node.event(pod.pod, "Normal", "Pulled", message, name);
      return "present";
    }
    const message = `Container image "${image}" is not present with pull policy of Never`;
    this.node.event(pod.pod, "Warning", "ErrImageNeverPull", message, name);
    return { reason: "ErrImageNeverPull", message };
  }

  private isPresent(image: string): boolean {
    const { exists, pullMs } = this.node.images(image);
    return exists && (pullMs === 0 || this.node.state.imagesPresent.has(image));
  }

  private startNext(): void {
    const { pulls } = this.node.state;
    // A pull of a pod that is gone, or has given up, is dropped.
    while (pulls.length > 0 && this.node.pod(pulls[0]!.uid)?.epoch !== pulls[0]!.epoch)
      pulls.shift();
    const request = pulls[0];
    if (request === undefined) return;
    this.node.schedule(this.pullMs(request.image), "pulled", {
      ...request,
      startedMs: this.node.now,
    });
  }

  private pullMs(image: string): number {
    if (!this.node.images(image).exists) return this.node.draw("pullFail");
    if (this.isPresent(image)) return this.node.draw("pullPresent");
    return this.node.images(image).pullMs;
  }

  private pulled(request: PullRequest & { readonly startedMs?: number }): void {
    this.node.state.pulls.shift();
    const { uid, epoch, container, image, queuedMs, startedMs = queuedMs } = request;
    const { exists } = this.node.images(image);
    if (exists) this.node.state.imagesPresent.add(image);
    const pod = this.node.pod(uid);
    if (pod?.epoch === epoch) {
      if (exists) {
        const took = goDuration(this.node.now - startedMs);
        const whole = goDuration(this.node.now - queuedMs);
        const message = `Successfully pulled image "${image}" in ${took} (${whole} including waiting). Image size: ${imageSize(image)} bytes.`;
        this.node.event(pod.pod, "Normal", "Pulled", message, container);
        this.backOff.collectGarbage(this.node.now);
        this.onPulled(pod, container);
      } else this.pullFailed(pod, container, image);
    }
    this.startNext();
  }

  private pullFailed(pod: PodState, container: string, image: string): void {
    const message = pullError(image);
    const text = `Failed to pull image "${image}": ${message}`;
    this.node.event(pod.pod, "Warning", "Failed", text, container);
    const key = backOffKey(pod.pod, image);
    this.backOff.next(key, this.node.now, this.node.now);
    this.node.decide(
      pod.pod,
      "kubelet.image-pull-failed",
      { image, message, backoffSeconds: this.backOff.get(key) / 1000 },
      "pkg/kubelet/images/image_manager.go EnsureImageExists",
    );
    this.onPulled(pod, container, { reason: "ErrImagePull", message });
  }
}

function backOffKey(pod: Pod, image: string): string {
  return `${pod.metadata.uid}_${image}`;
}

/** As containerd words it for a tag that a registry does not have. */
function pullError(image: string): string {
  const full = fullImageName(image);
  return `rpc error: code = NotFound desc = failed to pull and unpack image "${full}": failed to resolve reference "${full}": ${full}: not found`;
}

/** Why a reference can not be parsed; undefined when it can. Only the commonest mistake, an upper-case name, is looked for. */
function invalidName(image: string): string | undefined {
  const name = image.replace(/@.*$/, "").replace(/:[^/]*$/, "");
  if (name === name.toLowerCase()) return undefined;
  const path = name.includes("/") ? name : `library/${name}`;
  return `couldn't parse image name "${image}": invalid reference format: repository name (${path}) must be lowercase`;
}

/** Simplified: an image's size, between 20 and 120 million bytes, is made from its name. */
function imageSize(image: string): number {
  let hash = 7;
  for (let i = 0; i < image.length; i += 1) hash = (hash * 31 + image.charCodeAt(i)) % 99_999_989;
  return 20_000_000 + hash;
}

/** A duration as Go's time.Duration prints it, to the millisecond: `850ms`, `1.5s`, `1m20s`. */
export function goDuration(ms: number): string {
  if (ms < 1000) return ms === 0 ? "0s" : `${ms}ms`;
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor(ms / 60_000) % 60;
  const seconds = (ms % 60_000) / 1000;
  if (hours > 0) return `${hours}h${minutes}m${seconds}s`;
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}
