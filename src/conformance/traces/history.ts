import { objectKey } from "../../simulator/api/server.ts";
import type { KubernetesObject } from "../../simulator/api/types.ts";
import type { Change, Recording } from "./recording.ts";

type Objects = ReadonlyMap<string, KubernetesObject>;

interface Version {
  readonly version: number;
  readonly objects: Objects;
}

/** What stood in a recorded cluster after each of its changes. */
export class History {
  readonly recording: Recording;
  private readonly versions = new Map<string, Version[]>();

  constructor(recording: Recording) {
    this.recording = recording;
    for (const { version, resource, type, object } of recording.changes) {
      const versions = this.versions.get(resource) ?? [];
      const objects = new Map(versions.at(-1)?.objects ?? []);
      if (type === "DELETED") objects.delete(objectKey(object));
      else objects.set(objectKey(object), object);
      versions.push({ version, objects });
      this.versions.set(resource, versions);
    }
  }

  /** Resources that occur. */
  get resources(): string[] {
    return [...this.versions.keys()];
  }

  /** The objects of a resource, by key, after all changes up to that version. */
  at(resource: string, version: number): Objects {
    const versions = this.versions.get(resource) ?? [];
    let [low, high] = [0, versions.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (versions[middle]!.version <= version) low = middle + 1;
      else high = middle;
    }
    return versions[low - 1]?.objects ?? new Map();
  }

  /** Changes after one version, up to and with another. */
  between(after: number, upTo: number): readonly Change[] {
    const { changes } = this.recording;
    const first = changes.findIndex(({ version }) => version > after);
    if (first < 0) return [];
    const end = changes.findIndex(({ version }) => version > upTo);
    return changes.slice(first, end < 0 ? undefined : end);
  }
}

/** What a component's caches hold: of each resource the version up to which it has heard. */
export interface View {
  /** Version of all resources but those in `of`. */
  readonly all: number;
  readonly of?: Readonly<Record<string, number>>;
}

/** The version of a resource in a view. */
export function versionIn({ all, of }: View, resource: string): number {
  return of?.[resource] ?? all;
}
