/*
 * Fields of pods that a cluster knows and drops without a word, since their feature gates are off in Kubernetes 1.32 (pkg/api/pod/util.go
 * dropDisabledFields). Upstream does it between defaulting and validation.
 */
import type { Container, PodSpec, Volume } from "../types.ts";
import { mapField, mapList } from "./fill.ts";

/** Gates UserNamespacesSupport, DynamicResourceAllocation and PodLevelResources. */
const OF_PODS = ["hostUsers", "resourceClaims", "resources"];

/** Gates SupplementalGroupsPolicy and SELinuxChangePolicy. */
const OF_SECURITY_CONTEXTS = ["supplementalGroupsPolicy", "seLinuxChangePolicy"];

/** The spec without them; the same object where it has none. */
export function withoutDisabledFields(given: PodSpec): PodSpec {
  let spec = without(given, OF_PODS);
  spec = mapField(spec, "securityContext", (context) => without(context, OF_SECURITY_CONTEXTS));
  spec = mapList(spec, "containers", enabledContainer);
  spec = mapList(spec, "initContainers", enabledContainer);
  return mapList(spec, "volumes", enabledVolume);
}

/** Gates InPlacePodVerticalScaling and DynamicResourceAllocation; without ProcMountType another mount of /proc becomes the default. */
function enabledContainer(given: Container): Container {
  let container = without(given, ["resizePolicy"]);
  container = mapField(container, "resources", (resources) => without(resources, ["claims"]));
  return mapField(container, "securityContext", (context) =>
    mapField(context!, "procMount", () => "Default"),
  );
}

/** Gates ImageVolume and ClusterTrustBundleProjection. */
function enabledVolume(given: Volume): Volume {
  return mapField(without(given, ["image"]), "projected", (projected) =>
    mapList(projected, "sources", (source) => without(source, ["clusterTrustBundle"])),
  );
}

function without<T extends object>(object: T, names: readonly string[]): T {
  if (!names.some((name) => name in object)) return object;
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name))) as T;
}
