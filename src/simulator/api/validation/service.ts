/* Services: ValidateService in pkg/apis/core/validation/validation.go of Kubernetes 1.32. */
import { goQuote, goStringList } from "../schema/go-text.ts";
import { refusedAllocation, refusedReallocation } from "../service-addresses.ts";
import type { FieldError } from "../status-error.ts";
import type { Service, ServicePort } from "../types.ts";
import { oneOf, PROTOCOLS } from "./containers.ts";
import { validateNonSpecialIP } from "./endpoints.ts";
import {
  duplicate,
  forbidden,
  invalid,
  invalidEach,
  notSupported,
  required,
} from "./field-errors.ts";
import { validatePort } from "./handlers.ts";
import { validateLabels } from "./labels.ts";
import { validateObjectMeta, validateObjectMetaUpdate } from "./metadata.ts";
import {
  cidr,
  dns1035Label,
  dns1123Label,
  dns1123Subdomain,
  ipAddress,
  portNumber,
  qualifiedName,
} from "./names.ts";

type Spec = Service["spec"];

/** Longest session affinity: a day. */
const AFFINITY_SECONDS_MAX = 86400;

const isHeadless = ({ clusterIP, clusterIPs }: Spec) =>
  clusterIP === "None" || (clusterIPs?.length === 1 && clusterIPs[0] === "None");

/**
 * ValidateService, behind what the allocators refuse already (allocateCreate in alloc.go): the store begins a creation with them
 * (registry/generic/registry store.go create, BeginCreate).
 */
export function validateService(service: Service, others: readonly Service[] = []): FieldError[] {
  const spec = service.spec ?? {};
  const refused = firstOf([
    () => refusedAddressFields(spec),
    () => refusedAllocation(spec, others),
  ]);
  if (refused.length > 0) return refused;
  return [
    ...validateObjectMeta(service.metadata, true, dns1035Label),
    ...validateServiceSpec(spec),
  ];
}

/** What the allocators refuse of a changed Service, with which the store begins too (alloc.go allocateUpdate; BeginUpdate). */
export function refusedUpdate(spec: Spec, old: Spec, others: readonly Service[]): FieldError[] {
  return firstOf([() => refusedAddressFields(spec), () => refusedReallocation(spec, old, others)]);
}

/** initIPFamilyFields */
function refusedAddressFields(spec: Spec): FieldError[] {
  return firstOf([() => validateClusterIPs(spec), () => refuseFamilies(spec)]);
}

/** What the first says that says anything. */
function firstOf(checks: readonly (() => FieldError[])[]): FieldError[] {
  for (const check of checks) {
    const errors = check();
    if (errors.length > 0) return errors;
  }
  return [];
}

/** What a cluster of one address family, IPv4, cannot give (initIPFamilyFields); a headless Service without a selector may have both. */
function refuseFamilies(spec: Spec): FieldError[] {
  const isFree = isHeadless(spec) && Object.keys(spec.selector ?? {}).length === 0;
  if (spec.type === "ExternalName" || isFree) return [];
  const errors: FieldError[] = [];
  if (spec.ipFamilyPolicy === "RequireDualStack") {
    const detail = "this cluster is not configured for dual-stack services";
    errors.push(invalid("spec.ipFamilyPolicy", spec.ipFamilyPolicy, detail));
  }
  (spec.ipFamilies ?? []).forEach((family, i) => {
    if (family === "IPv4") return;
    errors.push(invalid(`spec.ipFamilies[${i}]`, family, "not configured on this cluster"));
  });
  return errors;
}

/** ValidateServiceUpdate; addresses that were given once stay. */
export function validateServiceUpdate(service: Service, old: Service): FieldError[] {
  const errors = validateObjectMetaUpdate(service.metadata, old.metadata);
  const given = service.spec.clusterIP;
  const before = old.spec.clusterIP;
  const external = [service.spec.type, old.spec.type].includes("ExternalName");
  if (!external && before && given !== before) {
    const value = { go: `[]string{${goQuote(given ?? "")}}` };
    errors.push(invalid("spec.clusterIPs[0]", value, "may not change once set"));
  }
  if (old.spec.type === "LoadBalancer" && service.spec.type === "LoadBalancer") {
    const value = service.spec.loadBalancerClass;
    if (value !== old.spec.loadBalancerClass) {
      errors.push(invalid("spec.loadBalancerClass", value ?? "null", "may not change once set"));
    }
  }
  errors.push(...validateObjectMeta(service.metadata, true, dns1035Label));
  return [...errors, ...validateServiceSpec(service.spec)];
}

