/*
 * What the server serves, for clients that ask (apiserver endpoints/discovery): the groups, the resources of a version, and both in
 * one answer (aggregated discovery, apidiscovery.k8s.io/v2).
 */
import type { ResourceDefinition, Subresource } from "../resource.ts";
import { resources, servedKinds } from "../resources/index.ts";
import type { ApiRequest, ApiResponse } from "./request.ts";

/** The version that the recorded facts are of. */
const VERSION = {
  major: "1",
  minor: "32",
  gitVersion: "v1.32.13",
  gitTreeState: "clean",
  compiler: "gc",
  platform: "linux/amd64",
};

const HEALTH_PATHS = ["/healthz", "/livez", "/readyz"];

/** The first groups, in the order of their priority (kube-aggregator apiVersionPriorities); groups of custom resources follow. */
const GROUPS = [
  "",
  "apps",
  "autoscaling",
  "networking.k8s.io",
  "policy",
  "scheduling.k8s.io",
  "discovery.k8s.io",
];

/** Answers requests for paths that lead to no objects; undefined for those that do. */
export function discovery({ method, path, accept = "" }: ApiRequest): ApiResponse | undefined {
  if (method !== "GET") return undefined;
  const clean = path.replace(/(.)\/$/, "$1");
  if (clean === "/version") return answer(VERSION);
  if (HEALTH_PATHS.includes(clean)) return answer("ok");
  const [root, group, version, ...rest] = clean.split("/").slice(1);
  if (rest.length > 0) return undefined;
  const isAggregated = accept.includes("as=APIGroupDiscoveryList");
  if (root === "api" && version === undefined) {
    if (group === "v1") return answer(resourceList("", "v1"));
    if (group !== undefined) return undefined;
    return answer(isAggregated ? aggregated([""]) : { kind: "APIVersions", versions: ["v1"] });
  }
  if (root !== "apis") return undefined;
  const named = groups().filter((name) => name !== "");
  if (group === undefined) {
    return answer(isAggregated ? aggregated(named) : groupList(named));
  }
  if (!named.includes(group)) return undefined;
  if (version === undefined) return answer({ kind: "APIGroup", apiVersion: "v1", ...about(group) });
  return versionsOf(group).includes(version) ? answer(resourceList(group, version)) : undefined;
}

function answer(body: unknown): ApiResponse {
  return { status: 200, body, warnings: [] };
}

function groups(): string[] {
  return [...new Set([...GROUPS, ...[...resources.values()].map(({ group }) => group)])];
}

function kindsOf(group: string, version: string): ResourceDefinition[] {
  return servedKinds()
    .filter((kind) => kind.group === group && kind.version === version)
    .sort((a, b) => (a.plural < b.plural ? -1 : 1));
}

function versionsOf(group: string): string[] {
  const all = servedKinds().filter((kind) => kind.group === group);
  return [...new Set(all.map(({ version }) => version))];
}

function groupList(named: readonly string[]): object {
  return { kind: "APIGroupList", apiVersion: "v1", groups: named.map(about) };
}

function about(name: string): object {
  const versions = versionsOf(name).map((version) => ({
    groupVersion: `${name}/${version}`,
    version,
  }));
  return { name, versions, preferredVersion: versions[0] };
}

function verbsOf({ terminate }: ResourceDefinition): string[] {
  const verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
  // A namespace is deleted by name only (registry/core/namespace/storage has no collection deleter).
  return terminate === undefined ? verbs : verbs.filter((verb) => verb !== "deletecollection");
}

interface SubresourceInfo {
  /** The kind that is sent and returned, where it is not the resource's own. */
  readonly kind?: { readonly group: string; readonly version: string; readonly kind: string };
  readonly verbs: readonly string[];
}

const SUBRESOURCES: Readonly<Record<Subresource, SubresourceInfo>> = {
  status: { verbs: ["get", "patch", "update"] },
  scale: {
    kind: { group: "autoscaling", version: "v1", kind: "Scale" },
    verbs: ["get", "patch", "update"],
  },
  binding: { kind: { group: "", version: "v1", kind: "Binding" }, verbs: ["create"] },
  eviction: { kind: { group: "policy", version: "v1", kind: "Eviction" }, verbs: ["create"] },
  finalize: { verbs: ["update"] },
};

function resourceList(group: string, version: string): object {
  const list = kindsOf(group, version).flatMap((kind) => [
    {
      name: kind.plural,
      singularName: kind.singular,
      namespaced: kind.namespaced,
      kind: kind.kind,
      verbs: verbsOf(kind),
      ...namesOf(kind),
    },
    ...(kind.subresources ?? []).map((name) => {
      const { kind: own, verbs } = SUBRESOURCES[name];
      return {
        name: `${kind.plural}/${name}`,
        singularName: "",
        namespaced: kind.namespaced,
        ...(own === undefined || own.group === "" ? {} : own),
        kind: own?.kind ?? kind.kind,
        verbs,
      };
    }),
  ]);
  const groupVersion = group === "" ? version : `${group}/${version}`;
  return { kind: "APIResourceList", apiVersion: "v1", groupVersion, resources: list };
}

function namesOf({ shortNames, categories = [] }: ResourceDefinition): object {
  return {
    ...(shortNames.length === 0 ? {} : { shortNames }),
    ...(categories.length === 0 ? {} : { categories }),
  };
}

function aggregated(named: readonly string[]): object {
  const items = named.map((name) => ({
    metadata: { ...(name === "" ? {} : { name }), creationTimestamp: null },
    versions: versionsOf(name).map((version) => ({
      version,
      resources: kindsOf(name, version).map(aggregatedResource),
      freshness: "Current",
    })),
  }));
  return {
    kind: "APIGroupDiscoveryList",
    apiVersion: "apidiscovery.k8s.io/v2",
    metadata: {},
    items,
  };
}

function aggregatedResource(kind: ResourceDefinition): object {
  const own = { group: kind.group, version: kind.version, kind: kind.kind };
  const { subresources = [] } = kind;
  return {
    resource: kind.plural,
    responseKind: own,
    scope: kind.namespaced ? "Namespaced" : "Cluster",
    singularResource: kind.singular,
    verbs: verbsOf(kind),
    ...namesOf(kind),
    ...(subresources.length === 0
      ? {}
      : {
          subresources: subresources.map((name) => ({
            subresource: name,
            responseKind: SUBRESOURCES[name].kind ?? own,
            verbs: SUBRESOURCES[name].verbs,
          })),
        }),
  };
}
