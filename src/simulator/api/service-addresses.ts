/*
 * Addresses and node ports of Services (registry/core/service/storage/alloc.go and storage.go).
 * Simplified: one address family, IPv4; no port for health checks.
 */
import type { RandomStream } from "../kernel/random.ts";
import { isExternallyAccessible } from "./defaults/service.ts";
import { goStringList } from "./schema/go-text.ts";
import { deepEqual } from "./deep-equal.ts";
import type { FieldError } from "./status-error.ts";
import type { Mutable, Service, ServicePort } from "./types.ts";
import { invalid } from "./validation/field-errors.ts";

type Spec = Service["spec"];

/** `--service-cluster-ip-range=10.96.0.0/12`, as kubeadm has it. */
const RANGE_START = [10, 96];
const RANGE_SIZE = 1_048_576;
const RANGE = "10.96.0.0/12";
const IN_RANGE = /^10\.(9[6-9]|10[0-9]|11[01])\./;
/** The first addresses are kept for those who ask for one by number (ipallocator calculateRangeOffset). */
const RESERVED = 256;

const NODE_PORT_MIN = 30000;
const NODE_PORT_MAX = 32767;

const needsClusterIP = ({ type }: Spec) => type !== "ExternalName";

const needsNodePort = ({ type, allocateLoadBalancerNodePorts }: Spec) =>
  type === "NodePort" || (type === "LoadBalancer" && allocateLoadBalancerNodePorts !== false);

/**
 * Why the allocators cannot give a new Service what it asks for: the first reason, as upstream ends there (allocIPs, initNodePorts). They are
 * asked before the object is validated.
 */
export function refusedAllocation(spec: Spec, others: readonly Service[]): FieldError[] {
  const refused = refusedAddress(spec, others);
  if (refused.length > 0) return refused;
  // Two ports of one number, one for each protocol, share their node port.
  const given = new Map<number, number>();
  return refusedNodePorts(spec, others, ({ port, nodePort = 0 }) => {
    if (given.get(port) === nodePort) return false;
    if (!given.has(port)) given.set(port, nodePort);
    return true;
  });
}

function refusedAddress(spec: Spec, others: readonly Service[]): FieldError[] {
  const [address, ...more] = spec.clusterIPs ?? (spec.clusterIP ? [spec.clusterIP] : []);
  if (needsClusterIP(spec) && address !== undefined && address !== "None") {
    const taken = others.some((other) => other.spec.clusterIP === address);
    const reason = !IN_RANGE.test(address)
      ? `the provided IP (${address}) is not in the valid range. The range of valid IPs is ${RANGE}`
      : taken && "provided IP is already allocated";
    const detail = `failed to allocate IP ${address}: ${reason}`;
    const value = { go: goStringList([address, ...more]) };
    if (reason !== false) return [invalid("spec.clusterIPs", value, detail)];
  }
  return [];
}

/** The same of a changed Service: an address that it has, and its former node ports, are its own (updateClusterIPs, updateNodePorts). */
export function refusedReallocation(
  spec: Spec,
  old: Spec,
  others: readonly Service[],
): FieldError[] {
  const refused = needsClusterIP(old) ? [] : refusedAddress(spec, others);
  if (refused.length > 0) return refused;
  const own = new Set(nodePortsOf(old));
  return refusedNodePorts(spec, others, ({ nodePort = 0 }) => {
    if (own.has(nodePort)) return false;
    own.add(nodePort);
    return true;
  });
}

/** Node ports that are asked for, as `asks` tells, and cannot be had. */
function refusedNodePorts(
  spec: Spec,
  others: readonly Service[],
  asks: (port: ServicePort) => boolean,
): FieldError[] {
  if (!hasNodePorts(spec)) return [];
  const taken = new Set(others.flatMap((other) => nodePortsOf(other.spec)));
  for (const [i, port] of (spec.ports ?? []).entries()) {
    const { nodePort } = port;
    if (!nodePort || !asks(port)) continue;
    const reason =
      nodePort < NODE_PORT_MIN || nodePort > NODE_PORT_MAX
        ? `provided port is not in the valid range. The range of valid ports is ${NODE_PORT_MIN}-${NODE_PORT_MAX}`
        : taken.has(nodePort) && "provided port is already allocated";
    if (reason !== false) return [invalid(`spec.ports[${i}].nodePort`, nodePort, reason)];
    taken.add(nodePort);
  }
  return [];
}

/** A new Service with an address and node ports that no other has (Allocators.allocateCreate). */
export function allocate(
  service: Service,
  others: readonly Service[],
  random: RandomStream,
): Service {
  const taken = new Set(others.map(({ spec }) => spec.clusterIP ?? ""));
  const ports = new Set(others.flatMap(({ spec }) => nodePortsOf(spec)));
  return withNodePorts(withAddress(service, taken, random), ports, random);
}

