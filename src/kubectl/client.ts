import {
  apiVersionOf,
  goQuote,
  type KubernetesObject,
  type ResourceDefinition,
} from "../simulator/index.ts";
import { ApiError, KubectlError, type Status } from "./kubectl-error.ts";
import type { Requests } from "./world.ts";

/** Which kubectl this is, as managers of fields and the server see it. */
const USER_AGENT = "kubectl/v1.32.4";

export type PatchType = "json" | "merge" | "strategic" | "apply";

const CONTENT_TYPES: Readonly<Record<PatchType, string>> = {
  json: "application/json-patch+json",
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
  apply: "application/apply-patch+yaml",
};

export interface WriteQuery {
  /** `--dry-run=server` */
  readonly dryRun?: boolean;
  /** `kubectl-set`, `kubectl-client-side-apply`… */
  readonly fieldManager?: string;
  readonly fieldValidation?: string;
  readonly force?: boolean;
}

export interface ListQuery {
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

export interface ObjectList {
  readonly items: readonly KubernetesObject[];
  readonly resourceVersion: string;
}

/** A change as a watch tells it. */
export interface Change {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK";
  readonly object: KubernetesObject;
}

/** Where an object is. Namespace "" for kinds without, and for all namespaces. */
export interface Where {
  readonly kind: ResourceDefinition;
  readonly namespace: string;
}

/** Requests to the API server; refusals are thrown as ApiError. */
export class Client {
  /** What the server has warned of, each text once, in order. */
  readonly warnings: string[] = [];
  private readonly requests: Requests;

  constructor(requests: Requests) {
    this.requests = requests;
  }

  get({ kind, namespace }: Where, name: string): KubernetesObject {
    return this.send("GET", objectPath(kind, namespace, name)) as KubernetesObject;
  }

  list({ kind, namespace }: Where, query: ListQuery = {}): ObjectList {
    const body = this.send("GET", collectionPath(kind, namespace), { ...query }) as {
      items: readonly Omit<KubernetesObject, "apiVersion" | "kind">[];
      metadata: { resourceVersion: string };
    };
    const apiVersion = apiVersionOf(kind);
    // In a list the server leaves out what all have in common.
    const items = body.items.map((item) => ({ ...item, apiVersion, kind: kind.kind }));
    return { items, resourceVersion: body.metadata.resourceVersion };
  }

  /** Changes since a version, up to now. */
  changes({ kind, namespace }: Where, resourceVersion: string, query: ListQuery = {}): Change[] {
    return this.send("GET", collectionPath(kind, namespace), {
      ...query,
      watch: "true",
      resourceVersion,
    }) as Change[];
  }

  create({ kind, namespace }: Where, object: object, query: WriteQuery = {}): KubernetesObject {
    const path = collectionPath(kind, namespace);
    return this.send("POST", path, written(query), object) as KubernetesObject;
  }

  replace(
    where: Where,
    name: string,
    object: object,
    query: WriteQuery & { readonly subresource?: string } = {},
  ): KubernetesObject {
    const { subresource } = query;
    const path =
      objectPath(where.kind, where.namespace, name) + (subresource ? `/${subresource}` : "");
    return this.send("PUT", path, written(query), object) as KubernetesObject;
  }

  patch(
    { kind, namespace }: Where,
    name: string,
    type: PatchType,
    patch: unknown,
    query: WriteQuery & { readonly subresource?: string } = {},
  ): KubernetesObject {
    const { subresource } = query;
    const path = objectPath(kind, namespace, name) + (subresource ? `/${subresource}` : "");
    return this.send("PATCH", path, written(query), patch, CONTENT_TYPES[type]) as KubernetesObject;
  }

  delete({ kind, namespace }: Where, name: string, options: object): object {
    return this.send("DELETE", objectPath(kind, namespace, name), {}, options) as object;
  }

  evict(namespace: string, name: string, eviction: object): object {
    const path = `/api/v1/namespaces/${namespace}/pods/${name}/eviction`;
    return this.send("POST", path, {}, eviction) as object;
  }

  private send(
    method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
    path: string,
    query: Readonly<Record<string, string | undefined>> = {},
    body?: unknown,
    contentType?: string,
  ): unknown {
    const response = this.requests.handle({
      method,
      path,
      query,
      userAgent: USER_AGENT,
      ...(body === undefined ? {} : { body }),
      ...(contentType === undefined ? {} : { contentType }),
    });
    if (response.status >= 400) throw new ApiError(response.body as Status);
    for (const warning of response.warnings) {
      if (!this.warnings.includes(warning)) this.warnings.push(warning);
    }
    return response.body;
  }
}

function written({ dryRun, fieldManager, fieldValidation, force }: WriteQuery) {
  return {
    ...(dryRun === true ? { dryRun: "All" } : {}),
    ...(fieldManager === undefined ? {} : { fieldManager }),
    ...(fieldValidation === undefined ? {} : { fieldValidation }),
    ...(force === undefined ? {} : { force: String(force) }),
  };
}

function collectionPath({ group, version, plural, namespaced }: ResourceDefinition, ns: string) {
  const root = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
  return namespaced && ns !== "" ? `${root}/namespaces/${ns}/${plural}` : `${root}/${plural}`;
}

function objectPath(kind: ResourceDefinition, namespace: string, name: string): string {
  const problem =
    name === ""
      ? "resource name may not be empty"
      : ((kind.namespaced ? pathProblem("namespace", namespace) : undefined) ??
        pathProblem("resource name", name));
  if (problem !== undefined) throw new KubectlError(problem);
  return `${collectionPath(kind, namespace)}/${name}`;
}

/** Names that cannot stand in a URL (client-go rest/request.go Namespace and Name). */
function pathProblem(what: string, name: string): string | undefined {
  const wrong =
    name === "." || name === ".."
      ? [`may not be '${name}'`]
      : ["/", "%"].filter((part) => name.includes(part)).map((part) => `may not contain '${part}'`);
  return wrong.length === 0 ? undefined : `invalid ${what} ${goQuote(name)}: [${wrong.join(" ")}]`;
}
