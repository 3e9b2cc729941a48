import {
  categorizeEndpoints,
  type ProxyEndpoint,
} from "../../simulator/network/categorize-endpoints.ts";

interface VectorEndpoint {
  readonly address: string;
  readonly hints: readonly string[] | null;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly local: boolean;
}

interface VectorCase {
  readonly name: string;
  readonly input: {
    readonly hintsEnabled: boolean;
    readonly nodeZone: string | null;
    readonly service: {
      readonly internalPolicyLocal: boolean;
      readonly externalPolicyLocal: boolean;
      readonly nodePort: number;
      readonly hintsAnnotation: string;
    };
    readonly endpoints: readonly VectorEndpoint[] | null;
  };
  readonly expected: {
    readonly clusterEndpoints: readonly string[] | null;
    readonly localEndpoints: readonly string[] | null;
    readonly allEndpoints: readonly string[] | null;
    readonly hasAnyEndpoints: boolean;
  };
  /** False when the case is about a feature gate that can no longer be off. */
  readonly currentBehaviour: boolean;
}

interface AddressedEndpoint extends ProxyEndpoint {
  readonly address: string;
}

/** Holds one case of upstream's TestCategorizeEndpoints against the endpoints that this kube-proxy would choose. */
export function run(given: unknown): { pass: boolean; message: string } {
  const { input, expected, currentBehaviour } = given as VectorCase;
  if (currentBehaviour === false) {
    return { pass: true, message: "not run: behaviour of a release before 1.28" };
  }
  const { service } = input;
  const { cluster, local, all, hasAny } = categorizeEndpoints(
    (input.endpoints ?? []).map(readEndpoint),
    {
      internalPolicyLocal: service.internalPolicyLocal,
      externalPolicyLocal: service.externalPolicyLocal,
      externallyAccessible: service.nodePort !== 0,
      topologyHints: input.hintsEnabled && /^[aA]uto$/.test(service.hintsAnnotation),
    },
    input.nodeZone ?? undefined,
  );
  const got = {
    clusterEndpoints: addresses(cluster),
    localEndpoints: addresses(local),
    allEndpoints: addresses(all),
    hasAnyEndpoints: hasAny,
  };
  const wanted = {
    clusterEndpoints: sorted(expected.clusterEndpoints),
    localEndpoints: sorted(expected.localEndpoints),
    allEndpoints: sorted(
      expected.allEndpoints ?? expected.clusterEndpoints ?? expected.localEndpoints ?? [],
    ),
    hasAnyEndpoints: expected.hasAnyEndpoints,
  };
  const [left, right] = [JSON.stringify(got), JSON.stringify(wanted)];
  return left === right
    ? { pass: true, message: "" }
    : { pass: false, message: `got ${left}, wanted ${right}` };
}

function readEndpoint(endpoint: VectorEndpoint): AddressedEndpoint {
  const { address, hints, ready, serving, terminating, local } = endpoint;
  return {
    address,
    ready,
    serving,
    terminating,
    local,
    ...(hints === null ? {} : { zoneHints: hints }),
  };
}

function addresses(endpoints: readonly AddressedEndpoint[] | undefined): string[] | null {
  return endpoints === undefined ? null : endpoints.map(({ address }) => address).sort();
}

function sorted(list: readonly string[] | null): string[] | null {
  return list === null ? null : [...list].sort();
}
