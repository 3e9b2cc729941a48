/* Services, Endpoints, EndpointSlices and Ingresses (describe.go). */
import type { Endpoints, EndpointSlice, Ingress, Service } from "../../simulator/index.ts";
import { labelsText, listWithMore, NONE, UNSET } from "../print/cells.ts";
import { listOf, type Describe, type Surroundings } from "./describer.ts";
import { annotationLines, labelLines, type Lines } from "./lines.ts";

type Detailed = Service & {
  readonly spec: {
    readonly ipFamilyPolicy?: string;
    readonly ipFamilies?: readonly string[];
    readonly clusterIPs?: readonly string[];
    readonly externalIPs?: readonly string[];
    readonly externalName?: string;
    readonly sessionAffinity?: string;
    readonly externalTrafficPolicy?: string;
    readonly internalTrafficPolicy?: string;
  };
  readonly status?: {
    readonly loadBalancer?: {
      readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[];
    };
  };
};

/** Endpoints shown before "more". */
const ENDPOINTS_SHOWN = 3;

export const describeService: Describe<Service> = (out, service, surroundings) => {
  const { metadata, spec, status } = service as Detailed;
  out.add(0, `Name:\t${metadata.name}`);
  out.add(0, `Namespace:\t${metadata.namespace ?? ""}`);
  labelLines(out, "Labels", metadata.labels);
  annotationLines(out, "Annotations", metadata.annotations);
  out.add(0, `Selector:\t${labelsText(spec.selector)}`);
  out.add(0, `Type:\t${spec.type ?? ""}`);
  if (spec.ipFamilyPolicy !== undefined) out.add(0, `IP Family Policy:\t${spec.ipFamilyPolicy}`);
  if ((spec.ipFamilies ?? []).length > 0) out.add(0, `IP Families:\t${spec.ipFamilies!.join(",")}`);
  else out.add(0, `IP Families:\t${NONE}`);
  out.add(0, `IP:\t${spec.clusterIP ?? ""}`);
  out.add(0, `IPs:\t${(spec.clusterIPs ?? []).join(",") || NONE}`);
  if ((spec.externalIPs ?? []).length > 0)
    out.add(0, `External IPs:\t${spec.externalIPs!.join(",")}`);
  if (spec.externalName) out.add(0, `External Name:\t${spec.externalName}`);
  const ingress = status?.loadBalancer?.ingress ?? [];
  if (ingress.length > 0) {
    const list = ingress.map(({ ip, hostname }) => ip ?? hostname ?? "");
    out.add(0, `LoadBalancer Ingress:\t${list.join(", ")}`);
  }
  portLines(out, service, slicesOf(surroundings, metadata.namespace ?? "", metadata.name));
  out.add(0, `Session Affinity:\t${spec.sessionAffinity ?? ""}`);
  if (spec.externalTrafficPolicy) {
    out.add(0, `External Traffic Policy:\t${spec.externalTrafficPolicy}`);
  }
  if (spec.internalTrafficPolicy) {
    out.add(0, `Internal Traffic Policy:\t${spec.internalTrafficPolicy}`);
  }
};

function slicesOf(surroundings: Surroundings, namespace: string, service: string) {
  const labelSelector = `kubernetes.io/service-name=${service}`;
  return listOf(surroundings, "endpointslices", namespace, { labelSelector });
}

function portLines(out: Lines, { spec }: Service, slices: readonly EndpointSlice[]): void {
  for (const { name, port, protocol = "TCP", targetPort, nodePort } of spec.ports ?? []) {
    const called = name || UNSET;
    out.add(0, `Port:\t${called}\t${port}/${protocol}`);
    out.add(0, `TargetPort:\t${targetPort ?? port}/${protocol}`);
    if (nodePort) out.add(0, `NodePort:\t${called}\t${nodePort}/${protocol}`);
    out.add(0, `Endpoints:\t${endpointsText(slices, name ?? "")}`);
  }
}

function endpointsText(slices: readonly EndpointSlice[], portName: string): string {
  const list = slices.flatMap(({ endpoints, ports }) =>
    (ports ?? [])
      .filter(({ name = "" }) => name === portName)
      .flatMap(({ port }) =>
        (endpoints ?? [])
          .filter(({ conditions }) => conditions?.ready !== false)
          .flatMap(({ addresses }) => addresses.map((address) => `${address}:${port ?? 0}`)),
      ),
  );
  return listWithMore(list, ENDPOINTS_SHOWN, "");
}

