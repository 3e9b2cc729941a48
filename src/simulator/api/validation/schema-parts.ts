/* What the schemas of the Gateway API's kinds are put together from. */
import type { CustomRule, CustomSchema } from "./custom-schema.ts";

export const GROUP = "gateway.networking.k8s.io";

const LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
export const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
export const DOMAIN_PATH = `${SUBDOMAIN}\\/[A-Za-z0-9\\/\\-._~%!$&'()*+,;=:]+`;

export type Bounds = Partial<CustomSchema>;

export const text = (bounds: Bounds = {}): CustomSchema => ({ type: "string", ...bounds });
export const integer = (minimum: number, maximum: number, bounds: Bounds = {}): CustomSchema => ({
  type: "integer",
  minimum,
  maximum,
  ...bounds,
});
export const list = (items: CustomSchema, bounds: Bounds = {}): CustomSchema => ({
  type: "array",
  items,
  ...bounds,
});
export const object = (
  properties: Readonly<Record<string, CustomSchema>>,
  needed: readonly string[] = [],
  bounds: Bounds = {},
): CustomSchema => ({ type: "object", properties, required: needed, ...bounds });

export function rule<T>(message: string, holds: (value: T) => boolean | string): CustomRule {
  return { message, holds };
}

export const groupName = (bounds: Bounds = {}) =>
  text({ maxLength: 253, pattern: `^$|^${SUBDOMAIN}$`, ...bounds });
export const kindName = (bounds: Bounds = {}) =>
  text({
    minLength: 1,
    maxLength: 63,
    pattern: "^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$",
    ...bounds,
  });
export const objectName = text({ minLength: 1, maxLength: 253 });
export const namespace = text({ minLength: 1, maxLength: 63, pattern: `^${LABEL}$` });
export const sectionName = text({ minLength: 1, maxLength: 253, pattern: `^${SUBDOMAIN}$` });
export const hostname = text({ minLength: 1, maxLength: 253, pattern: `^(\\*\\.)?${SUBDOMAIN}$` });
export const preciseHostname = text({ minLength: 1, maxLength: 253, pattern: `^${SUBDOMAIN}$` });
export const port = integer(1, 65535);
export const duration = text({ pattern: "^([0-9]{1,5}(h|m|s|ms)){1,4}$" });
