/* A scenario whose lines tests replace. */
import { readScenario, type ScenarioReading } from "./read.ts";
import { filesInMemory } from "./read-files.ts";

/** An update that is undone. */
export const INCIDENT = `apiVersion: rollout-lab/v1
kind: Scenario
metadata: { name: incident }
spec:
  seed: 7
  duration: 5m
  images:
    - name: shop-web:1.0
      startup: 3s
      ready: 5s
      latency: { p50: 20ms, p99: 120ms }
      onSigterm: { mode: graceful, drain: 10s }
  network:
    endpointSlice: 50ms
    kubeProxy: { min: 100ms, max: 1100ms }
  traffic:
    - to: service/web:80
      rps: 50
  steps:
    - at: 0s
      apply: [v1/]
    - at: 90s
      kubectl: rollout undo deployment/web
`;

/** Its manifest. */
export const MANIFEST = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "shop-web:1.0" }] }
`;

/** Reads a scenario that stands in a folder `lab/` beside these files. */
export function read(
  text: string,
  files: Record<string, string> = { "v1/web.yaml": MANIFEST },
): ScenarioReading {
  return readScenario(text, { file: "lab/s.yaml", readFile: filesInMemory(files) });
}

/** The incident with one line replaced. */
export function replaced(line: string, by: string): string {
  if (!INCIDENT.includes(line)) throw new Error(`no such line: ${line}`);
  return INCIDENT.replace(line, by);
}
