import { filesInMemory } from "../../src/scenario/read-files.ts";
import { readScenario } from "../../src/scenario/read.ts";
import type { Scenario } from "../../src/simulator/index.ts";

/** A Deployment `web` and its Service; every field that a test does not name is what most people write. */
export interface Web {
  readonly replicas?: number;
  readonly image?: string;
  readonly strategy?: string;
  readonly readinessPeriod?: number;
  /** Pod spec fields, as flow YAML: `terminationGracePeriodSeconds: 60`. */
  readonly pod?: string;
  /** Container fields, as flow YAML: `lifecycle: { preStop: … }`. */
  readonly container?: string;
}

/** The manifest of a `Web`. */
export function manifest(web: Web): string {
  const { replicas = 3, image = "web:1", strategy, readinessPeriod = 5, pod, container } = web;
  const service = `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;
  const spec = `
      ${pod ?? ""}
      containers:
        - name: web
          image: ${image}
          readinessProbe: { httpGet: { path: /, port: 80 }, periodSeconds: ${readinessPeriod} }
          ${container ?? ""}`;
  return service + deployment("web", { replicas, strategy, spec });
}

/** A Deployment, as a document that follows others; `spec`: that of its pods, as flow YAML or in lines of their own. */
export function deployment(
  name: string,
  fields: {
    readonly replicas?: number;
    readonly strategy?: string | undefined;
    readonly spec: string;
  },
): string {
  const { replicas = 1, strategy, spec } = fields;
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: ${replicas}
  ${strategy === undefined ? "" : `strategy: ${strategy}`}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: ${spec}
`;
}

/** A scenario out of the lines below `spec:` and a manifest that its steps apply as `web.yaml`. */
export function scenarioOf(spec: string, web: Web | string = {}): Scenario {
  const text = `apiVersion: rollout-lab/v1\nkind: Scenario\nmetadata: { name: test }\nspec:\n${indented(spec)}`;
  const files = filesInMemory({ "web.yaml": typeof web === "string" ? web : manifest(web) });
  const { scenario, diagnostics } = readScenario(text, { file: "test.yaml", readFile: files });
  if (scenario === undefined) throw new Error(JSON.stringify(diagnostics));
  return scenario;
}

function indented(text: string): string {
  return text
    .trim()
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
