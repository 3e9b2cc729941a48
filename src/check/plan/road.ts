import { readScenario } from "../../scenario/read.ts";
import type { Note } from "../notes.ts";
import { headTo } from "./entrance-head.ts";
import type { Traffic } from "./plan.ts";
import type { GivenObject } from "../input/read-input.ts";
import { valueAt } from "./pod-spec.ts";
import { portOf, specOf, type Unit } from "./units.ts";

/** The older way to name an Ingress's class. */
const CLASS_ANNOTATION = "kubernetes.io/ingress.class";

/** Requests a second where nothing else is asked for. */
const DEFAULT_RPS = 50;

/** The way that users' requests take to a unit, by what the manifests have; undefined where nothing leads to it. */
export function roadTo(
  { service, entrance }: Unit,
  { road: wanted, rps = DEFAULT_RPS }: { readonly road?: string; readonly rps?: number },
): { traffic: Traffic; notes: Note[] } | undefined {
  if (service === undefined) return undefined;
  const { namespace, name } = service.after;
  const place = namespace === "default" ? "" : `${namespace}/`;
  const toService = `service/${place}${name}:${portOf(service.after)!}`;
  const through = entrance === undefined ? { road: "proxy" } : roadThrough(entrance);
  const toEntrance =
    entrance === undefined
      ? []
      : [
          {
            to: `${entrance.kind.toLowerCase()}/${place}${entrance.name}`,
            ...headTo(entrance, name),
          },
        ];
  const road = wanted ?? through.road;
  const { type = "ClusterIP" } = specOf(service.after);
  if (road === "node-port" && type !== "NodePort" && type !== "LoadBalancer") {
    const traffic = { to: toService, road: "proxy", rps };
    return {
      traffic,
      notes: [{ code: "no-node-port", values: { name, type: String(type), road: "proxy" } }],
    };
  }
  const ways = road === "proxy" || road === "direct" ? [] : toEntrance;
  for (const way of [...ways, { to: toService }]) {
    const traffic = { ...way, road, rps };
    if (!isSimulated(traffic)) continue;
    if (wanted === undefined && through.controller !== undefined) {
      const values = { wanted: through.controller, road };
      return { traffic, notes: [{ code: "road-instead", values }] };
    }
    const isOutside = type === "LoadBalancer" || type === "NodePort";
    const code = type === "NodePort" ? "through-nodes" : "load-balancer";
    return {
      traffic,
      notes:
        wanted === undefined && road === "proxy" && isOutside ? [{ code, values: { name } }] : [],
    };
  }
  const traffic = { to: toService, road: "proxy", rps };
  return { traffic, notes: [{ code: "road-instead", values: { wanted: road, road: "proxy" } }] };
}

/** Ingress controllers by the class of an Ingress; each other class is taken for ingress-nginx. */
const OTHER_CONTROLLERS = /alb|aws|gce|gke|azure|traefik|haproxy|kong|contour|istio|cilium/;

/** The road of an Ingress or HTTPRoute; `controller`: who really is there, where that is not simulated. */
function roadThrough(entrance: GivenObject): { road: string; controller?: string } {
  if (entrance.kind === "HTTPRoute") return { road: "gateway" };
  const annotation = valueAt(entrance.object, "metadata", "annotations", CLASS_ANNOTATION);
  const name = String(specOf(entrance).ingressClassName ?? annotation ?? "");
  if (name.includes("nginx")) return { road: "ingress-nginx" };
  if (/^(alb|aws)/.test(name)) return { road: "alb-ip" };
  return OTHER_CONTROLLERS.test(name)
    ? { road: "proxy", controller: name }
    : { road: "ingress-nginx" };
}

/** Whether a Scenario document may say so. */
function isSimulated({ rps: _, ...traffic }: Traffic): boolean {
  const document = {
    apiVersion: "rollout-lab/v1",
    kind: "Scenario",
    spec: { traffic: [traffic] },
  };
  const { diagnostics } = readScenario(JSON.stringify(document), {
    file: "",
    readFile: () => undefined,
  });
  return diagnostics.length === 0;
}
