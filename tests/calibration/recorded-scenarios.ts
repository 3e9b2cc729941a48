import { filesInMemory } from "../../src/scenario/read-files.ts";
import { readScenario } from "../../src/scenario/read.ts";
import type { Scenario } from "../../src/simulator/index.ts";
import type { Recording } from "./recorded-traffic.ts";

/** When a whole run does what was recorded. */
const ACTION_MS = 40_000;

/** When blue was deleted after the switch, as it was recorded. */
const BLUE_DELETED_AFTER_MS: readonly (readonly [prefix: string, ms: number])[] = [
  ["P10now", 230],
  ["P10d10", 10_250],
];

/** The recording as a scenario. */
export function scenarioFor(recording: Recording): Scenario {
  const { run, road, rps, firstMs, lastMs, keepAlive } = recording;
  const { startupMs, shell, stop, bad } = recording;
  const behaviour = [
    `onSigterm: { mode: ${stop} }`,
    ...(startupMs === undefined ? [] : [`startup: ${startupMs}ms`]),
    ...(shell === false ? ["shell: false", "programs: []"] : []),
  ].join(", ");
  const text = `apiVersion: rollout-lab/v1
kind: Scenario
spec:
  duration: ${ACTION_MS + lastMs + 1000}ms
  nodes: 1
  images:
    - { name: "nginx:1", ${behaviour} }
    - { name: "nginx:2", ${behaviour}, missing: ${bad === true} }
  network: { proxyConnectTimeout: 3s, proxyReadTimeout: 10s }
  traffic:
    - to: service/web:80
      road: ${road}
      rps: ${rps}
      arrivals: uniform
      keepAlive: ${keepAlive === undefined ? "false" : `{ connections: ${keepAlive} }`}
      timeout: 3s
      start: ${ACTION_MS + firstMs}ms
      stop: ${ACTION_MS + lastMs}ms
  steps:
    - { at: 0s, apply: [web.yaml] }
${actions(run)}
`;
  const { scenario, diagnostics } = readScenario(text, {
    file: `${run}.yaml`,
    readFile: filesInMemory({ "web.yaml": manifests(recording) }),
  });
  if (scenario === undefined) throw new Error(JSON.stringify(diagnostics));
  return scenario;
}

/** What was done: a new image, or the Service's selector switched, or nothing while a canary took its share. */
function actions(run: string): string {
  const step = (afterMs: number, command: string) =>
    `    - { at: ${ACTION_MS + afterMs}ms, kubectl: ${JSON.stringify(command)} }`;
  if (run.startsWith("P11")) return "";
  if (!run.startsWith("P10")) return step(0, "set image deployment/web web=nginx:2");
  const selector = JSON.stringify({ spec: { selector: { app: "web", track: "green" } } });
  const deleted = BLUE_DELETED_AFTER_MS.filter(([prefix]) => run.startsWith(prefix));
  return [
    step(0, `patch service web -p '${selector}'`),
    ...deleted.map(([, ms]) => step(ms, "delete deployment blue")),
  ].join("\n");
}

function manifests(recording: Recording): string {
  const { run, replicas, strategy } = recording;
  const one = (name: string, count: number, version: number) =>
    deployment(recording, { name, replicas: count, version });
  if (run.startsWith("P10")) {
    return service("{ app: web, track: blue }") + one("blue", 3, 1) + one("green", 3, 2);
  }
  if (run.startsWith("P11")) {
    return service("{ app: web }") + one("stable", 3, 1) + one("canary", 1, 2);
  }
  const web = deployment(recording, { name: "web", replicas, version: 1, strategy });
  return service("{ app: web }") + web;
}

function service(selector: string): string {
  return `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: ${selector}, ports: [{ port: 80 }] }
`;
}

function deployment(
  { grace, period, preStop }: Recording,
  given: { name: string; replicas: number; version: number; strategy?: string },
): string {
  const { name, replicas, version, strategy = "RollingUpdate" } = given;
  const probe = `readinessProbe: { httpGet: { path: /, port: 80 }, periodSeconds: ${period} }`;
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: ${replicas}
  strategy: { type: ${strategy} }
  selector: { matchLabels: { app: web, track: ${name} } }
  template:
    metadata: { labels: { app: web, track: ${name} } }
    spec:
      terminationGracePeriodSeconds: ${grace}
      containers:
        - name: web
          image: nginx:${version}
          ${period === 0 ? "" : probe}
          ${preStop === undefined ? "" : `lifecycle: { preStop: ${preStop} }`}
`;
}
