import { isSidecar } from "../api/containers.ts";
import type { Container, Pod } from "../api/types.ts";
import type { DeclaredPorts } from "../runtime/contract.ts";

/**
 * What the containers that last have of TCP ports: that one, and the others. A container has those that it declares, and those that its own probes
 * ask by number and nobody else declares: a declaration informs only, and sidecars often leave it out (cloud-sql-proxy's health port).
 */
export function declaredPorts({ spec }: Pod, name: string): DeclaredPorts {
  const lasting = [...spec.containers, ...(spec.initContainers ?? []).filter(isSidecar)];
  const portsOf = (container: Container) => {
    const elsewhere = lasting.filter((other) => other !== container).flatMap(declared);
    const asked = askedByProbes(container).filter((port) => !elsewhere.includes(port));
    return [...new Set([...declared(container), ...asked])];
  };
  return {
    own: lasting.filter((container) => container.name === name).flatMap(portsOf),
    others: lasting.filter((container) => container.name !== name).flatMap(portsOf),
  };
}

function declared({ ports = [] }: Container): number[] {
  return ports.flatMap(({ containerPort, protocol = "TCP" }) =>
    protocol === "TCP" ? [containerPort] : [],
  );
}

/** Ports of the pod itself, not of another host. */
function askedByProbes({ startupProbe, readinessProbe, livenessProbe }: Container): number[] {
  return [startupProbe, readinessProbe, livenessProbe].flatMap((probe) => {
    const { httpGet, tcpSocket, grpc } = probe ?? {};
    return [httpGet, tcpSocket, grpc].flatMap((asked) =>
      asked === undefined || ("host" in asked && asked.host) || typeof asked.port !== "number"
        ? []
        : [asked.port],
    );
  });
}
