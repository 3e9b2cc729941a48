import { roadSettings, type NetworkModel, type Road } from "../../scenario.ts";
import { direct } from "./direct.ts";
import { gateway, mesh } from "./envoy.ts";
import { ingressNginx } from "./ingress-nginx.ts";
import { albIp, nodePort } from "./load-balancer.ts";
import { proxy } from "./proxy.ts";
import type { RoadRules } from "./road.ts";

export type { RoadRules, WayFailure } from "./road.ts";

/** The rules of a road in a network. */
export function rulesOf(road: Road, network: NetworkModel): RoadRules {
  const settings = roadSettings(network);
  switch (road) {
    case "direct":
      return direct();
    case "proxy":
      return proxy(network, settings);
    case "ingress-nginx":
      return ingressNginx(settings.ingressNginx);
    case "gateway":
      return gateway(settings.gateway);
    case "mesh":
      return mesh(settings.mesh);
    case "alb-ip":
      return albIp(settings.loadBalancer);
    case "node-port":
      return nodePort(settings.loadBalancer);
  }
}
