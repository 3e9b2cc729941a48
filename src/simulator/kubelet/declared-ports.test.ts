import { expect, it } from "vitest";
import type { Container, Pod } from "../api/types.ts";
import { declaredPorts } from "./declared-ports.ts";

const app: Container = { name: "app", image: "app:1", ports: [{ containerPort: 8080 }] };
const probe = (port: number, host?: string) => ({
  httpGet: { port, path: "/", ...(host === undefined ? {} : { host }) },
});

/** Ports of the second container. */
function portsOf(second: Partial<Container>): readonly number[] {
  const sidecar = { name: "sidecar", image: "proxy:1", ...second };
  return declaredPorts({ spec: { containers: [app, sidecar] } } as unknown as Pod, "sidecar").own;
}

it.each<[string, Partial<Container>, number[]]>([
  ["what it declares", { ports: [{ containerPort: 9000 }] }, [9000]],
  ["nothing of UDP", { ports: [{ containerPort: 53, protocol: "UDP" }] }, []],
  ["what its own probe asks", { startupProbe: probe(9801) }, [9801]],
  ["both, each once", { ports: [{ containerPort: 9 }], livenessProbe: probe(9) }, [9]],
  ["not what another one declares", { readinessProbe: probe(8080) }, []],
  ["not what is asked of another host", { readinessProbe: probe(9801, "db.example") }, []],
])("a container has %s", (_, container, ports) => expect(portsOf(container)).toEqual(ports));

it("and the others have the rest", () => {
  const sidecar = { name: "sidecar", image: "proxy:1", startupProbe: probe(9801) };
  const pod = {
    spec: { containers: [app], initContainers: [{ ...sidecar, restartPolicy: "Always" }] },
  };
  expect(declaredPorts(pod as unknown as Pod, "app")).toEqual({ own: [8080], others: [9801] });
});
