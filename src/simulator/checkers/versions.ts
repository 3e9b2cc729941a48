import type { WatchEvent } from "../api/server.ts";
import type { KubernetesObject, Resource } from "../api/types.ts";
import type { Note } from "./violation.ts";

/** Versions rise, nothing is written over what the writer did not know, time never goes back, and no object has two controllers. */
export class Versions {
  private readonly note: Note;
  private readonly now: () => number;
  private lastMs = 0;
  private lastVersion = 0;
  private readonly versions = new Map<string, string>();

  constructor(note: Note, now: () => number) {
    this.note = note;
    this.now = now;
  }

  /** Takes in an object that was there before anybody watched. */
  known(resource: Resource, { metadata }: KubernetesObject): void {
    this.versions.set(`${resource} ${metadata.uid}`, metadata.resourceVersion);
  }

  observe({ type, resource, object, old }: WatchEvent): void {
    const { metadata } = object;
    const now = this.now();
    if (now < this.lastMs) this.note("time", `${now} ms after ${this.lastMs} ms`);
    this.lastMs = now;
    const version = Number(metadata.resourceVersion);
    if (!(version > this.lastVersion)) {
      this.note("resource-version", `${version} after ${this.lastVersion}`);
    }
    this.lastVersion = version;
    const key = `${resource} ${metadata.uid}`;
    const expected = this.versions.get(key);
    if (type === "ADDED" && expected !== undefined)
      this.note("lost-update", `${key} is added twice`);
    if (type !== "ADDED" && old?.metadata.resourceVersion !== expected) {
      this.note("lost-update", `${key} was written over version ${expected}`);
    }
    if (type === "DELETED") this.versions.delete(key);
    else this.versions.set(key, metadata.resourceVersion);
    const controllers = (metadata.ownerReferences ?? []).filter((o) => o.controller === true);
    if (controllers.length > 1) {
      this.note("two-controllers", `${metadata.name} has ${controllers.length} controllers`);
    }
  }
}
