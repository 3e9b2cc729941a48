import { isSidecar } from "../api/containers.ts";
import type { Container, Pod } from "../api/types.ts";
import type { DeclaredPorts } from "../runtime/contract.ts";

/** What the containers that last declare of TCP ports: that one, and the others. */
export function declaredPorts({ spec }: Pod, name: string): DeclaredPorts {
  const lasting = [...spec.containers, ...(spec.initContainers ?? []).filter(isSidecar)];
  const portsOf = (containers: readonly Container[]) =>
    containers.flatMap(({ ports = [] }) =>
      ports.flatMap(({ containerPort, protocol = "TCP" }) =>
        protocol === "TCP" ? [containerPort] : [],
      ),
    );
  return {
    own: portsOf(lasting.filter((container) => container.name === name)),
    others: portsOf(lasting.filter((container) => container.name !== name)),
  };
}
