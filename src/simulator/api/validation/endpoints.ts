/* Endpoints and EndpointSlices: pkg/apis/core/validation/validation.go and pkg/apis/discovery/validation/validation.go. */
import type { FieldError } from "../status-error.ts";
import type { EndpointAddress, Endpoints, EndpointSlice, EndpointsPort } from "../types.ts";
import { oneOf, PROTOCOLS } from "./containers.ts";
import {
  duplicate,
  invalid,
  invalidEach,
  notSupported,
  required,
  tooMany,
} from "./field-errors.ts";
import { validateObjectMeta, validateObjectMetaUpdate } from "./metadata.ts";
import {
  dns1123Label,
  dns1123Subdomain,
  ipAddress,
  labelValue,
  portNumber,
  qualifiedName,
} from "./names.ts";

const ADDRESS_TYPES = ["FQDN", "IPv4", "IPv6"];
const ENDPOINTS_MAX = 1000;
const ADDRESSES_MAX = 100;
const PORTS_MAX = 20_000;
const ZONES_MAX = 8;

/** ValidateEndpointSlice of pkg/apis/discovery/validation. */
export function validateEndpointSlice(slice: EndpointSlice): FieldError[] {
  const { addressType, endpoints, ports } = slice;
  return [
    ...validateObjectMeta(slice.metadata, true, dns1123Subdomain),
    ...oneOf(addressType, "addressType", ADDRESS_TYPES),
    ...validateSliceEndpoints(endpoints ?? [], addressType),
    ...validateSlicePorts(ports ?? []),
  ];
}

/** ValidateEndpointSliceUpdate. */
export function validateEndpointSliceUpdate(
  slice: EndpointSlice,
  old: EndpointSlice,
): FieldError[] {
  const errors = [
    ...validateObjectMetaUpdate(slice.metadata, old.metadata),
    ...validateEndpointSlice(slice),
  ];
  if (slice.addressType !== old.addressType) {
    errors.push(invalid("addressType", slice.addressType, "field is immutable"));
  }
  return errors;
}

function validateSliceEndpoints(
  endpoints: EndpointSlice["endpoints"],
  addressType: string,
): FieldError[] {
  if (endpoints.length > ENDPOINTS_MAX) {
    return [tooMany("endpoints", endpoints.length, ENDPOINTS_MAX)];
  }
  return endpoints.flatMap(({ addresses = [], nodeName, hostname, hints }, i) => {
    const path = `endpoints[${i}]`;
    const errors: FieldError[] = [];
    if (addresses.length === 0) {
      errors.push(required(`${path}.addresses`, "must contain at least 1 address"));
    } else if (addresses.length > ADDRESSES_MAX) {
      errors.push(tooMany(`${path}.addresses`, addresses.length, ADDRESSES_MAX));
    }
    addresses.forEach((address, n) =>
      errors.push(...validateSliceAddress(address, addressType, `${path}.addresses[${n}]`)),
    );
    if (nodeName !== undefined) {
      errors.push(...invalidEach(`${path}.nodeName`, nodeName, dns1123Subdomain(nodeName)));
    }
    if (hostname !== undefined) {
      errors.push(...invalidEach(`${path}.hostname`, hostname, dns1123Label(hostname)));
    }
    return [...errors, ...validateHints(hints?.forZones ?? [], `${path}.hints.forZones`)];
  });
}

function validateSliceAddress(address: string, type: string, path: string): FieldError[] {
  if (type === "FQDN") return validateDomainName(address, path);
  if (type !== "IPv4" && type !== "IPv6") return [];
  const isOfType = ipAddress(address).length === 0 && address.includes(":") === (type === "IPv6");
  const errors = isOfType ? [] : [invalid(path, address, `must be a valid ${type} address`)];
  return [...errors, ...validateNonSpecialIP(address, path)];
}

/** IsFullyQualifiedDomainName of apimachinery pkg/util/validation/validation.go. */
function validateDomainName(given: string, path: string): FieldError[] {
  if (given === "") return [required(path)];
  const name = given.replace(/\.$/, "");
  const wrong = dns1123Subdomain(name);
  if (wrong.length > 0) return [invalid(path, name, wrong.join(","))];
  if (!name.includes(".")) {
    const detail = "should be a domain with at least two segments separated by dots";
    return [invalid(path, name, detail)];
  }
  const long = name.split(".").find((label) => dns1123Label(label).length > 0);
  return long === undefined ? [] : [invalid(path, long, dns1123Label(long).join(","))];
}

function validateHints(zones: readonly { readonly name?: string }[], path: string): FieldError[] {
  if (zones.length > ZONES_MAX) return [tooMany(path, zones.length, ZONES_MAX)];
  return zones.flatMap(({ name = "" }, i) => {
    const at = `${path}[${i}].name`;
    const errors = invalidEach(at, name, labelValue(name));
    if (zones.slice(0, i).some((zone) => zone.name === name)) errors.push(duplicate(at, name));
    return errors;
  });
}

function validateSlicePorts(ports: EndpointSlice["ports"]): FieldError[] {
  if (ports.length > PORTS_MAX) return [tooMany("ports", ports.length, PORTS_MAX)];
  const names = new Set<string>();
  return ports.flatMap(({ name = "", port, protocol = "", appProtocol }, i) => {
    const path = `ports[${i}]`;
    const errors = name === "" ? [] : invalidEach(`${path}.name`, name, dns1123Label(name));
    if (names.has(name)) errors.push(duplicate(`${path}.name`, name));
    names.add(name);
    if (port !== undefined) errors.push(...invalidEach(`${path}.port`, port, portNumber(port)));
    if (!PROTOCOLS.includes(protocol)) {
      errors.push(notSupported(`${path}.protocol`, protocol, PROTOCOLS));
    }
    if (appProtocol === undefined) return errors;
    const wrong = qualifiedName(appProtocol);
    return [...errors, ...invalidEach(`${path}.appProtocol`, appProtocol, wrong)];
  });
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
