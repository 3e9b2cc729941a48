/*
 * The kinds that every cluster of Kubernetes 1.32 with Argo Rollouts knows, so that a manifest with one that is not simulated is told from a
 * typing mistake.
 */
import { apiVersionOf, servedKinds } from "../simulator/index.ts";

export interface KnownKind {
  readonly apiVersion: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly namespaced: boolean;
}

/** `group/version: Kind=plural …`; a star marks kinds without a namespace. Plurals that are not given are the kind and an `s`. */
const OTHERS = `
v1: PersistentVolumeClaim *PersistentVolume ReplicationController PodTemplate
batch/v1: Job CronJob
policy/v1: PodDisruptionBudget
networking.k8s.io/v1: Ingress=ingresses *IngressClass=ingressclasses NetworkPolicy=networkpolicies
rbac.authorization.k8s.io/v1: Role RoleBinding *ClusterRole *ClusterRoleBinding
storage.k8s.io/v1: *StorageClass=storageclasses *CSIDriver *CSINode *VolumeAttachment
coordination.k8s.io/v1: Lease
node.k8s.io/v1: *RuntimeClass=runtimeclasses
apiextensions.k8s.io/v1: *CustomResourceDefinition
admissionregistration.k8s.io/v1: *MutatingWebhookConfiguration *ValidatingWebhookConfiguration *ValidatingAdmissionPolicy=validatingadmissionpolicies
events.k8s.io/v1: Event
argoproj.io/v1alpha1: Experiment *ClusterAnalysisTemplate
`;

let known: KnownKind[] | undefined;

function knownKinds(): readonly KnownKind[] {
  known ??= [
    ...servedKinds().map((definition) => ({
      ...definition,
      apiVersion: apiVersionOf(definition),
    })),
    ...OTHERS.trim().split("\n").flatMap(parseLine),
  ];
  return known;
}

function parseLine(line: string): KnownKind[] {
  const [apiVersion = "", ...words] = line.split(/:? +/);
  const [version = "", group = ""] = apiVersion.split("/").reverse();
  return words.map((word) => {
    const [name = "", plural] = word.split("=");
    const kind = name.replace("*", "");
    const singular = kind.toLowerCase();
    return {
      apiVersion,
      group,
      version,
      kind,
      singular,
      plural: plural ?? `${singular}s`,
      namespaced: kind === name,
    };
  });
}

/**
 * The kind of that name in a version of the API, undefined when a cluster knows none. Like kubectl's RESTMapper it finds a kind written
 * all in small letters, too.
 */
export function findKind(apiVersion: string, kind: string): KnownKind | undefined {
  return knownKinds().find(
    (known) => known.apiVersion === apiVersion && (known.kind === kind || known.singular === kind),
  );
}
