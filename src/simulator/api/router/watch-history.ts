import type { ApiServer, WatchEvent } from "../server.ts";
import { StatusError } from "../status-error.ts";
import type { Resource } from "../types.ts";

/** Changes kept for watchers that come later, at least; twice as many at most. */
const WINDOW = 1000;

/**
 * The latest changes, so that a watch can begin at a resourceVersion of the past (apiserver storage/cacher/watch_cache.go). When the
 * cluster goes back to a snapshot, what came after it is forgotten; when it goes to another future, all is.
 * Simplified: one window for all resources; upstream has one for each, whose size follows the load.
 */
export class WatchHistory {
  private readonly api: ApiServer;
  private events: WatchEvent[] = [];
  /** No change up to this version is kept. */
  private oldest: number;
  /** All changes from `oldest` up to this version are kept. */
  private newest: number;

  constructor(api: ApiServer) {
    this.api = api;
    this.oldest = this.newest = api.resourceVersion;
    api.observe((event) => this.remember(event));
  }

  /** Changes of a resource after a version. Throws Expired (410) when some are not kept any more. */
  since(resource: Resource, version: number): WatchEvent[] {
    this.goTo(this.api.resourceVersion);
    refuseFuture(this.api, version);
    if (version < this.oldest) {
      throw new StatusError("Expired", `too old resource version: ${version} (${this.oldest})`);
    }
    return this.events.filter((event) => event.resource === resource && versionOf(event) > version);
  }

  /** The latest version is that of the change which is told of now. */
  private remember(event: WatchEvent): void {
    const version = this.api.resourceVersion;
    if (this.newest !== version - 1) this.goTo(version - 1);
    this.events.push(event);
    this.newest = version;
    if (this.events.length >= 2 * WINDOW) {
      this.events = this.events.slice(-WINDOW);
      this.oldest = versionOf(this.events[0]!) - 1;
    }
  }

  /** The cluster stands at that version: what is later is of another future, and what is missing up to it makes the rest useless. */
  private goTo(version: number): void {
    if (version === this.newest) return;
    while (this.events.length > 0 && versionOf(this.events.at(-1)!) > version) this.events.pop();
    if (version < this.newest) this.newest = Math.max(version, this.oldest);
    if (version === this.newest) return;
    this.events = [];
    this.oldest = this.newest = version;
  }
}

/** A version that was never given out (storage.NewTooLargeResourceVersionError). */
export function refuseFuture({ resourceVersion }: ApiServer, version: number): void {
  if (version <= resourceVersion) return;
  throw new StatusError(
    "Timeout",
    `Too large resource version: ${version}, current: ${resourceVersion}`,
    {
      statusCauses: [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }],
      retryAfterSeconds: 1,
    },
  );
}

function versionOf({ object }: WatchEvent): number {
  return Number(object.metadata.resourceVersion);
}
