import type { KubernetesObject } from "../../simulator/api/types.ts";
import { controllerOf } from "../../simulator/controllers/informer.ts";

/**
 * Names for objects that two runs have in common: what is drawn at random or hashed is counted instead, in order of creation. The second
 * ReplicaSet of Deployment `web` is `web#2`, its third pod `web#2.3`; the second pod `db-0` of a StatefulSet is `db-0.2`.
 */
export class Numbering {
  private readonly byUid = new Map<string, string>();
  private readonly byName = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  /** Takes an object into account; objects are to be shown in order of creation. Returns its name. */
  add(resource: string, object: KubernetesObject): string {
    const { uid, name } = object.metadata;
    const known = this.byUid.get(uid);
    if (known !== undefined) return known;
    // Made anew under the name that it had, it is the same to a reader.
    const again = resource === "pods" ? undefined : this.byName.get(name);
    const label = again ?? this.label(resource, object);
    this.byUid.set(uid, label);
    this.byName.set(name, label);
    return label;
  }

  /** The name of an object that has been added, by its own name; the name itself when it has not. */
  of(name: string): string {
    return this.byName.get(name) ?? name;
  }

  /** Text with the names of added objects replaced; which pod of several it is does not show, since nothing decides that. */
  in(text: string): string {
    return text.replaceAll(/[a-z0-9]([-a-z0-9.]*[a-z0-9])?/g, (word) => {
      const label = this.byName.get(word);
      return label === undefined ? word : label.replace(/\.\d+$/, "");
    });
  }

  private label(resource: string, object: KubernetesObject): string {
    const owner = controllerOf(object);
    const { name } = object.metadata;
    if (owner === undefined || resource === "events") return name;
    const family = this.byUid.get(owner.uid) ?? owner.name;
    if (resource === "replicasets") return `${family}#${this.next(`${resource} ${family}`)}`;
    if (resource !== "pods")
      return `${resource} of ${family} ${this.next(`${resource} ${family}`)}`;
    const base = owner.kind === "StatefulSet" ? name : family;
    return `${base}.${this.next(`pods ${base}`)}`;
  }

  private next(series: string): number {
    const count = (this.counts.get(series) ?? 0) + 1;
    this.counts.set(series, count);
    return count;
  }
}
