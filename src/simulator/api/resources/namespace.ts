import { fillZero, withField } from "../defaults/fill.ts";
import { forbidden } from "../refusals.ts";
import type { ResourceDefinition } from "../resource.ts";
import type { Namespace } from "../types.ts";
import { dns1123Label } from "../validation/names.ts";
import { validateMetaOnly, validateMetaUpdateOnly } from "../validation/objects.ts";
import { defineKind } from "./define.ts";

/** Namespaces that the API server makes when it starts (pkg/controlplane/controller/systemnamespaces). */
export const SYSTEM_NAMESPACES = ["default", "kube-system", "kube-public", "kube-node-lease"];

/** Namespaces that a cluster cannot do without (plugin/pkg/admission/namespace/lifecycle). */
const IMMORTAL: ReadonlySet<string> = new Set(["default", "kube-system", "kube-public"]);

export const namespaces: ResourceDefinition<Namespace> = defineKind<Namespace>({
  kind: "Namespace",
  subresources: ["finalize", "status"],
  plural: "namespaces",
  shortNames: ["ns"],
  namespaced: false,
  setDefaults,
  validate: (namespace) => validateMetaOnly(namespace, false, dns1123Label),
  validateUpdate: validateMetaUpdateOnly,
  prepareForCreate: (object) => ({
    ...object,
    spec: { finalizers: ["kubernetes"] },
    status: { phase: "Active" },
  }),
  prepareForUpdate: (object, old) => ({ ...object, spec: old.spec, status: old.status }),
  terminate,
  isEmptied: ({ spec }) => (spec?.finalizers ?? []).length === 0,
});

/** SetDefaults_Namespace and SetDefaults_NamespaceStatus; a namespace carries its name as a label. */
function setDefaults(namespace: Namespace): Namespace {
  const status = fillZero(namespace.status ?? {}, { phase: "Active" });
  const withPhase = withField(namespace, "status", status);
  const name = namespace.metadata?.name;
  if (!name || namespace.metadata.labels?.["kubernetes.io/metadata.name"] === name) {
    return withPhase;
  }
  const labels = { ...namespace.metadata.labels, "kubernetes.io/metadata.name": name };
  return { ...withPhase, metadata: { ...namespace.metadata, labels } };
}

/** From now on nothing new comes into it; the namespace controller deletes what is there (registry/core/namespace/storage Delete). */
function terminate(namespace: Namespace, now: string): Namespace {
  const { name } = namespace.metadata;
  if (IMMORTAL.has(name)) {
    throw forbidden(namespaces, name, "this namespace may not be deleted");
  }
  return {
    ...namespace,
    metadata: { ...namespace.metadata, deletionTimestamp: now },
    status: { ...namespace.status, phase: "Terminating" },
  };
}
