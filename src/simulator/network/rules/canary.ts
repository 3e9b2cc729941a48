import type { Ingress } from "../../api/types.ts";
import { matchesPattern, type Request } from "./request.ts";

const PREFIX = "nginx.ingress.kubernetes.io/";

function annotation({ metadata }: Ingress, name: string): string | undefined {
  return metadata.annotations?.[PREFIX + name];
}

/** Whether an Ingress is a canary of another one. */
export function isCanary(ingress: Ingress): boolean {
  return annotation(ingress, "canary") === "true";
}

/**
 * Share of the requests with that head that a canary takes, from 0 to 1: all or none where its header says so, then where its cookie does, else
 * its weight (lua/balancer.lua route_to_alternative_balancer).
 */
export function canaryShare(canary: Ingress, { headers, cookies }: Request): number {
  const header = annotation(canary, "canary-by-header");
  const sent = header === undefined ? undefined : headers[header.toLowerCase()];
  if (sent !== undefined) {
    const decided = byHeader(canary, sent);
    if (decided !== undefined) return decided;
  }
  const cookie = annotation(canary, "canary-by-cookie");
  const carried = cookie === undefined ? undefined : cookies[cookie];
  if (carried === "always") return 1;
  if (carried === "never") return 0;
  const total = Math.max(100, integer(annotation(canary, "canary-weight-total")) ?? 100);
  const weight = integer(annotation(canary, "canary-weight")) ?? 0;
  return Math.min(1, Math.max(0, weight / total));
}

/** A value or pattern that the header does not have leaves the choice to cookie and weight. */
function byHeader(canary: Ingress, sent: string): number | undefined {
  const value = annotation(canary, "canary-by-header-value");
  if (value) return value === sent ? 1 : undefined;
  const pattern = annotation(canary, "canary-by-header-pattern");
  if (pattern) return matchesPattern(sent, pattern) ? 1 : undefined;
  if (sent === "always") return 1;
  return sent === "never" ? 0 : undefined;
}

function integer(text: string | undefined): number | undefined {
  const value = text === undefined ? NaN : Number(text);
  return Number.isInteger(value) ? value : undefined;
}
