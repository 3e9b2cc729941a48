/* nginx before a program in one pod: both are told to stop at the same time, so that both have to hold out. */
import { expect, it } from "vitest";
import { checkManifests, runInTurn, type UnitReport } from "../../src/check/index.ts";

const manifest = (nginx = "", fpm = "", more = "") => `
apiVersion: v1
kind: Service
metadata: { name: cms }
spec: { selector: { app: cms }, ports: [{ port: 80, targetPort: http }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cms }
spec:
  replicas: 2
  selector: { matchLabels: { app: cms } }
  template:
    metadata: { labels: { app: cms } }
    spec:
      containers:
        - name: nginx
          image: nginxinc/nginx-unprivileged:1.27
          ports: [{ name: http, containerPort: 8080 }]
          readinessProbe: { httpGet: { path: /ping, port: http }, periodSeconds: 1 }
          ${nginx}
        - name: fpm
          image: registry.example/cms:8.3-fpm
          ${fpm}
        - name: logs
          image: fluent/fluent-bit:3.2
---
${more}`;

const HOOK = "lifecycle: { preStop: { sleep: { seconds: 10 } } }";

const INGRESS = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: cms }
spec: { ingressClassName: nginx, defaultBackend: { service: { name: cms, port: { number: 80 } } } }`;

async function check(text: string): Promise<UnitReport> {
  const result = await checkManifests({ files: [{ name: "cms.yaml", text }], seeds: 6 }, runInTurn);
  if (result.kind === "unusable") throw new Error(JSON.stringify(result.diagnostics));
  return result.report.units[0]!;
}

it("both get the hook, neither is enough, and what ships logs gets none", async () => {
  const unit = await check(manifest());
  expect(unit.notes).toContainEqual({
    code: "front-container",
    values: { front: "nginx", behind: "fpm" },
  });
  expect(Object.keys(unit.runs!.byCause)).toContain("behind-refused");
  const parts = unit.remedy?.kind === "patch" ? unit.remedy.parts : [];
  expect(parts.map(({ lever, edit }) => [lever, edit.path[4]])).toEqual([
    ["preStop", 0],
    ["preStop", 1],
  ]);
  for (const { without } of parts) {
    expect(without !== "refused" && without.runsWithFailures).toBeGreaterThan(0);
  }
  expect(await check(unit.patch!.files[0]!.text)).toMatchObject({ verdict: "safe" });
});

it.each<[string, string, string, number]>([
  ["that which passes on has one", HOOK, "", 1],
  ["that which answers has one", "", HOOK, 0],
])("where %s, the other one gets it", async (_, nginx, fpm, index) => {
  const { remedy } = await check(manifest(nginx, fpm));
  const parts = remedy?.kind === "patch" ? remedy.parts : [];
  expect(parts.map(({ lever, edit }) => [lever, edit.path[4]])).toEqual([["preStop", index]]);
});

it("no proxy tries an answer of 502 again", async () => {
  const unit = await check(manifest(HOOK, "", INGRESS));
  expect(unit.traffic!.road).toBe("ingress-nginx");
  expect(Object.keys(unit.runs!.byCause)).toEqual(["behind-refused"]);
});

it("the new image is that of what answers", async () => {
  const { scenario } = await check(manifest(HOOK, HOOK));
  expect(scenario!.manifests["after.yaml"]).toContain("registry.example/cms:8.3-fpm-next");
  expect(scenario!.manifests["after.yaml"]).toContain("nginx-unprivileged:1.27\n");
});
