/*
 * Kinds of the Gateway API: the OpenAPI and CEL rules of their CustomResourceDefinitions (release 1.2), worded as
 * apiextensions-apiserver pkg/apiserver/validation does.
 * Simplified: of the CEL rules only those on back ends and listeners are looked at; a wrong type is told, and nothing else beside it.
 */
import type { ResourceDefinition, WrongType } from "../resource.ts";
import { goQuote } from "../schema/go-text.ts";
import type { FieldError } from "../status-error.ts";
import type {
  Gateway,
  GatewayClass,
  HTTPBackendRef,
  HTTPRoute,
  HTTPRouteRule,
  KubernetesObject,
} from "../types.ts";
import { duplicate, invalid, notSupported, required } from "./field-errors.ts";
import { validateObjectMeta, validateObjectMetaUpdate } from "./metadata.ts";
import { dns1123Subdomain } from "./names.ts";

const OBJECT = "object";

/** What a CustomResourceDefinition finds wrong: by its schema, and by the CEL rules in it. */
export interface Findings {
  readonly schema: FieldError[];
  /** Undefined: it has none. */
  readonly rules?: FieldError[];
}

/** Errors that keep the rules from being looked at (apiextensions-apiserver registry/customresource strategy.go hasBlockingErr). */
const BLOCKING: ReadonlySet<string> = new Set([
  "FieldValueRequired",
  "FieldValueNotSupported",
  "FieldValueTooLong",
  "FieldValueTooMany",
  "FieldValueTypeInvalid",
]);

/** Upstream's error of no field and no value. */
const UNCHECKED = invalid(
  "<nil>",
  "null",
  "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation",
);

function findingsOf(metadata: readonly FieldError[], { schema, rules }: Findings): FieldError[] {
  const errors = [...metadata, ...schema];
  if (rules === undefined) return errors;
  return [...errors, ...(errors.some(({ type }) => BLOCKING.has(type)) ? [UNCHECKED] : rules)];
}

/** The rules of a kind of custom resources, with those of its metadata. */
export function customKind<T extends KubernetesObject & { readonly spec: unknown }>(
  namespaced: boolean,
  validateSpec: (spec: T["spec"]) => Findings,
  hasRules = false,
): Pick<ResourceDefinition<T>, "validate" | "validateUpdate" | "undecoded"> {
  return {
    validate: ({ metadata, spec }) =>
      findingsOf(validateObjectMeta(metadata, namespaced, dns1123Subdomain), validateSpec(spec)),
    validateUpdate: ({ metadata, spec }, old) =>
      findingsOf(validateObjectMetaUpdate(metadata, old.metadata), validateSpec(spec)),
    undecoded: (wrongTypes, hasSpec, metadata) => {
      const schema = [...(hasSpec ? [] : [required("spec")]), ...wrongTypes.map(wrongType)];
      if (schema.length === 0) return [];
      const { name, generateName, namespace } = metadata;
      // The server puts in what the path says, and makes up a name that was asked for.
      const placed = {
        ...metadata,
        name: name || (generateName && `${generateName}x`),
        ...(namespaced ? { namespace: namespace ?? "default" } : {}),
      };
      const errors = validateObjectMeta(placed, namespaced, dns1123Subdomain);
      return findingsOf(errors, { schema, ...(hasRules ? { rules: [] } : {}) });
    },
  };
}

/** InvalidType of kube-openapi pkg/validation/errors, as KubeOpenAPIResultToFieldErrors hands it on. */
function wrongType({ path, given, wanted }: WrongType): FieldError {
  const error = invalid(
    path,
    given,
    `${path} in body must be of type ${wanted}: ${goQuote(given)}`,
  );
  return { ...error, type: "FieldValueTypeInvalid" };
}

const inBody = (field: string, value: number | string, rule: string): FieldError =>
  invalid(field, value, `${field} in body should ${rule}`);

function atLeast(field: string, value: number | undefined, least: number): FieldError[] {
  if (value === undefined || value >= least) return [];
  return [inBody(field, value, `be greater than or equal to ${least}`)];
}

function atMost(field: string, value: number | undefined, most: number): FieldError[] {
  if (value === undefined || value <= most) return [];
  return [inBody(field, value, `be less than or equal to ${most}`)];
}

const portErrors = (field: string, port: number | undefined): FieldError[] => [
  ...atLeast(field, port, 1),
  ...atMost(field, port, 65535),
];

const CONTROLLER_NAME = String.raw`^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9\/\-._~%!$&'()*+,;=:]+$`;

/** GatewayClass. */
export function validateGatewayClassSpec({ controllerName }: GatewayClass["spec"]): Findings {
  const field = "spec.controllerName";
  const rules: FieldError[] = [];
  if (!controllerName) return { schema: [required(field)], rules };
  if (new RegExp(CONTROLLER_NAME).test(controllerName)) return { schema: [], rules };
  return { schema: [inBody(field, controllerName, `match '${CONTROLLER_NAME}'`)], rules };
}

const LISTENERS_MAX = 64;

