/* Ingresses: pkg/apis/networking/validation/validation.go of Kubernetes 1.32. */
import type { FieldError } from "../status-error.ts";
import type { HTTPIngressPath, Ingress, IngressBackend } from "../types.ts";
import { invalid, invalidEach, notSupported, required } from "./field-errors.ts";
import { validateObjectMeta, validateObjectMetaUpdate } from "./metadata.ts";
import {
  dns1035Label,
  dns1123Subdomain,
  ipAddress,
  pathSegment,
  portName,
  portNumber,
} from "./names.ts";

/** The annotation that named the class before there was a field for it. */
export const CLASS_ANNOTATION = "kubernetes.io/ingress.class";

const PATH_TYPES = ["Exact", "ImplementationSpecific", "Prefix"];
const FORBIDDEN_SEQUENCES = ["//", "/./", "/../", "%2f", "%2F"];
const FORBIDDEN_SUFFIXES = ["/..", "/."];

/** ValidateIngressCreate. */
export function validateIngress(ingress: Ingress): FieldError[] {
  const errors = [
    ...validateObjectMeta(ingress.metadata, true, dns1123Subdomain),
    ...validateSpec(ingress.spec ?? {}),
  ];
  const annotated = ingress.metadata.annotations?.[CLASS_ANNOTATION];
  const { ingressClassName } = ingress.spec ?? {};
  if (annotated !== undefined && ingressClassName !== undefined && annotated !== ingressClassName) {
    const detail = "must match `ingressClassName` when both are specified";
    errors.push(invalid(`annotations.${CLASS_ANNOTATION}`, annotated, detail));
  }
  return errors;
}

/** ValidateIngressUpdate. */
export function validateIngressUpdate(ingress: Ingress, old: Ingress): FieldError[] {
  return [
    ...validateObjectMetaUpdate(ingress.metadata, old.metadata),
    ...validateSpec(ingress.spec ?? {}),
  ];
}

/** ValidateIngressSpec. */
function validateSpec(spec: Ingress["spec"]) {
  const { rules = [], defaultBackend, tls = [], ingressClassName } = spec;
  const errors: FieldError[] = [];
  if (rules.length === 0 && defaultBackend === undefined) {
    const value = { go: `[]networking.IngressRule${spec.rules === undefined ? "(nil)" : "{}"}` };
    const detail = "either `defaultBackend` or `rules` must be specified";
    errors.push(invalid("spec", value, detail));
  }
  if (defaultBackend !== undefined) {
    errors.push(...validateBackend(defaultBackend, "spec.defaultBackend"));
  }
  rules.forEach(({ host, http }, i) => {
    const path = `spec.rules[${i}]`;
    if (host) errors.push(...validateHost(host, `${path}.host`));
    if (http === undefined) return;
    if ((http.paths ?? []).length === 0) errors.push(required(`${path}.http.paths`));
    (http.paths ?? []).forEach((item, j) => {
      errors.push(...validatePath(item, `${path}.http.paths[${j}]`));
    });
  });
  tls.forEach(({ hosts = [], secretName }, i) => {
    hosts.forEach((host, j) => {
      errors.push(...invalidEach(`spec.tls[${i}].hosts[${j}]`, host, hostProblems(host)));
    });
    if (!secretName) return;
    const problems = dns1123Subdomain(secretName);
    errors.push(...invalidEach(`spec.tls[${i}].secretName`, secretName, problems));
  });
  if (ingressClassName !== undefined) {
    const problems = dns1123Subdomain(ingressClassName);
    errors.push(...invalidEach("spec.ingressClassName", ingressClassName, problems));
  }
  return errors;
}

function validateHost(host: string, path: string): FieldError[] {
  const errors = invalidEach(path, host, hostProblems(host));
  if (ipAddress(host).length > 0) return errors;
  return [invalid(path, host, "must be a DNS name, not an IP address"), ...errors];
}

/** A wildcard stands for the first label (IsWildcardDNS1123Subdomain). */
function hostProblems(host: string): string[] {
  if (!host.includes("*")) return dns1123Subdomain(host);
  if (/^\*\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(host)) return [];
  return [
    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
  ];
}

/** validateHTTPIngressPath. */
function validatePath({ path = "", pathType, backend }: HTTPIngressPath, at: string): FieldError[] {
  const errors: FieldError[] = [];
  const absolute = () => invalid(`${at}.path`, path, "must be an absolute path");
  if (pathType === undefined) {
    return [required(`${at}.pathType`, "pathType must be specified")];
  }
  if (pathType === "Exact" || pathType === "Prefix") {
    if (!path.startsWith("/")) errors.push(absolute());
    if (path !== "") {
      for (const part of FORBIDDEN_SEQUENCES.filter((text) => path.includes(text))) {
        errors.push(invalid(`${at}.path`, path, `must not contain '${part}'`));
      }
      for (const end of FORBIDDEN_SUFFIXES.filter((text) => path.endsWith(text))) {
        errors.push(invalid(`${at}.path`, path, `cannot end with '${end}'`));
      }
    }
  } else if (pathType === "ImplementationSpecific") {
    if (path !== "" && !path.startsWith("/")) errors.push(absolute());
  } else {
    errors.push(notSupported(`${at}.pathType`, pathType, PATH_TYPES));
  }
  return [...errors, ...validateBackend(backend, `${at}.backend`)];
}

/** validateIngressBackend. */
function validateBackend({ service, resource }: IngressBackend, path: string): FieldError[] {
  if (service !== undefined && resource !== undefined) {
    return [invalid(path, "", "cannot set both resource and service backends")];
  }
  if (resource !== undefined) return validateResource(resource, `${path}.resource`);
  if (service === undefined) return [invalid(path, "", "resource or service backend is required")];
  const errors: FieldError[] = [];
  const { name, port = {} } = service;
  if (!name) errors.push(required(`${path}.service.name`));
  else errors.push(...invalidEach(`${path}.service.name`, name, dns1035Label(name)));
  if (port.name && port.number) {
    errors.push(invalid(path, "", "cannot set both port name & port number"));
  } else if (port.name) {
    errors.push(...invalidEach(`${path}.service.port.name`, port.name, portName(port.name)));
  } else if (port.number) {
    const at = `${path}.service.port.number`;
    errors.push(...invalidEach(at, port.number, portNumber(port.number)));
  } else {
    errors.push(required(path, "port name or number is required"));
  }
  return errors;
}

/** validateIngressTypedLocalObjectReference. */
function validateResource(
  { apiGroup, kind, name }: NonNullable<IngressBackend["resource"]>,
  path: string,
): FieldError[] {
  const errors =
    apiGroup === undefined
      ? []
      : invalidEach(`${path}.apiGroup`, apiGroup, dns1123Subdomain(apiGroup));
  for (const [field, value] of Object.entries({ kind, name })) {
    if (!value) errors.push(required(`${path}.${field}`, `${field} is required`));
    else errors.push(...invalidEach(`${path}.${field}`, value, pathSegment(value)));
  }
  return errors;
}
