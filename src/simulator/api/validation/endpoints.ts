/* Endpoints and EndpointSlices: pkg/apis/core/validation/validation.go and pkg/apis/discovery/validation/validation.go. */
import type { FieldError } from "../status-error.ts";
import type { EndpointAddress, Endpoints, EndpointSlice, EndpointsPort } from "../types.ts";
import { PROTOCOLS } from "./containers.ts";
import { invalid, invalidEach, notSupported, required } from "./field-errors.ts";
import { validateObjectMeta, validateObjectMetaUpdate } from "./metadata.ts";
import { dns1123Label, dns1123Subdomain, ipAddress, portNumber } from "./names.ts";

/** The address type of an EndpointSlice (pkg/apis/discovery/validation). */
export function validateEndpointSlice(slice: EndpointSlice): FieldError[] {
  const errors = validateObjectMeta(slice.metadata, true, dns1123Subdomain);
  const types = ["FQDN", "IPv4", "IPv6"];
  if (!slice.addressType) errors.push(required("addressType"));
  else if (!types.includes(slice.addressType)) {
    errors.push(notSupported("addressType", slice.addressType, types));
  }
  return errors;
}

/** ValidateEndpointsCreate. */
export function validateEndpoints(endpoints: Endpoints): FieldError[] {
  const errors = validateObjectMeta(endpoints.metadata, true, dns1123Subdomain);
  (endpoints.subsets ?? []).forEach(({ addresses = [], notReadyAddresses = [], ports = [] }, i) => {
    const path = `subsets[${i}]`;
    if (addresses.length + notReadyAddresses.length === 0) {
      errors.push(required(path, "must specify `addresses` or `notReadyAddresses`"));
    }
    addresses.forEach((one, n) => errors.push(...validateAddress(one, `${path}.addresses[${n}]`)));
    notReadyAddresses.forEach((one, n) =>
      errors.push(...validateAddress(one, `${path}.notReadyAddresses[${n}]`)),
    );
    ports.forEach((port, n) =>
      errors.push(...validatePort(port, ports.length > 1, `${path}.ports[${n}]`)),
    );
  });
  return errors;
}

/** ValidateEndpointsUpdate. */
export function validateEndpointsUpdate(endpoints: Endpoints, old: Endpoints): FieldError[] {
  return [
    ...validateObjectMetaUpdate(endpoints.metadata, old.metadata),
    ...validateEndpoints(endpoints),
  ];
}

/** validateEndpointAddress */
function validateAddress({ ip, hostname, nodeName }: EndpointAddress, path: string): FieldError[] {
  const errors = invalidEach(`${path}.ip`, ip, ipAddress(ip ?? ""));
  if (hostname) errors.push(...invalidEach(`${path}.hostname`, hostname, dns1123Label(hostname)));
  if (nodeName !== undefined) {
    errors.push(...invalidEach(`${path}.nodeName`, nodeName, dns1123Subdomain(nodeName)));
  }
  return [...errors, ...validateNonSpecialIP(ip ?? "", `${path}.ip`)];
}

/** validateEndpointPort */
function validatePort(
  { name, port, protocol }: EndpointsPort,
  requiresName: boolean,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  if (name) errors.push(...invalidEach(`${path}.name`, name, dns1123Label(name)));
  else if (requiresName) errors.push(required(`${path}.name`));
  errors.push(...invalidEach(`${path}.port`, port, portNumber(port)));
  if (!protocol) errors.push(required(`${path}.protocol`));
  else if (!PROTOCOLS.includes(protocol)) {
    errors.push(notSupported(`${path}.protocol`, protocol, PROTOCOLS));
  }
  return errors;
}

/** Ranges that lead to no machine beside this one. */
const SPECIAL: readonly (readonly [RegExp, string])[] = [
  [/^127\.|^::1$/, "may not be in the loopback range (127.0.0.0/8, ::1/128)"],
  [/^169\.254\.|^fe[89ab]/i, "may not be in the link-local range (169.254.0.0/16, fe80::/10)"],
  [/^224\.0\.0\.|^ff02/i, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)"],
];

/** An address that can be that of another machine (ValidateNonSpecialIP). */
export function validateNonSpecialIP(ip: string, path: string): FieldError[] {
  if (ipAddress(ip).length > 0) return [invalid(path, ip, "must be a valid IP address")];
  if (ip === "0.0.0.0" || ip === "::") return [invalid(path, ip, `may not be unspecified (${ip})`)];
  return SPECIAL.filter(([range]) => range.test(ip)).map(([, detail]) => invalid(path, ip, detail));
}
