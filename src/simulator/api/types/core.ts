/* The other kinds of core/v1. */
import type { ConditionStatus, IntOrString, KubernetesObject, ObjectReference } from "./meta.ts";

export interface NodeCondition {
  readonly type: string;
  readonly status: ConditionStatus;
  readonly reason?: string;
  readonly message?: string;
  readonly lastHeartbeatTime?: string;
  readonly lastTransitionTime?: string;
}

export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
  readonly timeAdded?: string;
}

export interface Node extends KubernetesObject {
  readonly spec: {
    readonly podCIDR?: string;
    readonly unschedulable?: boolean;
    readonly taints?: readonly Taint[];
  };
  readonly status: {
    readonly capacity?: Readonly<Record<string, IntOrString>>;
    readonly allocatable?: Readonly<Record<string, IntOrString>>;
    readonly conditions?: readonly NodeCondition[];
    readonly addresses?: readonly { readonly type: string; readonly address: string }[];
  };
}

export interface Event extends KubernetesObject {
  readonly involvedObject: ObjectReference;
  readonly reason: string;
  readonly message: string;
  readonly type: "Normal" | "Warning";
  readonly count: number;
  readonly firstTimestamp: string;
  readonly lastTimestamp: string;
  readonly source: { readonly component: string; readonly host?: string };
  readonly reportingComponent?: string;
}

/** How far the deletion of a namespace is. */
export interface NamespaceCondition {
  readonly type: string;
  readonly status: ConditionStatus;
  readonly lastTransitionTime?: string;
  readonly reason?: string;
  readonly message?: string;
}

export interface Namespace extends KubernetesObject {
  readonly spec?: { readonly finalizers?: readonly string[] };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly NamespaceCondition[];
  };
}

export interface ConfigMap extends KubernetesObject {
  readonly immutable?: boolean;
  readonly data?: Readonly<Record<string, string>>;
  readonly binaryData?: Readonly<Record<string, string>>;
}

export interface Secret extends KubernetesObject {
  readonly immutable?: boolean;
  readonly type?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
}

/** Amounts by name: `pods`, `requests.cpu`. */
export type ResourceList = Readonly<Record<string, IntOrString>>;

/** How much of the cluster the objects of a namespace may take together. */
export interface ResourceQuota extends KubernetesObject {
  readonly spec?: {
    readonly hard?: ResourceList;
    /** Which pods count. */
    readonly scopes?: readonly string[];
    readonly scopeSelector?: { readonly matchExpressions?: readonly ScopeRequirement[] };
  };
  readonly status?: { readonly hard?: ResourceList; readonly used?: ResourceList };
}

/** One condition on the pods that a quota counts. */
export interface ScopeRequirement {
  readonly scopeName: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/** Amounts of which one container, pod or claim of a namespace has to stay within bounds, and what containers get that say nothing of them. */
export interface LimitRange extends KubernetesObject {
  readonly spec?: { readonly limits?: readonly LimitRangeItem[] };
}

/** The bounds for one kind of thing. */
export interface LimitRangeItem {
  /** Container, Pod or PersistentVolumeClaim. */
  readonly type: string;
  readonly max?: ResourceList;
  readonly min?: ResourceList;
  /** Limits of containers that have none. */
  readonly default?: ResourceList;
  /** Requests of containers that have none. */
  readonly defaultRequest?: ResourceList;
  /** How many times the request a limit may be. */
  readonly maxLimitRequestRatio?: ResourceList;
}

/** Whom the programs of a pod are to the API. */
export interface ServiceAccount extends KubernetesObject {
  readonly secrets?: readonly { readonly name?: string }[];
  readonly imagePullSecrets?: readonly { readonly name?: string }[];
  readonly automountServiceAccountToken?: boolean;
}
