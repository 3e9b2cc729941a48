/* For tests: a Deployment behind a Service, and what the check says of it. */
import { checkManifests, runInTurn, type UnitReport } from "../../src/check/index.ts";

/** What is different from a plain one. */
export interface Shape {
  /** Of the Deployment's spec, beside its template. */
  readonly spec?: string;
  /** Of the pod template's metadata. */
  readonly metadata?: string;
  /** Of the pod's spec. */
  readonly pod?: string;
  readonly targetPort?: string;
  readonly more?: string;
}

/** Its container, when the shape has none. */
export const CONTAINER = `
      containers:
        - name: app
          image: registry.example/app:1
          ports: [{ containerPort: 8080 }]
          readinessProbe: { httpGet: { path: /, port: 8080 }, periodSeconds: 1 }`;

/** The manifests, and what the shape has more. */
export function manifest({
  spec = "",
  metadata = "",
  pod = CONTAINER,
  targetPort = "8080",
  more = "",
}: Shape) {
  return `
apiVersion: v1
kind: Service
metadata: { name: app, namespace: shop }
spec: { selector: { app: app }, ports: [{ port: 80, targetPort: ${targetPort} }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: app, namespace: shop }
spec:
  selector: { matchLabels: { app: app } }
  ${spec}
  template:
    metadata: { labels: { app: app }${metadata} }
    spec:${pod}
---
${more}`;
}

/** Checks an update of the image. */
export async function check(shape: Shape, seeds = 1): Promise<UnitReport> {
  const files = [{ name: "app.yaml", text: manifest(shape) }];
  const result = await checkManifests({ files, seeds }, runInTurn);
  if (result.kind === "unusable") throw new Error(JSON.stringify(result.diagnostics));
  return result.report.units[0]!;
}
