import { describe, expect, it } from "vitest";
import { readInput } from "../input/read-input.ts";
import { roadTo } from "./road.ts";
import { unitsOf } from "./units.ts";

const deployment = (name: string, labels = `{ app: ${name} }`, namespace = "default") => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: ${labels} }
  template:
    metadata: { labels: ${labels} }
    spec: { containers: [{ name: a, image: a:1 }] }
`;
const service = (name: string, selector: string, rest = "ports: [{ port: 80 }]") => `---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: ${selector}, ${rest} }
`;
const ingress = (name: string) => `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name} }
spec: { rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${name}, port: { number: 80 } } } }] } }] }
`;

function objects(text: string) {
  const { objects: found, diagnostics } = readInput([{ name: "a.yaml", text }]);
  expect(diagnostics).toEqual([]);
  return found;
}

/** `workloads via Service`, or why none leads to them. */
function units(text: string, before = text): string[] {
  return unitsOf(objects(before), objects(text)).map(({ workloads, service, unreachable }) => {
    const names = workloads.map(({ name }) => name).join(" ");
    return `${names} via ${service?.after.name ?? unreachable}`;
  });
}

describe("which Service leads to a workload", () => {
  it.each([
    ["the one that selects its pods", deployment("a") + service("s", "{ app: a }"), ["a via s"]],
    [
      "none in another namespace",
      deployment("a", "{ app: a }", "b") + service("s", "{ app: a }"),
      ["a via no-service"],
    ],
    ["none without a selector", deployment("a") + service("s", "{}"), ["a via no-service"]],
    [
      "no headless one",
      deployment("a") + service("s", "{ app: a }", "clusterIP: None, ports: [{ port: 80 }]"),
      ["a via headless"],
    ],
    [
      "none that speaks UDP only",
      deployment("a") + service("s", "{ app: a }", "ports: [{ port: 53, protocol: UDP }]"),
      ["a via no-tcp-port"],
    ],
    [
      "the one behind an Ingress rather than another",
      deployment("a") + service("a", "{ app: a }") + service("s", "{ app: a }") + ingress("s"),
      ["a via s"],
    ],
    [
      "its own rather than one that leads to many",
      deployment("a", "{ app: a, t: x }") +
        deployment("b", "{ app: b, t: x }") +
        service("all", "{ t: x }") +
        service("s", "{ app: a }"),
      ["a via s", "b via all"],
    ],
    [
      "the same for a stable one and its canary: they are judged together",
      deployment("a", "{ app: a, track: stable }") +
        deployment("c", "{ app: a, track: canary }") +
        service("s", "{ app: a }"),
      ["a c via s"],
    ],
  ])("%s", (_, text, wanted) => expect(units(text)).toEqual(wanted));

  it("blue and green belong together when the update moves the selector", () => {
    const both = deployment("blue", "{ color: blue }") + deployment("green", "{ color: green }");
    const before = both + service("s", "{ color: blue }");
    expect(units(both + service("s", "{ color: green }"), before)).toEqual(["blue green via s"]);
  });
});

describe("where requests go", () => {
  const to = (rest: string) => {
    const found = objects(deployment("a") + service("s", "{ app: a }", rest));
    return roadTo(unitsOf(found, found)[0]!, {})?.traffic.to;
  };

  it.each([
    ["the only port", "ports: [{ port: 9000 }]", "service/s:9000"],
    [
      "the one called http",
      "ports: [{ name: grpc, port: 9000 }, { name: http, port: 3000 }]",
      "service/s:3000",
    ],
    [
      "the one of web servers",
      "ports: [{ name: a, port: 9000 }, { name: b, port: 443 }]",
      "service/s:443",
    ],
  ])("%s", (_, rest, wanted) => expect(to(rest)).toBe(wanted));

  it.each([
    ["an Ingress without a class", "", "ingress-nginx", []],
    ["an Ingress of a class of ingress-nginx", "nginx-internal", "ingress-nginx", []],
    ["an Ingress of the AWS controller", "alb", "alb-ip", []],
    ["an Ingress of a controller that is not simulated", "traefik", "proxy", ["road-instead"]],
  ])("%s", (_, className, road, notes) => {
    const spec = className === "" ? "" : `ingressClassName: ${className},`;
    const front = ingress("s").replace("spec: {", `spec: { ${spec}`);
    const found = objects(deployment("a") + service("s", "{ app: a }") + front);
    const way = roadTo(unitsOf(found, found)[0]!, {});
    expect(way?.traffic.road).toBe(road);
    expect(way?.notes.map(({ code }) => code)).toEqual(notes);
  });

  it("a Service of type LoadBalancer: a balancer before it may be slower", () => {
    const found = objects(
      deployment("a") + service("s", "{ app: a }", "type: LoadBalancer, ports: [{ port: 80 }]"),
    );
    const way = roadTo(unitsOf(found, found)[0]!, {});
    expect(way).toMatchObject({ traffic: { road: "proxy" }, notes: [{ code: "load-balancer" }] });
  });
});
