import { isRecord, type GivenObject } from "../input/read-input.ts";
import type { Note } from "../notes.ts";
import type { Traffic } from "./plan.ts";
import type { Unit } from "./units.ts";

/** Kinds by which gateways, meshes and Ingress controllers of their own lead users to Services. */
const ROUTES =
  /^(VirtualService|VirtualServer|(GRPC|TCP|TLS|UDP|Ingress)Route|IngressRouteTCP|HTTPProxy|Mapping|Route|ApisixRoute)$/;

/** Routes of kinds that are not simulated and that name the Service: users come by them, and not as they were played. */
export function unsimulatedRouteNotes(
  { service }: Unit,
  unsimulated: readonly GivenObject[],
  traffic: Traffic | undefined,
): Note[] {
  if (service === undefined || traffic === undefined) return [];
  const { name, namespace } = service.after;
  const found = unsimulated.filter(
    (one) => ROUTES.test(one.kind) && leads(one.object.spec, name, namespace, one.namespace),
  );
  if (found.length === 0) return [];
  const names = found.map((one) => `${one.kind} ${one.name}`).join(", ");
  return [{ code: "route-unsimulated", values: { names, name, road: traffic.road } }];
}

/** Does a text in it name the Service: `web`, `web.shop`, `web.shop.svc.cluster.local`? Objects of other namespaces have to say which one they mean. */
function leads(value: unknown, name: string, namespace: string, from: string): boolean {
  if (Array.isArray(value)) return value.some((item) => leads(item, name, namespace, from));
  if (isRecord(value)) {
    if (value.name === name && (value.namespace ?? from) === namespace) return true;
    return Object.entries(value).some(
      ([key, child]) => key !== "name" && leads(child, name, namespace, from),
    );
  }
  if (typeof value !== "string") return false;
  const host = value.replace(/:\d+$/, "");
  return (
    host === `${name}.${namespace}` ||
    host.startsWith(`${name}.${namespace}.svc`) ||
    (host === name && from === namespace)
  );
}
