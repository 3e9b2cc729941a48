import type { Change, Client, ListQuery, Where } from "./client.ts";
import type { KubernetesObject } from "../simulator/index.ts";

/** Changes of a collection or of one object of it, from a version on. */
export class Watcher {
  private readonly client: Client;
  private readonly where: Where;
  private readonly query: ListQuery;
  private version: string;

  constructor(client: Client, where: Where, resourceVersion: string, query: ListQuery = {}) {
    this.client = client;
    this.where = where;
    this.query = query;
    this.version = resourceVersion;
  }

  /** A watcher of the one object of that name. */
  static ofObject(client: Client, where: Where, object: KubernetesObject): Watcher {
    const { name, resourceVersion } = object.metadata;
    return new Watcher(client, where, resourceVersion, { fieldSelector: `metadata.name=${name}` });
  }

  /** What has changed since it was last asked. */
  changes(): Change[] {
    const changes = this.client.changes(this.where, this.version, this.query);
    const last = changes.at(-1);
    if (last !== undefined) this.version = last.object.metadata.resourceVersion;
    return changes.filter(({ type }) => type !== "BOOKMARK");
  }
}
