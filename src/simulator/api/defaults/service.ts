import type { Service } from "../types.ts";
import { fillAbsent, fillZero, mapField, mapList, withField } from "./fill.ts";

/** How long a client stays with its endpoint under session affinity, if nobody says. */
const CLIENT_IP_TIMEOUT_SECONDS = 10800;

type Spec = Service["spec"];

/** SetDefaults_Service (pkg/apis/core/v1/defaults.go). */
export function setServiceDefaults(service: Service): Service {
  let spec: Spec = fillZero(service.spec ?? {}, { sessionAffinity: "None", type: "ClusterIP" });
  spec = setAffinityDefaults(spec);
  spec = mapList(spec, "ports", (port) =>
    fillZero(port, { protocol: "TCP", targetPort: port.port }),
  );
  if (isExternallyAccessible(spec)) spec = fillZero(spec, { externalTrafficPolicy: "Cluster" });
  if (spec.type !== "ExternalName") spec = fillAbsent(spec, { internalTrafficPolicy: "Cluster" });
  const withSpec = withField(service, "spec", spec);
  if (spec.type !== "LoadBalancer") return withSpec;
  spec = fillAbsent(spec, { allocateLoadBalancerNodePorts: true });
  return setIPModes(withField(withSpec, "spec", spec));
}

/** An address of a load balancer takes packets as they are, unless its controller says otherwise (gate LoadBalancerIPMode, on since 1.30). */
function setIPModes(service: Service): Service {
  return mapField(service, "status", (status) =>
    mapField(status, "loadBalancer", (balancer) =>
      mapList(balancer, "ingress", (entry) =>
        entry.ip ? fillAbsent(entry, { ipMode: "VIP" }) : entry,
      ),
    ),
  );
}

function setAffinityDefaults(spec: Spec): Spec {
  if (spec.sessionAffinity === "None" && spec.sessionAffinityConfig !== undefined) {
    const { sessionAffinityConfig: _, ...rest } = spec;
    return rest;
  }
  if (spec.sessionAffinity !== "ClientIP") return spec;
  if ((spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? null) !== null) return spec;
  return {
    ...spec,
    sessionAffinityConfig: { clientIP: { timeoutSeconds: CLIENT_IP_TIMEOUT_SECONDS } },
  };
}

export function isExternallyAccessible(spec: Spec): boolean {
  if (spec.type === "LoadBalancer" || spec.type === "NodePort") return true;
  return spec.type === "ClusterIP" && (spec.externalIPs?.length ?? 0) > 0;
}
