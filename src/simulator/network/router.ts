import type { ServicePortRules } from "./service-rules.ts";

/** Who chooses a pod for a request: a node's kube-proxy, or one proxy or load balancer's machine with its own view of the endpoints. */
export interface Router {
  /** `kube-proxy/node-1`, `ingress-nginx/1/worker-2` */
  readonly name: string;
  /** Where it would send a new connection for a Service's port (`servicePortKey`) now; undefined when it knows no such port. */
  rulesFor(key: string): ServicePortRules | undefined;
}
