import { fillAbsent, fillZero, mapList } from "../defaults/fill.ts";
import { repackSubsets } from "../endpoint-subsets.ts";
import type { ResourceDefinition } from "../resource.ts";
import { deepEqual } from "../deep-equal.ts";
import type { Endpoints, EndpointSlice } from "../types.ts";
import {
  validateEndpoints,
  validateEndpointSlice,
  validateEndpointSliceUpdate,
  validateEndpointsUpdate,
} from "../validation/endpoints.ts";
import { defineKind } from "./define.ts";

/** The generation of a slice counts every change but those of its metadata (registry/discovery/endpointslice strategy.go). */
export const endpointslices: ResourceDefinition<EndpointSlice> = defineKind<EndpointSlice>({
  group: "discovery.k8s.io",
  kind: "EndpointSlice",
  plural: "endpointslices",
  setDefaults: (slice) =>
    mapList(slice, "ports", (port) => fillAbsent(port, { name: "", protocol: "TCP" })),
  validate: validateEndpointSlice,
  validateUpdate: validateEndpointSliceUpdate,
  prepareForCreate: (object) => ({ ...object, metadata: { ...object.metadata, generation: 1 } }),
  prepareForUpdate(object, old) {
    const same =
      deepEqual(object.endpoints, old.endpoints) &&
      deepEqual(object.ports, old.ports) &&
      object.addressType === old.addressType &&
      deepEqual(object.metadata.labels, old.metadata.labels);
    const before = old.metadata.generation ?? 0;
    return { ...object, metadata: { ...object.metadata, generation: same ? before : before + 1 } };
  },
});

export const endpoints: ResourceDefinition<Endpoints> = defineKind<Endpoints>({
  kind: "Endpoints",
  plural: "endpoints",
  shortNames: ["ep"],
  setDefaults,
  validate: validateEndpoints,
  validateUpdate: validateEndpointsUpdate,
  prepareForCreate: canonicalize,
  prepareForUpdate: canonicalize,
});

/** SetDefaults_Endpoints (pkg/apis/core/v1/defaults.go). */
function setDefaults(object: Endpoints): Endpoints {
  return mapList(object, "subsets", (subset) =>
    mapList(subset, "ports", (port) => fillZero(port, { protocol: "TCP" })),
  );
}

/** However the subsets are written, they are kept in one form (registry/core/endpoint strategy.go Canonicalize). */
function canonicalize(object: Endpoints): Endpoints {
  const { subsets, ...rest } = setDefaults(object);
  const packed = repackSubsets(subsets ?? []);
  return (packed.length === 0 ? rest : { ...rest, subsets: packed }) as Endpoints;
}
