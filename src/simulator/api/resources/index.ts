import type { ResourceDefinition } from "../resource.ts";
import type { KubernetesObject, Resource, ResourceTypes } from "../types.ts";
import { analysisruns, analysistemplates, rollouts } from "./argo.ts";
import {
  configmaps,
  events,
  limitranges,
  nodes,
  resourcequotas,
  secrets,
  serviceaccounts,
  services,
} from "./core.ts";
import { endpoints, endpointslices } from "./endpoints.ts";
import { gatewayclasses, gateways, httproutes } from "./gateway.ts";
import { namespaces } from "./namespace.ts";
import { otherVersions } from "./other-versions.ts";
import { pods } from "./pod.ts";
import { horizontalpodautoscalers, ingresses, poddisruptionbudgets } from "./policy.ts";
import { priorityclasses } from "./scheduling.ts";
import {
  controllerrevisions,
  daemonsets,
  deployments,
  replicasets,
  statefulsets,
} from "./workloads.ts";

/** Every kind that the API server serves: one definition for each line of ResourceTypes. */
const definitions: { readonly [R in Resource]: ResourceDefinition<ResourceTypes[R]> } = {
  pods,
  deployments,
  replicasets,
  statefulsets,
  daemonsets,
  controllerrevisions,
  services,
  endpointslices,
  endpoints,
  nodes,
  events,
  namespaces,
  configmaps,
  secrets,
  serviceaccounts,
  resourcequotas,
  limitranges,
  poddisruptionbudgets,
  horizontalpodautoscalers,
  ingresses,
  priorityclasses,
  gateways,
  gatewayclasses,
  httproutes,
  rollouts,
  analysistemplates,
  analysisruns,
};

/** The kinds by the plural name of their resource. */
export const resources: ReadonlyMap<string, ResourceDefinition> = new Map(
  Object.entries(definitions) as unknown as [string, ResourceDefinition<KubernetesObject>][],
);

/** The definition of a resource, in its stored version. */
export function definitionOf(resource: Resource): ResourceDefinition {
  const found = resources.get(resource);
  if (found === undefined) throw new Error(`No such resource: ${resource}`);
  return found;
}

/** Versions besides the stored ones, which `resources` has. */
const others = otherVersions(resources);

const served: readonly ResourceDefinition[] = [...resources.values()].flatMap((kind) => [
  kind,
  ...others.filter(({ plural }) => plural === kind.plural),
]);

/** The kinds in all versions that are served, of each the stored one first. */
export function servedKinds(): readonly ResourceDefinition[] {
  return served;
}

/** `apps/v1`, or `v1` for the core group. */
export function apiVersionOf({
  group,
  version,
}: Pick<ResourceDefinition, "group" | "version">): string {
  return group === "" ? version : `${group}/${version}`;
}

/** The definition of `kind` in `apiVersion`; undefined when the API server does not serve it. */
export function resourceByKind(apiVersion: string, kind: string): ResourceDefinition | undefined {
  return servedKinds().find(
    (definition) => definition.kind === kind && apiVersionOf(definition) === apiVersion,
  );
}