function validateServiceSpec(spec: Spec): FieldError[] {
  const ports = spec.ports ?? [];
  const errors: FieldError[] = [];
  if (ports.length === 0 && !isHeadless(spec) && spec.type !== "ExternalName") {
    errors.push(required("spec.ports"));
  }
  errors.push(...validateType(spec));
  const names = new Set<string>();
  ports.forEach((port, i) =>
    errors.push(...validateServicePort(port, ports.length > 1, names, `spec.ports[${i}]`)),
  );
  errors.push(...validateLabels(spec.selector, "spec.selector"));
  errors.push(...oneOf(spec.sessionAffinity, "spec.sessionAffinity", ["ClientIP", "None"]));
  errors.push(...validateAffinity(spec));
  errors.push(...validateClusterIPs(spec));
  (spec.externalIPs ?? []).forEach((ip, i) =>
    errors.push(...validateExternalIP(ip, `spec.externalIPs[${i}]`)),
  );
  const types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
  errors.push(...oneOf(spec.type, "spec.type", types));
  errors.push(...validateUniquePorts(spec, ports));
  errors.push(...validateLoadBalancer(spec));
  errors.push(...validateTrafficPolicies(spec));
  return errors;
}

/** The kubelet's own port. */
const KUBELET_PORT = 10250;

function validateType(spec: Spec): FieldError[] {
  const { type, ports = [] } = spec;
  const errors: FieldError[] = [];
  if (type === "LoadBalancer") {
    ports.forEach(({ port }, i) => {
      if (port !== KUBELET_PORT) return;
      const detail = `may not expose port ${KUBELET_PORT} externally since it is used by kubelet`;
      errors.push(invalid(`spec.ports[${i}]`, port, detail));
    });
  }
  if ((type === "LoadBalancer" || type === "NodePort") && isHeadless(spec)) {
    const detail = `may not be set to 'None' for ${type} services`;
    errors.push(invalid("spec.clusterIPs[0]", "None", detail));
  }
  if (type !== "ExternalName") return errors;
  const detail = "may not be set for ExternalName services";
  if (spec.clusterIP || (spec.clusterIPs ?? []).length > 0) {
    errors.push(forbidden("spec.clusterIPs", detail));
  }
  if ((spec.ipFamilies ?? []).length > 0) errors.push(forbidden("spec.ipFamilies", detail));
  if (spec.ipFamilyPolicy !== undefined) errors.push(forbidden("spec.ipFamilyPolicy", detail));
  const name = (spec.externalName ?? "").replace(/\.$/, "");
  if (name === "") errors.push(required("spec.externalName"));
  else errors.push(...invalidEach("spec.externalName", name, dns1123Subdomain(name)));
  return errors;
}

function validateServicePort(
  { name, port, protocol, targetPort, appProtocol }: ServicePort,
  nameNeeded: boolean,
  names: Set<string>,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  if (name) {
    errors.push(...invalidEach(`${path}.name`, name, dns1123Label(name)));
    if (names.has(name)) errors.push(duplicate(`${path}.name`, name));
    names.add(name);
  } else if (nameNeeded) {
    errors.push(required(`${path}.name`));
  }
  errors.push(...invalidEach(`${path}.port`, port ?? 0, portNumber(port ?? 0)));
  errors.push(...oneOf(protocol, `${path}.protocol`, PROTOCOLS));
  errors.push(...validatePort(targetPort, `${path}.targetPort`));
  if (appProtocol !== undefined) {
    errors.push(...invalidEach(`${path}.appProtocol`, appProtocol, qualifiedName(appProtocol)));
  }
  return errors;
}

function validateAffinity({ sessionAffinity, sessionAffinityConfig }: Spec): FieldError[] {
  const path = "spec.sessionAffinityConfig";
  if (sessionAffinity === "None" && sessionAffinityConfig !== undefined) {
    return [forbidden(path, "must not be set when session affinity is None")];
  }
  if (sessionAffinity !== "ClientIP") return [];
  const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (seconds === undefined) return [required(path, "when session affinity type is ClientIP")];
  if (seconds > 0 && seconds <= AFFINITY_SECONDS_MAX) return [];
  const detail = `must be greater than 0 and less than ${AFFINITY_SECONDS_MAX}`;
  return [invalid(`${path}.clientIP.timeoutSeconds`, seconds, detail)];
}

/** ValidateServiceClusterIPsRelatedFields. Simplified: one address family. */
function validateClusterIPs({ type, clusterIP = "", clusterIPs, ...spec }: Spec): FieldError[] {
  if (type === "ExternalName") return [];
  const errors: FieldError[] = [];
  const list = { go: goStringList(clusterIPs) };
  const [first] = clusterIPs ?? [];
  if (first !== undefined && clusterIP === "") {
    errors.push(
      invalid("spec.clusterIPs", list, "must be empty when `clusterIP` is not specified"),
    );
  } else if (first !== undefined && first !== clusterIP) {
    errors.push(invalid("spec.clusterIPs", list, "first value must match `clusterIP`"));
  }
  const families = spec.ipFamilies ?? [];
  families.forEach((family, i) => {
    const at = `spec.ipFamilies[${i}]`;
    if (family !== "IPv4" && family !== "IPv6") {
      errors.push(notSupported(at, family, ["IPv4", "IPv6"]));
    }
    if (families.indexOf(family) < i) errors.push(duplicate(at, family));
  });
  const policies = ["PreferDualStack", "RequireDualStack", "SingleStack"];
  if (spec.ipFamilyPolicy !== undefined && !policies.includes(spec.ipFamilyPolicy)) {
    errors.push(notSupported("spec.ipFamilyPolicy", spec.ipFamilyPolicy, policies));
  }
  const addresses = clusterIPs ?? (clusterIP ? [clusterIP] : []);
  addresses.forEach((ip, i) => {
    if (ip === "None" && i === 0) {
      if (addresses.length === 1) return;
      errors.push(invalid("spec.clusterIPs", list, "'None' must be the first and only value"));
      return;
    }
    errors.push(...invalidEach(`spec.clusterIPs[${i}]`, ip, ipAddress(ip)));
  });
  if (addresses.length > 2) {
    errors.push(invalid("spec.clusterIPs", list, "may only hold up to 2 values"));
  }
  return errors;
}

