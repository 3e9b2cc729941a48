import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { checkManifests } from "../../src/check/index.ts";
import { createRunPool } from "../../src/cli/run-pool.ts";
import { folderWith, rolloutLab } from "./command-line.ts";

const manifests = fileURLToPath(new URL("../check/manifests/", import.meta.url));
const manifest = (name: string) => readFileSync(path.join(manifests, `${name}.yaml`), "utf8");

const { folder, remove } = folderWith({
  "web.yaml": manifest("several-documents"),
  "budget.yaml": manifest("with-a-budget"),
  "broken.yaml": `${manifest("one-replica")}      volumes: [\n`,
  "helm/values.yaml": "replicas: 3\n",
  "helm/daemon-set.yaml": manifest("daemon-set"),
  "images.yaml": "apiVersion: rollout-lab/v1\nkind: Scenario\nspec: { images: [{ name: 1 }] }\n",
  "binary.yaml": new Uint8Array([0, 1, 2]),
});
afterAll(remove);

const run = (...args: string[]) => rolloutLab(["check", ...args], folder);

describe("check", () => {
  it("says no, why, and what ends it, and nothing to standard error", () => {
    const { status, stdout, stderr } = run("web.yaml", "--seeds", "4");
    expect([status, stderr]).toEqual([1, ""]);
    expect(stdout).toMatch(/^Users would notice\.\n\nUNSAFE/);
    expect(stdout).toContain("+++ b/web.yaml");
    expect(stdout).toContain("+              sleep:");
  });

  it("speaks Korean", () => {
    const { status, stdout } = run("budget.yaml", "--seeds", "2", "--lang", "ko");
    expect(status).toBe(0);
    expect(stdout).toContain("안전  deployment/cart 업데이트를 사용자가 알아채지 못합니다.");
  });

  it("prints one JSON object, and keeps the scenario for simulate", () => {
    const { status, stdout } = run("web.yaml", "--seeds", "4", "--json", "--save", "out");
    expect(status).toBe(1);
    const report = JSON.parse(stdout) as {
      units: { worst: { seed: number; ledger: { failures: object[]; byCause: object } } }[];
    };
    const { seed, ledger } = report.units[0]!.worst;
    const scenario = "out/default-deployment-web/scenario.yaml";
    const again = rolloutLab(["simulate", scenario, "--seed", String(seed)], folder);
    expect(JSON.parse(again.stdout)).toMatchObject({
      seed,
      requests: { failed: ledger.failures.length, byCause: ledger.byCause },
    });
  });

  it("takes a folder as it is", () => {
    const { status, stdout } = run("helm", "--seeds", "2");
    expect(status).toBe(0);
    expect(stdout).toContain("- helm/values.yaml:1: no manifest");
  });

  it.each([
    [["missing.yaml"], "there is no file or folder missing.yaml"],
    [["broken.yaml"], "broken.yaml:21:1: yaml: "],
    [["binary.yaml"], "binary.yaml:1:1: binary.yaml is not a text file"],
    [["helm/values.yaml"], "helm/values.yaml:1:1: this is no manifest"],
    [["web.yaml", "--seeds", "0"], '--seeds: wanted a whole number from 1 to 10000, got "0"'],
    [["web.yaml", "--road", "sea"], "--road: wanted one of direct, proxy, ingress-nginx"],
    [["web.yaml", "--lang", "fr"], '--lang: wanted en or ko, got "fr"'],
    [["web.yaml", "--images", "images.yaml"], "images.yaml:3:26: spec.images[0].name"],
    [[], "wanted a manifest"],
  ])("%j cannot be used", (args, message) => {
    const { status, stdout, stderr } = run(...args);
    expect(stderr).toContain(message);
    expect([status, stdout]).toEqual([2, ""]);
  });
});

describe("many threads", () => {
  it("give the very report that one gives", async () => {
    const reports: string[] = [];
    for (const cores of [1, 2, 4]) {
      const pool = createRunPool(cores);
      const files = [{ name: "web.yaml", text: manifest("several-documents") }];
      const result = await checkManifests({ files, seeds: 20 }, pool.runMany);
      await pool.close();
      reports.push(JSON.stringify(result));
    }
    expect(new Set(reports).size).toBe(1);
    expect(reports[0]).toContain('"verdict":"unsafe"');
  });
});
