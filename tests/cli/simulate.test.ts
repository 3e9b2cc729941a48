import { afterAll, describe, expect, it } from "vitest";
import { folderWith, rolloutLab } from "./command-line.ts";

const LAB = "labs/requests-fail-on-deploy/lab.yaml";

const MANIFEST = `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: shop-web:1.0
          readinessProbe: { httpGet: { path: /, port: 80 }, periodSeconds: 5 }
`;

const SCENARIO = `apiVersion: rollout-lab/v1
kind: Scenario
metadata: { name: incident }
spec:
  duration: 1m
  images:
    - name: shop-web:1.0
  traffic:
    - { to: "service/web:80", rps: 50, start: 15s }
  steps:
    - at: 0s
      apply: [v1]
    - at: 20s
      kubectl: set image deployment/web web=shop-web:1.1
`;

const bomb = ["apiVersion: &a [x,x,x,x,x,x,x,x,x]"];
for (const [i, name] of [..."bcdefghi"].entries()) {
  bomb.push(`${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[i]}`).join(",")}]`);
}

const { folder, remove } = folderWith({
  "incident.yaml": SCENARIO,
  "v1/web.yaml": MANIFEST,
  "no-image.yaml": SCENARIO.replace("- name: shop-web:1.0", "- shell: true"),
  "no-image-in-manifest.yaml": SCENARIO.replace("[v1]", "[v2/web.yaml]"),
  "v2/web.yaml": MANIFEST.replace("          image: shop-web:1.0\n", ""),
  "million.yaml": SCENARIO.replace("[v1]", "[v3]"),
  "v3/web.yaml": MANIFEST.replace("replicas: 3", "replicas: 1000000"),
  "unknown-field.yaml": SCENARIO.replace("rps: 50", "rsp: 50"),
  "missing-folder.yaml": SCENARIO.replace("[v1]", "[v9]"),
  "unparsable.yaml": SCENARIO.replace("[v1]", "[v1"),
  "unparsable-manifest.yaml": SCENARIO.replace("[v1]", "[v4]"),
  "v4/web.yaml": MANIFEST.replace("replicas: 3", "replicas: [3"),
  "large.yaml": `# ${"x".repeat(5 * 1024 * 1024)}\n${SCENARIO}`,
  "large-manifest.yaml": SCENARIO.replace("[v1]", "[v5]"),
  "v5/web.yaml": `# ${"x".repeat(5 * 1024 * 1024)}\n${MANIFEST}`,
  "binary.yaml": new Uint8Array([0, 1, 2, 255]),
  "latin1.yaml": new Uint8Array([0xe9, 0x0a]),
  "bomb.yaml": bomb.join("\n"),
});
afterAll(remove);

const run = (...args: string[]) => rolloutLab(["simulate", ...args], folder);
const withoutWall = (json: string) => json.replace(/"wallMs": ?[0-9.]+/, "");

describe("simulate", () => {
  it("prints the run as one JSON object with the keys of the contract", () => {
    const { status, stdout, stderr } = run("incident.yaml");
    expect(status).toBe(0);
    const summary = JSON.parse(stdout);
    expect(Object.keys(summary)).toEqual([
      "schema",
      "seed",
      "simulatedMs",
      "wallMs",
      "events",
      "requests",
      "rollouts",
      "warnings",
    ]);
    expect(summary).toMatchObject({ schema: "rollout-lab/run/v1", seed: 1, simulatedMs: 60_000 });
    expect(summary.requests.total).toBe(summary.requests.ok + summary.requests.failed);
    expect(summary.rollouts.at(-1)).toMatchObject({
      object: "deployment/web",
      revision: 2,
      result: "complete",
    });
    // shop-web:1.1 is not described.
    expect(summary.warnings).toEqual([expect.stringContaining("shop-web:1.1")]);
    expect(stderr).toContain("warning: image shop-web:1.1 is not described");
  });

  it("gives the same bytes for the same seed, and others for another", () => {
    const [first, second, other] = [
      run("incident.yaml"),
      run("incident.yaml"),
      run("incident.yaml", "--seed", "2"),
    ];
    expect(withoutWall(first.stdout)).toBe(withoutWall(second.stdout));
    expect(withoutWall(other.stdout).replace('"seed": 2', '"seed": 1')).not.toBe(
      withoutWall(first.stdout),
    );
  });

  it("lists every change of every object with --watch, every request with --requests", () => {
    const summary = JSON.parse(run("incident.yaml", "--watch", "--requests").stdout);
    expect(summary.watch[0]).toMatchObject({ t: 0, type: "ADDED" });
    expect(
      new Set(summary.watch.map(({ object }: { object: { kind: string } }) => object.kind)),
    ).toContain("EndpointSlice");
    expect(summary.requests.each).toHaveLength(summary.requests.total);
  });

  it("runs a lab's scenario with the manifest that the lab starts with", () => {
    const { status, stdout } = rolloutLab(["simulate", LAB]);
    expect(status).toBe(0);
    const { byOutcome } = JSON.parse(stdout).requests;
    expect(Object.keys(byOutcome)).toEqual(["200", "502", "504"]);
  });
});

describe("simulate refuses what it cannot use, with file, line, column and field", () => {
  it.each([
    ["no-image.yaml", "no-image.yaml:7:7: spec.images[0].name: is missing"],
    ["no-image-in-manifest.yaml", "v2/web.yaml:16:11: "],
    ["million.yaml", "v3/web.yaml:10:13: "],
    ["unknown-field.yaml", "unknown-field.yaml:9:31: spec.traffic[0].rsp: unknown field"],
    [
      "missing-folder.yaml",
      "missing-folder.yaml:12:15: spec.steps[0].apply[0]: there is no file or folder v9",
    ],
    ["unparsable.yaml", "unparsable.yaml:13:5: "],
    ["unparsable-manifest.yaml", "v4/web.yaml:11:"],
    ["large.yaml", "large.yaml:1:1: the file is 5243"],
    [
      "large-manifest.yaml",
      "large-manifest.yaml:12:15: spec.steps[0].apply[0]: v5/web.yaml is 5243",
    ],
    ["binary.yaml", "binary.yaml:1:1: the file is not a text file"],
    ["latin1.yaml", "latin1.yaml:1:1: the file is not a text file"],
    ["bomb.yaml", "bomb.yaml:1:16: apiVersion: wanted rollout-lab/v1, got a list"],
    ["v1", "v1: is a folder; a file is wanted"],
    ["nowhere.yaml", "nowhere.yaml: there is no such file"],
  ])("%s", (file, message) => {
    const { status, stdout, stderr } = run(file);
    expect(stderr).toContain(message);
    expect([status, stdout]).toEqual([2, ""]);
  });
});
