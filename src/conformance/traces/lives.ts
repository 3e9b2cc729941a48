import type { Pod, PodStatus } from "../../simulator/api/types.ts";
import { Numbering } from "./numbering.ts";
import type { Recording } from "./recording.ts";

/** What a recorded kubelet told of one pod, and when. */
export interface Life {
  /** Status by milliseconds after the pod was bound. */
  readonly afterBinding: readonly Told[];
  /** Status by milliseconds after its deletion was asked for. */
  readonly afterDeletion: readonly Told[];
  /** When it was gone, after its deletion was asked for; undefined: it was not deleted, or not bound. */
  readonly goneMs: number | undefined;
}

export interface Told {
  readonly afterMs: number;
  readonly status: PodStatus;
}

const ENDED = ["Succeeded", "Failed"];

interface Writing {
  image: string;
  boundAt: number | undefined;
  deletedAt: number | undefined;
  goneMs: number | undefined;
  readonly afterBinding: Told[];
  readonly afterDeletion: Told[];
}

/** The lives of all recorded pods, by the name that `Numbering` gives them and by their images. */
export class Lives {
  private readonly byLabel = new Map<string, Writing>();

  constructor({ changes }: Recording) {
    const numbering = new Numbering();
    for (const { type, resource, object, old, t } of changes) {
      const label = numbering.add(resource, object);
      if (resource !== "pods") continue;
      const pod = object as Pod;
      const life = this.life(label, pod);
      const before = old as Pod | undefined;
      if (pod.spec.nodeName) life.boundAt ??= t;
      if (pod.metadata.deletionTimestamp !== undefined) life.deletedAt ??= t;
      if (type === "DELETED") {
        if (life.deletedAt !== undefined) life.goneMs = t - life.deletedAt;
      } else if (life.boundAt !== undefined && isNews(pod, before)) {
        const ended = life.deletedAt !== undefined && ENDED.includes(pod.status.phase ?? "");
        if (ended) life.afterDeletion.push({ afterMs: t - life.deletedAt!, status: pod.status });
        else life.afterBinding.push({ afterMs: t - life.boundAt, status: pod.status });
      }
    }
  }

  /** The life of the pod of that name; else that of another one with the same images. */
  of(label: string, pod: Pod): Life | undefined {
    const own = this.byLabel.get(label);
    const images = imagesOf(pod);
    if (own !== undefined && own.image === images && own.boundAt !== undefined) return own;
    const [series] = label.split(".");
    const alike = [...this.byLabel].filter(([, life]) => life.image === images && life.boundAt);
    return (alike.findLast(([other]) => other.startsWith(`${series}.`)) ?? alike.at(-1))?.[1];
  }

  /** How long pods take to go, where nothing else is known of one: the median of all. */
  get goneMs(): number {
    const all = [...this.byLabel.values()]
      .flatMap(({ goneMs }) => (goneMs === undefined ? [] : [goneMs]))
      .toSorted((a, b) => a - b);
    return all[all.length >> 1] ?? 2000;
  }

  private life(label: string, pod: Pod): Writing {
    const known = this.byLabel.get(label);
    if (known !== undefined) return known;
    const life: Writing = {
      image: imagesOf(pod),
      boundAt: undefined,
      deletedAt: undefined,
      goneMs: undefined,
      afterBinding: [],
      afterDeletion: [],
    };
    this.byLabel.set(label, life);
    return life;
  }
}

function imagesOf({ spec }: Pod): string {
  return spec.containers.map(({ image }) => image ?? "").join(",");
}

function isNews(pod: Pod, before: Pod | undefined): boolean {
  if (before === undefined) return false;
  const bound = before.spec.nodeName !== pod.spec.nodeName;
  return !bound && JSON.stringify(pod.status) !== JSON.stringify(before.status);
}