function validateExternalIP(ip: string, path: string): FieldError[] {
  const wrong = ipAddress(ip);
  return wrong.length > 0 ? invalidEach(path, ip, wrong) : validateNonSpecialIP(ip, path);
}

function validateUniquePorts({ type }: Spec, ports: readonly ServicePort[]): FieldError[] {
  const errors: FieldError[] = [];
  const nodePorts = new Set<string>();
  const seen = new Set<string>();
  ports.forEach(({ nodePort }, i) => {
    if (type === "ClusterIP" && nodePort) {
      const detail = "may not be used when `type` is 'ClusterIP'";
      errors.push(forbidden(`spec.ports[${i}].nodePort`, detail));
    }
  });
  ports.forEach(({ protocol, nodePort }, i) => {
    if (!nodePort) return;
    const key = `${protocol}/${nodePort}`;
    if (nodePorts.has(key)) errors.push(duplicate(`spec.ports[${i}].nodePort`, nodePort));
    nodePorts.add(key);
  });
  ports.forEach(({ protocol = "", port }, i) => {
    const key = `${protocol}/${port}`;
    if (seen.has(key)) {
      const go = `core.ServicePort{Name:"", Protocol:${goQuote(protocol)}, AppProtocol:(*string)(nil), Port:${port}, TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:""}, NodePort:0}`;
      errors.push(duplicate(`spec.ports[${i}]`, { go }));
    }
    seen.add(key);
  });
  return errors;
}

function validateLoadBalancer(spec: Spec): FieldError[] {
  const errors: FieldError[] = [];
  const detail = "may only be used when `type` is 'LoadBalancer'";
  const ranges = spec.loadBalancerSourceRanges ?? [];
  if (spec.type !== "LoadBalancer" && ranges.length > 0) {
    errors.push(forbidden("spec.LoadBalancerSourceRanges", detail));
  }
  ranges.forEach((given, i) => {
    const range = given.trim();
    errors.push(...invalidEach(`spec.LoadBalancerSourceRanges[${i}]`, range, cidr(range)));
  });
  const { loadBalancerClass } = spec;
  if (spec.type === "LoadBalancer") {
    if (loadBalancerClass === undefined) return errors;
    const wrong = qualifiedName(loadBalancerClass);
    return [...errors, ...invalidEach("spec.loadBalancerClass", loadBalancerClass, wrong)];
  }
  if (spec.allocateLoadBalancerNodePorts !== undefined) {
    errors.push(forbidden("spec.allocateLoadBalancerNodePorts", detail));
  }
  if (loadBalancerClass !== undefined) {
    errors.push(forbidden("spec.loadBalancerClass", detail));
  }
  return errors;
}

function validateTrafficPolicies(spec: Spec): FieldError[] {
  const { type, externalTrafficPolicy, internalTrafficPolicy, trafficDistribution } = spec;
  const errors: FieldError[] = [];
  const policies = ["Cluster", "Local"];
  const external = type === "LoadBalancer" || type === "NodePort" || !!spec.externalIPs?.length;
  if (external) {
    errors.push(...oneOf(externalTrafficPolicy, "spec.externalTrafficPolicy", policies));
  } else if (externalTrafficPolicy) {
    const detail = "may only be set for externally-accessible services";
    errors.push(invalid("spec.externalTrafficPolicy", externalTrafficPolicy, detail));
  }
  if (spec.healthCheckNodePort && !(type === "LoadBalancer" && externalTrafficPolicy === "Local")) {
    const detail =
      "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
    errors.push(invalid("spec.healthCheckNodePort", spec.healthCheckNodePort, detail));
  }
  if (internalTrafficPolicy !== undefined && !policies.includes(internalTrafficPolicy)) {
    errors.push(notSupported("spec.internalTrafficPolicy", internalTrafficPolicy, policies));
  }
  if (trafficDistribution !== undefined && trafficDistribution !== "PreferClose") {
    errors.push(notSupported("spec.trafficDistribution", trafficDistribution, ["PreferClose"]));
  }
  return errors;
}
