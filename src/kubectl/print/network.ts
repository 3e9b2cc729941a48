/*
 * Rows of what leads traffic to pods (kubernetes pkg/printers/internalversion/printers.go printService, printEndpoints, printEndpointSlice,
 * printIngress; the Gateway API's kinds by the additionalPrinterColumns of their CustomResourceDefinitions).
 */
import type { Endpoints, EndpointSlice, KubernetesObject, Service } from "../../simulator/index.ts";
import { age, labelsText, listWithMore, NONE, UNKNOWN, UNSET } from "./cells.ts";
import { columns, wideColumns, type KindPrinter } from "./table.ts";

interface LoadBalancerStatus {
  readonly loadBalancer?: {
    readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[];
  };
}

/** An Ingress of networking.k8s.io/v1, as far as it is printed. */
export interface Ingress extends KubernetesObject {
  readonly spec: {
    readonly ingressClassName?: string;
    readonly rules?: readonly { readonly host?: string }[];
    readonly tls?: readonly object[];
  };
  readonly status?: LoadBalancerStatus;
}

/** A Gateway of gateway.networking.k8s.io/v1, as far as it is printed. */
export interface Gateway extends KubernetesObject {
  readonly spec: { readonly gatewayClassName: string };
  readonly status?: {
    readonly addresses?: readonly { readonly value?: string }[];
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

/** An HTTPRoute of gateway.networking.k8s.io/v1, as far as it is printed. */
export interface HTTPRoute extends KubernetesObject {
  readonly spec: { readonly hostnames?: readonly string[] };
}

export const servicePrinter: KindPrinter<Service> = {
  columns: [
    ...columns("Name", "Type", "Cluster-IP", "External-IP", "Port(s)", "Age"),
    ...wideColumns("Selector"),
  ],
  cells: (service, nowMs) => {
    const { metadata, spec } = service;
    const { ports = [] } = spec;
    return [
      metadata.name,
      spec.type ?? "",
      spec.clusterIPs?.[0] ?? NONE,
      externalIP(service),
      ports.map(portText).join(",") || NONE,
      age(service, nowMs),
      labelsText(spec.selector),
    ];
  },
};

function portText({ port, nodePort, protocol }: NonNullable<Service["spec"]["ports"]>[number]) {
  return `${nodePort ? `${port}:${nodePort}` : port}/${protocol ?? ""}`;
}

/** getServiceExternalIP */
function externalIP({ spec, status }: Service): string {
  const { type, externalIPs = [] } = spec;
  switch (type) {
    case "ClusterIP":
    case "NodePort":
      return externalIPs.join(",") || NONE;
    case "LoadBalancer": {
      const addresses = [...loadBalancerAddresses(status), ...externalIPs];
      return addresses.join(",") || "<pending>";
    }
    case "ExternalName":
      return spec.externalName ?? "";
    default:
      return UNKNOWN;
  }
}

/** Addresses of a load balancer, each once and in order (loadBalancerStatusStringer). */
function loadBalancerAddresses(status: LoadBalancerStatus = {}): string[] {
  const ingress = status.loadBalancer?.ingress ?? [];
  return [...new Set(ingress.map(({ ip, hostname }) => ip || hostname || ""))]
    .filter((address) => address !== "")
    .sort();
}

export const endpointSlicePrinter: KindPrinter<EndpointSlice> = {
  columns: columns("Name", "AddressType", "Ports", "Endpoints", "Age"),
  cells: (slice, nowMs) => {
    const ports = (slice.ports ?? []).map(({ port, name }) => String(port ?? name ?? "*"));
    const addresses = (slice.endpoints ?? []).flatMap((endpoint) => endpoint.addresses);
    return [
      slice.metadata.name,
      slice.addressType,
      listWithMore(ports, 3, UNSET),
      listWithMore(addresses, 3, UNSET),
      age(slice, nowMs),
    ];
  },
};

export const endpointsPrinter: KindPrinter<Endpoints> = {
  columns: columns("Name", "Endpoints", "Age"),
  cells: (endpoints, nowMs) => {
    const hosts = (endpoints.subsets ?? []).flatMap(({ addresses = [], ports = [] }) =>
      ports.length === 0
        ? addresses.map(({ ip }) => ip)
        : ports.flatMap(({ port }) => addresses.map(({ ip }) => `${ip}:${port}`)),
    );
    const empty = (endpoints.subsets ?? []).length === 0 ? NONE : "";
    return [endpoints.metadata.name, listWithMore(hosts, 3, empty), age(endpoints, nowMs)];
  },
};

export const ingressPrinter: KindPrinter<Ingress> = {
  columns: columns("Name", "Class", "Hosts", "Address", "Ports", "Age"),
  cells: (ingress, nowMs) => {
    const { metadata, spec, status } = ingress;
    return [
      metadata.name,
      spec.ingressClassName ?? NONE,
      hosts(spec.rules ?? []),
      loadBalancerAddresses(status).join(","),
      (spec.tls ?? []).length > 0 ? "80, 443" : "80",
      age(ingress, nowMs),
    ];
  },
};

/** The first three hosts, of which there are not more than rules; `*` when there is none (formatHosts). */
function hosts(rules: NonNullable<Ingress["spec"]["rules"]>): string {
  const list: string[] = [];
  for (const [i, { host }] of rules.entries()) {
    if (list.length === 3) return `${list.join(",")} + ${rules.length - 3} more...`;
    if (host) list.push(rules[i]!.host!);
  }
  return list.join(",") || "*";
}

export const gatewayPrinter: KindPrinter<Gateway> = {
  columns: columns("Name", "Class", "Address", "Programmed", "Age"),
  cells: (gateway, nowMs) => {
    const { metadata, spec, status } = gateway;
    const programmed = (status?.conditions ?? []).find(({ type }) => type === "Programmed");
    return [
      metadata.name,
      spec.gatewayClassName,
      (status?.addresses ?? []).map(({ value }) => value).join(","),
      programmed?.status ?? "",
      age(gateway, nowMs),
    ];
  },
};

export const httpRoutePrinter: KindPrinter<HTTPRoute> = {
  columns: columns("Name", "Hostnames", "Age"),
  cells: (route, nowMs) => [
    route.metadata.name,
    route.spec.hostnames === undefined ? "" : JSON.stringify(route.spec.hostnames),
    age(route, nowMs),
  ],
};
