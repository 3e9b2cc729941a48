/* gateway.networking.k8s.io/v1. */
import type { Condition, KubernetesObject, LabelSelector } from "./meta.ts";

export interface GatewayClass extends KubernetesObject {
  readonly spec: { readonly controllerName: string; readonly description?: string };
  readonly status?: { readonly conditions?: readonly Condition[] };
}

export interface GatewayListener {
  readonly name: string;
  readonly hostname?: string;
  readonly port: number;
  readonly protocol: string;
  readonly tls?: { readonly mode?: string; readonly certificateRefs?: readonly object[] };
  readonly allowedRoutes?: {
    readonly namespaces?: { readonly from?: string; readonly selector?: LabelSelector };
    readonly kinds?: readonly { readonly group?: string; readonly kind: string }[];
  };
}

export interface Gateway extends KubernetesObject {
  readonly spec: {
    readonly gatewayClassName: string;
    readonly listeners: readonly GatewayListener[];
    readonly addresses?: readonly { readonly type?: string; readonly value?: string }[];
  };
  readonly status?: {
    readonly addresses?: readonly { readonly type?: string; readonly value?: string }[];
    readonly conditions?: readonly Condition[];
    readonly listeners?: readonly object[];
  };
}

export interface HTTPBackendRef {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
  readonly weight?: number;
  readonly filters?: readonly { readonly type: string }[];
}

export interface HTTPRouteMatch {
  readonly path?: { readonly type?: string; readonly value?: string };
  readonly headers?: readonly {
    readonly type?: string;
    readonly name: string;
    readonly value: string;
  }[];
  readonly queryParams?: HTTPRouteMatch["headers"];
  readonly method?: string;
}

export interface HTTPRouteRule {
  readonly name?: string;
  readonly matches?: readonly HTTPRouteMatch[];
  readonly filters?: readonly { readonly type: string }[];
  readonly backendRefs?: readonly HTTPBackendRef[];
  readonly timeouts?: { readonly request?: string; readonly backendRequest?: string };
  readonly retry?: {
    readonly codes?: readonly number[];
    readonly attempts?: number;
    readonly backoff?: string;
  };
}

export interface HTTPRoute extends KubernetesObject {
  readonly spec: {
    readonly parentRefs?: readonly {
      readonly group?: string;
      readonly kind?: string;
      readonly namespace?: string;
      readonly name: string;
      readonly sectionName?: string;
      readonly port?: number;
    }[];
    readonly hostnames?: readonly string[];
    readonly rules?: readonly HTTPRouteRule[];
  };
  readonly status?: { readonly parents?: readonly object[] };
}
