import type { ApiServer, WatchEvent } from "../../simulator/api/server.ts";
import { timestamp } from "../../simulator/api/time.ts";
import type { Pod, PodStatus } from "../../simulator/api/types.ts";
import type { Actor, Kernel } from "../../simulator/kernel/kernel.ts";
import type { Lives, Told } from "./lives.ts";
import type { Numbering } from "./numbering.ts";

/** In place of the kubelets: tells of each pod what was recorded of the same pod, as long after its binding and deletion as then. */
export class PlayedKubelet implements Actor {
  readonly name = "played-kubelet";
  state = {};
  readonly on = {
    watch: (event: WatchEvent<"pods">) => this.take(event),
    tell: (data: { pod: Pod; status: PodStatus }) => this.tell(data.pod, data.status),
    gone: (pod: Pod) => this.gone(pod),
  };
  private readonly kernel: Kernel;
  private readonly api: ApiServer;
  private readonly lives: Lives;
  private readonly numbering: Numbering;
  private addresses = 0;

  constructor(kernel: Kernel, api: ApiServer, lives: Lives, numbering: Numbering) {
    this.kernel = kernel;
    this.api = api;
    this.lives = lives;
    this.numbering = numbering;
    kernel.register(this);
    api.watch({ resource: "pods", client: this.name, immediate: true });
  }

  private take({ type, object: pod, old }: WatchEvent<"pods">): void {
    if (type === "DELETED") return;
    const life = this.lives.of(this.numbering.of(pod.metadata.name), pod);
    if (pod.spec.nodeName && !old?.spec.nodeName) this.play(pod, life?.afterBinding ?? []);
    const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = pod.metadata;
    if (deletionTimestamp === undefined || old?.metadata.deletionTimestamp !== undefined) return;
    if (deletionGracePeriodSeconds === 0) return;
    this.play(pod, life?.afterDeletion ?? []);
    this.kernel.schedule(life?.goneMs ?? this.lives.goneMs, this.name, "gone", pod);
  }

  private play(pod: Pod, told: readonly Told[]): void {
    for (const { afterMs, status } of told) {
      this.kernel.schedule(afterMs, this.name, "tell", { pod, status });
    }
  }

  private tell({ metadata }: Pod, status: PodStatus): void {
    const pod = this.standing(metadata);
    if (pod === undefined) return;
    const ended = (status: PodStatus) => ["Succeeded", "Failed"].includes(status.phase ?? "");
    if (ended(pod.status) && !ended(status)) return;
    const now = timestamp(this.kernel.now);
    const conditions = (status.conditions ?? []).map((condition) => {
      const before = pod.status.conditions?.find(({ type }) => type === condition.type);
      const same = before?.status === condition.status;
      return { ...condition, lastTransitionTime: same ? before.lastTransitionTime : now };
    });
    const { podIP, ...rest } = status;
    const address = pod.status.podIP ?? (podIP === undefined ? undefined : this.address());
    this.api.updateStatus("pods", {
      ...pod,
      status: { ...rest, conditions, ...(address === undefined ? {} : { podIP: address }) },
    });
  }

  private gone({ metadata }: Pod): void {
    if (this.standing(metadata) === undefined) return;
    const { namespace = "", name } = metadata;
    this.api.delete("pods", namespace, name, { gracePeriodSeconds: 0 });
  }

  private standing({ namespace = "", name, uid }: Pod["metadata"]): Pod | undefined {
    const pod = this.api.find("pods", namespace, name);
    return pod?.metadata.uid === uid ? pod : undefined;
  }

  private address(): string {
    this.addresses += 1;
    return `10.244.${Math.floor(this.addresses / 250)}.${(this.addresses % 250) + 1}`;
  }
}
