/*
 * Fields of pods that a cluster knows and drops without a word, since their feature gates are off in Kubernetes 1.32: pkg/api/pod/util.go
 * dropDisabledFields, which the strategies of pods and of workloads call before validation.
 */
import { mapField, mapList, withField } from "../defaults/fill.ts";
import type { Container, PodSpec, PodTemplateSpec, Volume } from "../types.ts";

/** Gates UserNamespacesSupport, DynamicResourceAllocation and PodLevelResources. */
const OF_PODS = ["hostUsers", "resourceClaims", "resources"];

/** Gates SupplementalGroupsPolicy and SELinuxChangePolicy. */
const OF_SECURITY_CONTEXTS = ["supplementalGroupsPolicy", "seLinuxChangePolicy"];

/** Specs that have none of them: pods of one template share theirs. */
const enabled = new WeakSet<PodSpec>();

/** The spec without those fields; the same object where it has none. */
export function withoutDisabledFields(given: PodSpec): PodSpec {
  if (enabled.has(given)) return given;
  let spec = without(given, OF_PODS);
  spec = mapField(spec, "securityContext", (context) => without(context, OF_SECURITY_CONTEXTS));
  spec = mapList(spec, "containers", enabledContainer);
  spec = mapList(spec, "initContainers", enabledContainer);
  spec = mapList(spec, "volumes", enabledVolume);
  enabled.add(spec);
  return spec;
}

interface Workload {
  readonly spec: { readonly template: PodTemplateSpec };
}

/** A workload whose template has none of those fields. */
export function withEnabledTemplate<T extends Workload>(object: T): T {
  const template = object.spec?.template;
  if (!template?.spec) return object;
  const spec = withoutDisabledFields(template.spec);
  if (spec === template.spec) return object;
  return withField(object, "spec", { ...object.spec, template: { ...template, spec } });
}

/** Gates InPlacePodVerticalScaling and DynamicResourceAllocation; without ProcMountType another mount of /proc becomes the default. */
function enabledContainer(given: Container): Container {
  let container = without(given, ["resizePolicy"]);
  container = mapField(container, "resources", (resources) => without(resources, ["claims"]));
  return mapField(container, "securityContext", (context) =>
    mapField(context!, "procMount", () => "Default"),
  );
}

/** Gate ClusterTrustBundleProjection. */
function enabledVolume(given: Volume): Volume {
  return mapField(given, "projected", (projected) =>
    mapList(projected, "sources", (source) => without(source, ["clusterTrustBundle"])),
  );
}

function without<T extends object>(object: T, names: readonly string[]): T {
  if (!names.some((name) => name in object)) return object;
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name))) as T;
}
