import { findKind, type KnownKind } from "../manifest/index.ts";
import {
  ApiRouter,
  ApiServer,
  failure,
  jsonMergePatch,
  Kernel,
  otherKind,
  resourceByKind,
  resources,
  SYSTEM_NAMESPACES,
  systemPriorityClasses,
  type ApiRequest,
  type ApiResponse,
  type KubernetesObject,
  type Resource,
  type ResourceDefinition,
} from "../simulator/index.ts";
import { told } from "./command/told.ts";
import { runAtOnce, type Ended } from "./program.ts";
import type { ManifestFile } from "./read-objects.ts";
import { applyCall, applyFiles } from "./verbs/apply.ts";
import { bareWorld, type Requests } from "./world.ts";

export interface ApplyOptions {
  /** False: `--validate=false`, unknown fields are dropped without a word. */
  readonly validate?: boolean;
  /** `--dry-run=client`: the server is asked for nothing but what stands. */
  readonly dryRun?: "client";
}

/** An API server and nothing else: manifests can be applied to it, and nothing comes of them. */
export class BareCluster implements Requests {
  private readonly api = new ApiServer(new Kernel(1));
  private readonly router = new ApiRouter(this.api);
  /** Objects of kinds that are not simulated, by their paths: they are kept as they come. */
  private readonly kept = new Map<string, KubernetesObject>();
  /** Of the last change to those. */
  private version = 0;

  constructor() {
    for (const name of SYSTEM_NAMESPACES) {
      this.api.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name } });
    }
    for (const one of systemPriorityClasses) this.api.create("priorityclasses", one);
  }

  /** What stands. */
  get objects(): KubernetesObject[] {
    const simulated = [...resources.keys()].flatMap((plural): KubernetesObject[] =>
      this.api.list(plural as Resource),
    );
    return [...simulated, ...this.kept.values()];
  }

  /** `kubectl apply -f FILE…` of manifest files that have been read already, in order. */
  apply(files: readonly ManifestFile[], { validate = true, dryRun }: ApplyOptions = {}): Ended {
    const world = { ...bareWorld(this, () => this.api.now), unsimulated };
    const call = applyCall(world, { validate: String(validate), "dry-run": dryRun ?? "none" });
    return runAtOnce(told(applyFiles(call, files), call.client));
  }

  handle(request: ApiRequest): ApiResponse {
    const { method, path, body } = request;
    const live = this.kept.get(path);
    if (live !== undefined && method === "GET") return { status: 200, body: live, warnings: [] };
    if (live !== undefined && method === "PATCH") {
      return this.keep(path, jsonMergePatch(live as never, body) as KubernetesObject);
    }
    if (method === "POST") {
      const object = body as KubernetesObject;
      const kind = findKind(object.apiVersion, object.kind);
      if (kind !== undefined && resourceByKind(kind.apiVersion, kind.kind) === undefined) {
        return kind.kind === object.kind
          ? this.keep(`${path}/${object.metadata.name}`, object)
          : failure(otherKind(kind, object.kind));
      }
    }
    return this.router.handle(request);
  }

  private keep(path: string, object: KubernetesObject): ApiResponse {
    this.version += 1;
    const metadata = { ...object.metadata, resourceVersion: String(this.version) };
    const kept = { ...object, metadata };
    this.kept.set(path, kept);
    return { status: 200, body: kept, warnings: [] };
  }
}

/** A kind without a schema. */
function unsimulated(kind: KnownKind): ResourceDefinition {
  return {
    ...kind,
    shortNames: [],
    isCustom: true,
    decode: (value) => ({ unknownFields: [], object: value as KubernetesObject }),
    setDefaults: (object) => object,
    validate: () => [],
    validateUpdate: () => [],
  };
}
