import { describe, expect, it } from "vitest";
import { describe as told } from "./schema/diagnostic.ts";
import { INCIDENT, read, replaced } from "./testing.ts";

describe("a mistake in a scenario is told with its place", () => {
  it.each([
    [
      "an unknown field",
      replaced("rps: 50", "rsp: 50"),
      "18:7: spec.traffic[0].rsp: unknown field; known here: name, to, road, rps",
    ],
    [
      "a wrong type",
      replaced("seed: 7", "seed: many"),
      '5:9: spec.seed: wanted a whole number from 0 to 9007199254740991, got "many"',
    ],
    [
      "a duration without a unit",
      replaced("startup: 3s", "startup: 3"),
      "9:16: spec.images[0].startup: wanted a duration such as",
    ],
    [
      "a duration that is too long",
      replaced("5m", "25h"),
      "6:13: spec.duration: wanted a duration such as 250ms, 40s or 1h30m, from 1ms up to 24h",
    ],
    [
      "an image without a name",
      replaced("- name: shop-web:1.0\n      startup", "- startup"),
      "8:7: spec.images[0].name: is missing; wanted an image name",
    ],
    [
      "health before the port",
      replaced("ready: 5s", "ready: 1s"),
      "10:14: spec.images[0].ready: the health endpoint cannot answer before the port listens",
    ],
    [
      "a crash that is also out of memory",
      replaced("startup: 3s", "crash: { after: 1s }\n      oom: { after: 1s }"),
      "10:12: spec.images[0].oom: the process ends either by itself (crash) or by the kernel (oom)",
    ],
    [
      "an exit code that no process has",
      replaced("startup: 3s", "crash: { after: 1s, exitCode: 256 }"),
      "9:37: spec.images[0].crash.exitCode: wanted a whole number from 0 to 255, got 256",
    ],
    [
      "pressure on a node that is not there",
      replaced("seed: 7", "nodePressure: [{ at: 1m, node: node-4 }]"),
      "5:34: spec.nodePressure[0].node: there is no node-4; nodes are node-1 to node-3",
    ],
    [
      "a drain that is not graceful",
      replaced("mode: graceful", "mode: fast"),
      "12:39: spec.images[0].onSigterm.drain: only mode graceful takes a drain",
    ],
    [
      "a range the wrong way round",
      replaced("min: 100ms", "min: 2s"),
      "15:23: spec.network.kubeProxy.min: min is longer than max",
    ],
    [
      "a road that is none",
      replaced("rps: 50", "road: train"),
      "18:13: spec.traffic[0].road: wanted one of direct, proxy, ingress-nginx, gateway, mesh, alb-ip, node-port",
    ],
    [
      "a road that does not lead there",
      replaced("service/web:80", "ingress/web\n      road: mesh"),
      "18:13: spec.traffic[0].road: the road mesh does not lead to an Ingress; wanted ingress-nginx or alb-ip",
    ],
    [
      "a target that is none",
      replaced("service/web:80", "pod/web"),
      "17:11: spec.traffic[0].to: wanted service/NAME:PORT, ingress/NAME or httproute/NAME",
    ],
    [
      "connections where they end at the proxy",
      replaced("rps: 50", "keepAlive: { connections: 4 }"),
      "18:18: spec.traffic[0].keepAlive: on the road proxy a client's connection ends at the proxy",
    ],
    [
      "http2 where it ends at the proxy",
      replaced("rps: 50", "protocol: http2"),
      "18:17: spec.traffic[0].protocol: on the road proxy a client's connection ends at the proxy",
    ],
    [
      "a connection that lasts and is no websocket",
      replaced("rps: 50", "lasts: 5m"),
      "18:14: spec.traffic[0].lasts: only connections of protocol websocket last",
    ],
    [
      "a websocket with a body",
      replaced("rps: 50", "protocol: websocket\n      upload: 5s"),
      "19:15: spec.traffic[0].upload: a websocket has none",
    ],
    [
      "headers where nobody looks at them",
      replaced("rps: 50", "headers: [{ name: x, value: y }]"),
      "18:16: spec.traffic[0].headers: only an Ingress or HTTPRoute looks at it",
    ],
    [
      "methods without weight",
      replaced("rps: 50", "methods: { GET: 0 }"),
      "18:16: spec.traffic[0].methods: no method has a weight above 0",
    ],
    [
      "an unknown profile",
      replaced("startup: 3s", "profile: apache"),
      "9:16: spec.images[0].profile: wanted one of nginx, nginx-before-1.19.5, node",
    ],
    [
      "a queue where nobody waits",
      replaced("startup: 3s", "queue: 5"),
      "9:14: spec.images[0].queue: nothing waits where concurrency has no limit",
    ],
    [
      "a program that is killed for two reasons",
      replaced("startup: 3s", "oom: { after: 1s, requests: 5 }"),
      "9:12: spec.images[0].oom: wanted one of after and requests",
    ],
    [
      "too many requests",
      replaced("rps: 50", "rps: 50000"),
      "17:5: spec.traffic: this makes about 15000000 requests; at most 2000000 are simulated",
    ],
    [
      "a step after the end",
      replaced("at: 90s", "at: 9m"),
      "22:11: spec.steps[1].at: the step lies after the scenario's end",
    ],
    [
      "a step that does nothing",
      replaced("\n      apply: [v1/]", ""),
      "20:7: spec.steps[0]: wanted one of apply and kubectl",
    ],
    [
      "a folder that is not there",
      replaced("[v1/]", "[v2/]"),
      "21:15: spec.steps[0].apply[0]: there is no file or folder v2/",
    ],
    [
      "an empty field",
      replaced("duration: 5m", "duration:"),
      "6:3: spec.duration: is empty; wanted a duration",
    ],
    [
      "a second document",
      `${INCIDENT}---\nkind: Scenario\n`,
      "25:1: a second YAML document begins here",
    ],
    ["YAML that does not parse", replaced("[v1/]", "[v1/"), "22:5: YAML: "],
    ["an empty file", "", "1:1: the document is empty"],
    ["nesting without end", "[".repeat(5000), "1:201: values are nested more than 200 deep"],
  ])("%s", (_, text, message) => {
    const { scenario, diagnostics } = read(text);
    expect(scenario).toBeUndefined();
    expect(told(diagnostics[0]!)).toContain(`lab/s.yaml:${message}`);
  });

  it("refuses five megabytes and an alias bomb within a second", () => {
    const bomb = ["apiVersion: &a [x,x,x,x,x,x,x,x,x]"];
    for (const [i, name] of [..."bcdefghi"].entries()) {
      bomb.push(`${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[i]}`).join(",")}]`);
    }
    bomb.push("spec: { steps: *i, images: *i, traffic: *i }");
    const started = performance.now();
    expect(read("x".repeat(5_000_000)).diagnostics[0]!.message).toMatch(/5000000 characters long/);
    expect(read(bomb.join("\n")).scenario).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it("in a manifest names the manifest's own file and line", () => {
    const { diagnostics } = read(INCIDENT, { "v1/web.yaml": "kind: Deployment\nspec: [1\n" });
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(diagnostics[0]).toMatchObject({ file: "lab/v1/web.yaml" });
  });
});
