import { expect, it } from "vitest";
import { BareCluster } from "../bare-cluster.ts";
import { kubectl } from "../kubectl.ts";
import { runAtOnce } from "../program.ts";

const manifest = (apiVersion: string, kind: string, replicas: number) => `apiVersion: ${apiVersion}
kind: ${kind}
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1"}]}
`;

it.each([
  ["apps/v1", "Deployment"],
  ["argoproj.io/v1alpha1", "Rollout"],
])("diff tells what an apply would change: %s %s", (apiVersion, kind) => {
  const api = new BareCluster();
  const diff = (replicas: number) => {
    const read = () => manifest(apiVersion, kind, replicas);
    return runAtOnce(
      kubectl(["diff", "-f", "a.yaml"], { api, now: () => 0, read, hasEditor: false }),
    );
  };
  api.apply([{ name: "a.yaml", text: manifest(apiVersion, kind, 3) }]);
  expect(diff(3)).toMatchObject({ code: 0, output: "" });
  expect(diff(4)).toMatchObject({ code: 1, stderr: "" });
  expect(diff(4).stdout).toContain("\n-  replicas: 3\n+  replicas: 4\n");
});

it("diff shows no value of a Secret", () => {
  const api = new BareCluster();
  const secret = (data: string) =>
    `apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {user: shop, ${data}}\n`;
  api.apply([{ name: "a.yaml", text: secret("password: a") }]);
  const read = () => secret(`password: b, port: "5"`);
  const diff = ["diff", "-f", "a.yaml"];
  const { stdout } = runAtOnce(kubectl(diff, { api, now: () => 0, read, hasEditor: false }));
  expect(stdout).toContain("-  password: '*** (before)'\n");
  expect(stdout).toContain("+  password: '*** (after)'\n+  port: '***'\n   user: '***'\n");
});