export const describeEndpointSlice: Describe<EndpointSlice> = (out, slice) => {
  const { metadata, addressType, ports, endpoints } = slice;
  out.add(0, `Name:\t${metadata.name}`);
  out.add(0, `Namespace:\t${metadata.namespace ?? ""}`);
  labelLines(out, "Labels", metadata.labels);
  annotationLines(out, "Annotations", metadata.annotations);
  out.add(0, `AddressType:\t${addressType}`);
  if ((ports ?? []).length === 0) out.add(0, `Ports: ${UNSET}`);
  else {
    out.add(0, "Ports:");
    out.add(1, "Name\tPort\tProtocol");
    out.add(1, "----\t----\t--------");
    for (const { name, port, protocol } of ports!) {
      out.add(1, `${name || UNSET}\t${port ?? UNSET}\t${protocol ?? ""}`);
    }
  }
  if ((endpoints ?? []).length === 0) {
    out.add(0, `Endpoints: ${NONE}`);
    return;
  }
  out.add(0, "Endpoints:");
  for (const endpoint of endpoints!) {
    const { addresses, conditions, nodeName, targetRef } = endpoint;
    out.add(1, `- Addresses:\t${addresses.join(",")}`);
    out.add(2, "Conditions:");
    out.add(3, `Ready:\t${conditions?.ready ?? UNSET}`);
    out.add(2, `Hostname:\t${(endpoint as { hostname?: string }).hostname ?? UNSET}`);
    if (targetRef !== undefined) out.add(2, `TargetRef:\t${targetRef.kind}/${targetRef.name}`);
    out.add(2, `NodeName:\t${nodeName ?? UNSET}`);
    out.add(2, `Zone:\t${(endpoint as { zone?: string }).zone ?? UNSET}`);
  }
};

export const describeEndpoints: Describe<Endpoints> = (out, { metadata, subsets = [] }) => {
  out.add(0, `Name:\t${metadata.name}`);
  out.add(0, `Namespace:\t${metadata.namespace ?? ""}`);
  labelLines(out, "Labels", metadata.labels);
  annotationLines(out, "Annotations", metadata.annotations);
  out.add(0, "Subsets:");
  for (const { addresses = [], notReadyAddresses = [], ports = [] } of subsets) {
    out.add(1, `Addresses:\t${addresses.map(({ ip }) => ip).join(",") || NONE}`);
    out.add(1, `NotReadyAddresses:\t${notReadyAddresses.map(({ ip }) => ip).join(",") || NONE}`);
    if (ports.length > 0) {
      out.add(1, "Ports:");
      out.add(2, "Name\tPort\tProtocol");
      out.add(2, "----\t----\t--------");
      for (const { name, port, protocol = "" } of ports) {
        out.add(2, `${name || UNSET}\t${port}\t${protocol}`);
      }
    }
    out.add(0, "");
  }
};

interface Backend {
  readonly service?: {
    readonly name: string;
    readonly port?: { readonly number?: number; readonly name?: string };
  };
}

type DetailedIngress = Ingress & {
  readonly spec: {
    readonly ingressClassName?: string;
    readonly defaultBackend?: Backend;
    readonly tls?: readonly { readonly secretName?: string; readonly hosts?: readonly string[] }[];
    readonly rules?: readonly {
      readonly host?: string;
      readonly http?: {
        readonly paths: readonly { readonly path?: string; readonly backend: Backend }[];
      };
    }[];
  };
  readonly status?: {
    readonly loadBalancer?: { readonly ingress?: readonly { readonly ip?: string }[] };
  };
};

export const describeIngress: Describe<Ingress> = (out, ingress, surroundings) => {
  const { metadata, spec, status } = ingress as unknown as DetailedIngress;
  const backendOf = (backend: Backend) =>
    backendText(backend, metadata.namespace ?? "", surroundings);
  out.add(0, `Name:\t${metadata.name}`);
  labelLines(out, "Labels", metadata.labels);
  out.add(0, `Namespace:\t${metadata.namespace ?? ""}`);
  const addresses = (status?.loadBalancer?.ingress ?? []).map(({ ip }) => ip ?? "");
  out.add(0, `Address:\t${addresses.join(",")}`);
  out.add(0, `Ingress Class:\t${spec.ingressClassName ?? NONE}`);
  out.add(
    0,
    `Default backend:\t${spec.defaultBackend === undefined ? "<default>" : backendOf(spec.defaultBackend)}`,
  );
  if ((spec.tls ?? []).length > 0) {
    out.add(0, "TLS:");
    for (const { secretName = "", hosts = [] } of spec.tls!) {
      out.add(1, `${secretName} terminates ${hosts.join(",")}`);
    }
  }
  out.add(0, "Rules:");
  out.add(1, "Host\tPath\tBackends");
  out.add(1, "----\t----\t--------");
  for (const { host, http } of spec.rules ?? []) {
    out.add(1, `${host || "*"}\t`);
    for (const { path = "", backend } of http?.paths ?? []) {
      out.add(2, `\t${path} \t${backendOf(backend)}`);
    }
  }
  annotationLines(out, "Annotations", metadata.annotations);
};

/** `web:80 (10.244.1.7:8080)`: a Service's port with its endpoints, or why it has none (describeBackendV1). */
function backendText({ service }: Backend, namespace: string, surroundings: Surroundings): string {
  if (service === undefined) return NONE;
  const { number, name } = service.port ?? {};
  const text = `${service.name}:${number ?? name ?? ""}`;
  const found = listOf(surroundings, "services", namespace, {
    fieldSelector: `metadata.name=${service.name}`,
  })[0];
  if (found === undefined) return `${text} (<error: services "${service.name}" not found>)`;
  const port = found.spec.ports?.find((one) =>
    number === undefined ? one.name === name : one.port === number,
  );
  const slices = slicesOf(surroundings, namespace, service.name);
  return `${text} (${endpointsText(slices, port?.name ?? "")})`;
}
