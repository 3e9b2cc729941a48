import type { PodRecord, Timeline } from "../../simulator/record.ts";

/** Pods that are drawn together: of one owner, and of one image, since a StatefulSet or a DaemonSet owns the pods of all its versions. */
export type Group = Pick<PodRecord, "owner" | "image">;

/** Which of the three hues a version is drawn in. */
export interface Hues {
  /** In order of their first pod. */
  readonly groups: readonly Group[];
  /** 1 to 3. */
  ofGroup(group: Group): number;
  /** 1 to 3; the hue of the first group with the image. */
  ofImage(image: string | undefined): number;
  readonly versions: readonly Version[];
}

/** A hue and what it stands for. */
export interface Version {
  readonly hue: number;
  readonly image: string;
  /** Where an earlier version has the same image, whose answers are drawn in its hue: the owner of these pods. */
  readonly owner?: string;
}

export const inGroup =
  ({ owner, image }: Group) =>
  (pod: Group): boolean =>
    pod.owner === owner && pod.image === image;

/** The name of an image without tag and digest is what all versions of a program have in common: `registry:5000/shop`. */
const programOf = (image: string) => image.replace(/@.*$/, "").replace(/:[^/:]*$/, "");

function isSameProgram(one: Pick<Group, "image">, other: Pick<Group, "image">): boolean {
  return programOf(one.image) === programOf(other.image);
}

/** Gives the first group of a program hue 1, the second 2, the third 3, the fourth 1 again; another program begins anew. */
export function huesOf(timeline: Timeline): Hues {
  const groups: Group[] = [];
  for (const pod of [...timeline.pods].sort((a, b) => a.createdMs - b.createdMs)) {
    if (!groups.some(inGroup(pod))) groups.push({ owner: pod.owner, image: pod.image });
  }
  const ofGroup = (group: Group) => {
    const place = groups.filter((other) => isSameProgram(other, group)).findIndex(inGroup(group));
    return (Math.max(0, place) % 3) + 1;
  };
  const byImage = new Map<string, number>();
  const versions: Version[] = [];
  for (const group of groups) {
    const { image, owner } = group;
    const hue = ofGroup(group);
    const again = byImage.has(image);
    if (!again) byImage.set(image, hue);
    else if (versions.some((version) => version.hue === hue && isSameProgram(version, group))) {
      continue;
    }
    versions.push({ hue, image, ...(again ? { owner } : {}) });
  }
  return {
    groups,
    ofGroup,
    ofImage: (image) => byImage.get(image ?? "") ?? 1,
    versions,
  };
}
