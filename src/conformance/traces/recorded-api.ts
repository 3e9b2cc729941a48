import type { Requests } from "../../kubectl/world.ts";
import { ApiRouter } from "../../simulator/api/router/router.ts";
import { ApiServer } from "../../simulator/api/server.ts";
import type { ApiRequest, ApiResponse } from "../../simulator/api/router/request.ts";
import { labelsContain } from "../../simulator/api/selectors.ts";
import type { Endpoints, KubernetesObject, Resource } from "../../simulator/api/types.ts";
import { isKept, nextEndpoints } from "../../simulator/controllers/endpoints/endpoints.ts";
import { objectKey } from "../../simulator/api/server.ts";
import { Kernel } from "../../simulator/kernel/kernel.ts";
import { surroundingObjects } from "./recorded-surroundings.ts";
import type { Change, Recording } from "./recording.ts";

/**
 * An API server that holds what a recorded one held after so many of its changes. It can be read and written like any other; further
 * recorded changes are put in one by one, and watches tell of those.
 */
export class RecordedApi implements Requests {
  private readonly recording: Recording;
  private readonly kernel = new Kernel(1);
  private readonly api = new ApiServer(this.kernel);
  private readonly router = new ApiRouter(this.api);
  /** How many changes it holds. */
  private count = 0;

  constructor(recording: Recording, count: number, t: number) {
    this.recording = recording;
    this.api.refreshOnRequest("endpoints", () => this.putEndpoints());
    for (const [resource, object] of surroundingObjects(recording)) this.put(resource, object);
    while (this.count < count) this.advance();
    this.passTo(t);
  }

  /** Virtual time. */
  get now(): number {
    return this.kernel.now;
  }

  /** Lets time pass, to a time of the recording. */
  passTo(t: number): void {
    this.kernel.runUntil(Math.max(this.kernel.now, this.recording.startMs + t));
  }

  /** The next recorded change; undefined after the last. */
  get next(): Change | undefined {
    return this.recording.changes[this.count];
  }

  /** Takes in the next recorded change. */
  advance(): void {
    const { type, resource, object } = this.next!;
    this.count += 1;
    if (type === "DELETED") this.collection(resource)?.delete(objectKey(object));
    else this.put(resource, object);
    this.api.state.resourceVersion = Number(object.metadata.resourceVersion);
  }

  /** Lets what was recorded come in until that virtual time, or only until the next change; says whether there was one. */
  wait(untilMs: number, onlyNext: boolean): boolean {
    const { startMs } = this.recording;
    let hasChanged = false;
    while (this.next !== undefined && this.next.t + startMs <= untilMs) {
      this.passTo(this.next.t);
      this.advance();
      hasChanged = true;
      if (onlyNext) return true;
    }
    if (untilMs < Infinity) this.passTo(untilMs - startMs);
    return hasChanged;
  }

  /**
   * The recorder did not watch Endpoints: they are worked out of the recorded Services and pods, as their controller does, and are as old as
   * their Services.
   */
  private putEndpoints(): void {
    if (this.recording.changes.some(({ resource }) => resource === "endpoints")) return;
    for (const service of this.api.list("services").filter(isKept)) {
      const { namespace, uid, resourceVersion, creationTimestamp } = service.metadata;
      const pods = this.api
        .list("pods", namespace)
        .filter(({ metadata }) => labelsContain(metadata.labels, service.spec.selector));
      const { metadata, ...rest } = nextEndpoints(service, pods, undefined, undefined)!;
      const own = { uid: `endpoints-${uid}`, resourceVersion, creationTimestamp };
      this.put("endpoints", { ...rest, metadata: { ...metadata, ...own } } as Endpoints);
    }
  }

  handle(request: ApiRequest): ApiResponse {
    return request.query?.watch === "true" ? this.watch(request) : this.router.handle(request);
  }

  private put(resource: string, object: KubernetesObject): void {
    this.collection(resource)?.set(objectKey(object), object);
  }

  private collection(resource: string) {
    return this.api.state.objects.get(resource as Resource);
  }

  /** The recorded changes since a version, of the objects that the request is about. */
  private watch({ path, query = {} }: ApiRequest): ApiResponse {
    const resource = path.split("/").at(-1)!;
    const name = /^metadata\.name=(.*)$/.exec(query.fieldSelector ?? "")?.[1];
    const body = this.recording.changes
      .slice(0, this.count)
      .filter(
        (change) => change.resource === resource && change.version > Number(query.resourceVersion),
      )
      .filter(({ object }) => name === undefined || object.metadata.name === name)
      .map(({ type, object }) => ({ type, object }));
    return { status: 200, body, warnings: [] };
  }
}