/** A changed Service keeps what it was given (patchAllocatedValues, normalizeClusterIPs). */
export function keepAllocated(changed: Service, old: Service): Service {
  const service = withoutDependents(changed, old);
  if (!needsClusterIP(service.spec)) return withoutAddress(service, old);
  if (!needsClusterIP(old.spec)) return service;
  const { ipFamilies, ipFamilyPolicy } = old.spec;
  const clusterIP = service.spec.clusterIP || old.spec.clusterIP;
  // Whoever changes the one alone means both (normalizeClusterIPs).
  const given = service.spec.clusterIPs ?? old.spec.clusterIPs;
  const isLeft = clusterIP !== old.spec.clusterIP && deepEqual(given, old.spec.clusterIPs);
  const clusterIPs = isLeft && clusterIP !== undefined ? [clusterIP] : given;
  const spec = { ipFamilies, ipFamilyPolicy, ...service.spec, clusterIP, clusterIPs };
  const ports = spec.ports?.map((port) => withFormerNodePort(spec, port, old.spec));
  return { ...service, spec: { ...spec, ...(ports === undefined ? {} : { ports }) } };
}

/** Such a Service with what its new type needs besides (allocateUpdate). */
export function allocateAgain(
  service: Service,
  old: Service,
  others: readonly Service[],
  random: RandomStream,
): Service {
  if (!needsClusterIP(service.spec)) return service;
  if (!needsClusterIP(old.spec)) return allocate(service, others, random);
  const taken = new Set(others.flatMap((other) => nodePortsOf(other.spec)));
  return withNodePorts(service, taken, random);
}

/** A port's former node port is found by the port's name, of those that are not in use any more. */
function withFormerNodePort(spec: Spec, port: ServicePort, old: Spec): ServicePort {
  if (port.nodePort || !needsNodePort(spec) || !needsNodePort(old)) return port;
  const former = old.ports?.findLast(({ name = "" }) => name === (port.name ?? ""))?.nodePort;
  return former && !nodePortsOf(spec).includes(former) ? { ...port, nodePort: former } : port;
}

/** What the new type has no use for goes, unless the change asks for another value: that is refused then (strategy.go dropTypeDependentFields). */
function withoutDependents(service: Service, old: Service): Service {
  const spec: Mutable<Spec> = { ...service.spec };
  const drop = (name: keyof Spec, isOver: boolean) => {
    if (isOver && spec[name] === old.spec[name]) delete spec[name];
  };
  const had = new Set(nodePortsOf(old.spec));
  if (hasNodePorts(old.spec) && !hasNodePorts(spec) && nodePortsOf(spec).every((p) => had.has(p))) {
    const ports = spec.ports?.map(({ nodePort: _, ...port }) => port);
    if (ports !== undefined) spec.ports = ports;
  }
  const isOffBalancer = old.spec.type === "LoadBalancer" && spec.type !== "LoadBalancer";
  drop("healthCheckNodePort", checksHealth(old.spec) && !checksHealth(spec));
  drop("allocateLoadBalancerNodePorts", isOffBalancer);
  drop("loadBalancerClass", isOffBalancer);
  drop("externalTrafficPolicy", isExternallyAccessible(old.spec) && !isExternallyAccessible(spec));
  return { ...service, spec };
}

const hasNodePorts = ({ type }: Spec) => type === "NodePort" || type === "LoadBalancer";

const checksHealth = ({ type, externalTrafficPolicy }: Spec) =>
  type === "LoadBalancer" && externalTrafficPolicy === "Local";

/** One that becomes an ExternalName gives its address back, unless the change asks for another (dropTypeDependentFields). */
function withoutAddress(service: Service, old: Service): Service {
  if (!old.spec.clusterIP || service.spec.clusterIP !== old.spec.clusterIP) return service;
  const { clusterIP: _ip, clusterIPs: _ips, ipFamilies: _families, ...rest } = service.spec;
  const { ipFamilyPolicy: _policy, ...spec } = rest;
  return { ...service, spec };
}

function withAddress(service: Service, taken: ReadonlySet<string>, random: RandomStream): Service {
  const { spec } = service;
  if (!needsClusterIP(spec)) return service;
  const given = spec.clusterIP || spec.clusterIPs?.[0];
  const clusterIP = given || freeAddress(taken, random);
  const families = { ipFamilies: ["IPv4"], ipFamilyPolicy: "SingleStack" };
  return { ...service, spec: { ...families, ...spec, clusterIP, clusterIPs: [clusterIP] } };
}

function freeAddress(taken: ReadonlySet<string>, random: RandomStream): string {
  for (;;) {
    const offset = random.integer(RESERVED + 1, RANGE_SIZE - 2);
    const [first, second] = RANGE_START as [number, number];
    const address = [first, second + (offset >> 16), (offset >> 8) & 255, offset & 255].join(".");
    if (!taken.has(address)) return address;
  }
}

function withNodePorts(
  service: Service,
  others: ReadonlySet<number>,
  random: RandomStream,
): Service {
  const { spec } = service;
  if (!needsNodePort(spec) || spec.ports === undefined) return service;
  const taken = new Set([...others, ...nodePortsOf(spec)]);
  const ports = spec.ports.map((port) => {
    if (port.nodePort || taken.size > NODE_PORT_MAX - NODE_PORT_MIN) return port;
    let nodePort = random.integer(NODE_PORT_MIN, NODE_PORT_MAX);
    while (taken.has(nodePort)) nodePort = random.integer(NODE_PORT_MIN, NODE_PORT_MAX);
    taken.add(nodePort);
    return { ...port, nodePort };
  });
  return { ...service, spec: { ...spec, ports } };
}

function nodePortsOf({ ports = [] }: Spec): number[] {
  return ports.flatMap(({ nodePort }) => (nodePort ? [nodePort] : []));
}