/** Gateway. */
export function validateGatewaySpec({ gatewayClassName, listeners }: Gateway["spec"]): Findings {
  const errors: FieldError[] = [];
  const rules: FieldError[] = [];
  if (!gatewayClassName) errors.push(required("spec.gatewayClassName"));
  if (listeners === undefined) {
    return { schema: [...errors, required("spec.listeners")], rules };
  }
  if (listeners.length === 0) errors.push(inBody("spec.listeners", 0, "have at least 1 items"));
  if (listeners.length > LISTENERS_MAX) {
    errors.push({
      field: "spec.listeners",
      type: "FieldValueTooMany",
      detail: `Too many: ${listeners.length}: must have at most ${LISTENERS_MAX} items`,
    });
  }
  const names = new Set<string>();
  const places = new Set<string>();
  const repeated: FieldError[] = [];
  listeners.forEach(({ name, port, protocol, hostname = "", allowedRoutes }, i) => {
    const path = `spec.listeners[${i}]`;
    if (!name) errors.push(required(`${path}.name`));
    if (names.has(name)) repeated.push(duplicateKey(path, { name }));
    names.add(name);
    errors.push(...(port === 0 ? [required(`${path}.port`)] : portErrors(`${path}.port`, port)));
    if (!protocol) errors.push(required(`${path}.protocol`));
    const from = allowedRoutes?.namespaces?.from;
    const wanted = ["All", "Selector", "Same"];
    if (from !== undefined && !wanted.includes(from)) {
      errors.push(notSupported(`${path}.allowedRoutes.namespaces.from`, from, wanted));
    }
    const place = `${port}/${protocol}/${hostname}`;
    if (places.has(place)) {
      const detail = "Combination of port, protocol and hostname must be unique for each listener";
      rules.push(invalid("spec.listeners", "array", detail));
    }
    places.add(place);
  });
  return { schema: [...errors, ...repeated], rules };
}

/** An element of a list that is a map by that key (schema/listtype validateListMap). */
function duplicateKey(path: string, key: Readonly<Record<string, string>>): FieldError {
  const entries = Object.entries(key).map(([name, value]) => `${goQuote(name)}:${goQuote(value)}`);
  return duplicate(path, { go: `map[string]interface {}{${entries.join(", ")}}` });
}

const RULES_MAX = 16;
const WEIGHT_MAX = 1000000;
const DURATION = "^([0-9]{1,5}(h|m|s|ms)){1,4}$";

/** HTTPRoute. */
export function validateHTTPRouteSpec(spec: HTTPRoute["spec"]): Findings {
  const { parentRefs = [], rules = [] } = spec;
  const errors: FieldError[] = [];
  parentRefs.forEach(({ name, port }, i) => {
    const path = `spec.parentRefs[${i}]`;
    if (!name) errors.push(required(`${path}.name`));
    errors.push(...portErrors(`${path}.port`, port));
  });
  if (rules.length > RULES_MAX) {
    errors.push({
      field: "spec.rules",
      type: "FieldValueTooMany",
      detail: `Too many: ${rules.length}: must have at most ${RULES_MAX} items`,
    });
  }
  const found = rules.map((rule, i) => validateRule(rule, `spec.rules[${i}]`));
  return {
    schema: [...errors, ...found.flatMap(({ schema }) => schema)],
    rules: found.flatMap((findings) => findings.rules),
  };
}

const PATH_TYPES = ["Exact", "PathPrefix", "RegularExpression"];

function validateRule(rule: HTTPRouteRule, path: string): Required<Findings> {
  const errors: FieldError[] = [];
  const rules: FieldError[] = [];
  (rule.matches ?? []).forEach((match, i) => {
    const at = `${path}.matches[${i}].path`;
    const { type, value } = match.path ?? {};
    if (type !== undefined && !PATH_TYPES.includes(type)) {
      errors.push(notSupported(`${at}.type`, type, PATH_TYPES));
    } else if (type !== "RegularExpression" && value !== undefined && !value.startsWith("/")) {
      const detail =
        "value must be an absolute path and start with '/' when type one of ['Exact', 'PathPrefix']";
      rules.push(invalid(at, OBJECT, detail));
    }
  });
  (rule.backendRefs ?? []).forEach((backend, i) => {
    const at = `${path}.backendRefs[${i}]`;
    errors.push(...validateBackendRef(backend, at));
    const { group = "", kind = "Service", port } = backend;
    if (group === "" && kind === "Service" && port === undefined) {
      rules.push(invalid(at, OBJECT, "Must have port for Service reference"));
    }
  });
  for (const field of ["request", "backendRequest"] as const) {
    const value = rule.timeouts?.[field];
    if (value === undefined || new RegExp(DURATION).test(value)) continue;
    errors.push(inBody(`${path}.timeouts.${field}`, value, `match '${DURATION}'`));
  }
  return { schema: errors, rules };
}

function validateBackendRef(backend: HTTPBackendRef, path: string): FieldError[] {
  const { name, port, weight } = backend;
  const errors: FieldError[] = [];
  if (!name) errors.push(required(`${path}.name`));
  errors.push(...portErrors(`${path}.port`, port));
  errors.push(
    ...atLeast(`${path}.weight`, weight, 0),
    ...atMost(`${path}.weight`, weight, WEIGHT_MAX),
  );
  return errors;
}
