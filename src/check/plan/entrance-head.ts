import type { GivenObject } from "../input/read-input.ts";
import { recordsOf, valueAt, type Plain } from "./pod-spec.ts";

/** What a request has to say so that the rules of an Ingress or HTTPRoute send it to a Service. */
export interface RequestHead {
  readonly host?: string;
  readonly path?: string;
  readonly headers?: readonly { readonly name: string; readonly value: string }[];
}

/** The head of requests that the first rule for a Service takes; what goes without saying is left out: the first host, and the path /. */
export function headTo(entrance: GivenObject, service: string): RequestHead {
  return entrance.kind === "Ingress"
    ? headForIngress(entrance, service)
    : headForRoute(entrance, service);
}

function headForIngress(entrance: GivenObject, service: string): RequestHead {
  const rules = rulesOf(entrance);
  for (const rule of rules) {
    const paths = recordsOf(valueAt(rule, "http", "paths"));
    const found = paths.find((path) => valueAt(path, "backend", "service", "name") === service);
    if (found === undefined) continue;
    const host = rule.host === rules[0]?.host ? undefined : rule.host;
    return { ...hostOf(host), ...pathOf(found.path) };
  }
  return {};
}

function headForRoute(entrance: GivenObject, service: string): RequestHead {
  const rule = ruleTo(entrance, service);
  const [match = {}] = recordsOf(rule?.matches);
  const isPattern = valueAt(match, "path", "type") === "RegularExpression";
  const headers = recordsOf(match.headers).map(({ name, value }) => ({
    name: String(name),
    value: String(value),
  }));
  return {
    ...pathOf(isPattern ? undefined : valueAt(match, "path", "value")),
    ...(headers.length === 0 ? {} : { headers }),
  };
}

function rulesOf({ object }: GivenObject): Plain[] {
  return recordsOf(valueAt(object, "spec", "rules"));
}

/** The rule of an HTTPRoute that names a Service among its back ends. */
function ruleTo(route: GivenObject, service: string): Plain | undefined {
  return rulesOf(route).find((rule) => namesIn(rule).includes(service));
}

/** Services that share the requests of a rule with this one, itself included. */
export function sharersOf(route: GivenObject | undefined, service: string): readonly string[] {
  if (route?.kind !== "HTTPRoute") return [service];
  const rule = ruleTo(route, service);
  return rule === undefined ? [service] : namesIn(rule);
}

function namesIn(rule: Plain): string[] {
  return recordsOf(rule.backendRefs)
    .filter((ref) => (ref.kind ?? "Service") === "Service")
    .map(({ name }) => String(name));
}

function hostOf(host: unknown): RequestHead {
  return typeof host === "string" ? { host: host.replace(/^\*/, "www") } : {};
}

function pathOf(path: unknown): RequestHead {
  return typeof path === "string" && path !== "/" ? { path } : {};
}
