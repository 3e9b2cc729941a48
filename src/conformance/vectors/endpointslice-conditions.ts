import type { Node, Pod, Service } from "../../simulator/api/types.ts";
import {
  CONTROLLER_NAME,
  newEndpointSlice,
  podToEndpoint,
} from "../../simulator/controllers/endpoint-slice/endpoints.ts";
import { podOf } from "./objects.ts";
import { same, unknownFunction, type Verdict } from "./verdict.ts";

interface Case {
  readonly function: string;
  readonly input: {
    readonly serviceName: string;
    readonly podReady?: boolean;
    readonly podTerminating?: boolean;
    readonly publishNotReadyAddresses?: boolean;
    readonly podIPs?: readonly string[];
    readonly node?: {
      readonly name: string;
      readonly labels: Readonly<Record<string, string>>;
    } | null;
    readonly nodeName?: string;
    readonly hostname?: string | null;
    readonly subdomain?: string | null;
    readonly serviceLabels?: Readonly<Record<string, string>>;
    readonly serviceAnnotations?: Readonly<Record<string, string>>;
    readonly headless?: boolean;
  };
  readonly expected: object;
}

export function run(given: unknown): Verdict {
  const { function: name, input, expected } = given as Case;
  const service = serviceOf(input);
  if (name === "podToEndpoint") {
    const endpoint = podToEndpoint(readPod(input), service, readNode(input));
    return same(
      {
        addresses: endpoint.addresses,
        ...endpoint.conditions,
        nodeName: endpoint.nodeName ?? null,
        zone: endpoint.zone ?? null,
        hostname: endpoint.hostname ?? null,
      },
      expected,
    );
  }
  if (name === "newEndpointSlice") {
    const { metadata, endpoints } = newEndpointSlice(service, [], []);
    const labels = Object.fromEntries(
      Object.entries(metadata.labels ?? {}).map(([key, value]) => [
        key,
        value === CONTROLLER_NAME ? "<controller name>" : value,
      ]),
    );
    return same({ labels, generateName: metadata.generateName, endpoints }, expected);
  }
  return unknownFunction(name);
}

function serviceOf(input: Case["input"]): Service {
  const { serviceName, serviceLabels = {}, serviceAnnotations = {}, headless = false } = input;
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: serviceName,
      namespace: "default",
      uid: "uid-of-service",
      resourceVersion: "1",
      creationTimestamp: null,
      labels: serviceLabels,
      annotations: serviceAnnotations,
    },
    spec: {
      clusterIP: headless ? "None" : "10.0.0.1",
      publishNotReadyAddresses: input.publishNotReadyAddresses ?? false,
    },
  };
}

function readPod(input: Case["input"]): Pod {
  const pod = podOf({
    name: "pod1",
    phase: "Running",
    ready: input.podReady,
    node: input.nodeName,
  });
  const { hostname, subdomain, podIPs = [] } = input;
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      ...(input.podTerminating === true ? { deletionTimestamp: "2026-01-01T00:00:00Z" } : {}),
    },
    spec: { ...pod.spec, ...(hostname ? { hostname } : {}), ...(subdomain ? { subdomain } : {}) },
    status: { ...pod.status, podIPs: podIPs.map((ip) => ({ ip })) },
  };
}

function readNode({ node }: Case["input"]): Node | undefined {
  if (!node) return undefined;
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: { ...node, uid: "uid-of-node", resourceVersion: "1", creationTimestamp: null },
    spec: {},
    status: {},
  };
}
