import { describe, expect, it } from "vitest";
import { simulate } from "../../src/scenario/index.ts";
import { deployment, scenarioOf } from "./scenarios.ts";

const IMAGES = `
images:
  - name: nginx:1.27
  - { name: "shop:go", profile: go }
  - { name: "shop:crash", crash: { after: 2s, exitCode: 3 } }
  - { name: "shop:gone", missing: true }`;

const MANIFEST = [
  `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: shop }
data: { color: blue }
`,
  deployment("web", {
    spec: `
      volumes: [{ name: shop, configMap: { name: shop } }]
      containers:
        - name: web
          image: nginx:1.27
          ports: [{ containerPort: 80 }]
          env:
            - { name: COLOR, valueFrom: { configMapKeyRef: { name: shop, key: color } } }
            - { name: NODE, valueFrom: { fieldRef: { fieldPath: spec.nodeName } } }
          volumeMounts: [{ name: shop, mountPath: /etc/shop }]`,
  }),
  deployment("go", {
    spec: `{ containers: [{ name: go, image: "shop:go", ports: [{ containerPort: 8080 }] }] }`,
  }),
  deployment("bad", {
    spec: `
      initContainers:
        - { name: init, image: "nginx:1.27", command: [sh, -c, "echo waiting; sleep 2; echo done"] }
      containers:
        - { name: crash, image: "shop:crash" }
        - { name: gone, image: "shop:gone" }`,
  }),
].join("");

const scenario = scenarioOf(
  `
nodes: 1
duration: 90s
traffic: [{ name: users, to: "service/web:80", rps: 1, arrivals: uniform }]
steps: [{ at: 0s, apply: [web.yaml] }]${IMAGES}`,
  MANIFEST,
);

/** What lines that are typed at 40 s print, with pods' hashes and ids left out, and the exit status of the last. */
function typed(...lines: readonly string[]) {
  const inputs = lines.map((line, i) => ({
    atMs: 40_000 + i * 5000,
    action: { kind: "shell" as const, line, files: {} },
  }));
  const record = simulate(scenario, { inputs }).timeline.inputs.at(-1)!;
  const output = (record.chunks ?? [])
    .map(({ text }) => text)
    .join("")
    .replaceAll(/-[0-9a-z]{8,10}-[0-9a-z]{5}\b/g, "-X")
    .replaceAll(/[0-9a-f]{64}/g, "ID");
  return { output, code: record.code };
}

describe("kubectl logs", () => {
  it("prints what nginx writes as it starts, and a line a request", () => {
    const lines = typed("kubectl logs deploy/web").output.split("\n");
    expect(lines.slice(1, 4)).toEqual([
      expect.stringMatching(/^2026\/01\/01 00:00:0\d \[notice\] 1#1: nginx\/1\.27$/),
      expect.stringContaining("start worker processes"),
      expect.stringContaining("start worker process 29"),
    ]);
    expect(lines.at(-2)).toBe(
      '192.168.0.1 - - [01/Jan/2026:00:00:39 +0000] "GET / HTTP/1.1" 200 615 "-" "users" "-"',
    );
  });

  it("follows a container to its end, and tells how nginx stops", () => {
    const [log] = simulate(scenario, {
      inputs: [
        {
          atMs: 40_000,
          action: { kind: "shell", line: "kubectl logs -f deploy/web --tail=0", files: {} },
        },
        { atMs: 41_500, action: { kind: "shell", line: "kubectl delete deploy web", files: {} } },
      ],
    }).timeline.inputs.slice(1);
    expect(log!.endMs).toBeLessThan(50_000);
    expect(log!.output.split("\n").filter((line) => !line.includes("GET /"))).toEqual(
      [
        "1#1: signal 3 (SIGQUIT) received, shutting down",
        "29#29: gracefully shutting down",
        "29#29: exiting",
        "29#29: exit",
        "1#1: signal 17 (SIGCHLD) received from 29",
        "1#1: worker process 29 exited with code 0",
        "1#1: exit",
      ].map((end): unknown => expect.stringContaining(end)),
    );
  });

  it.each([
    ["kubectl logs deploy/go", /starting shop:go\n.*listening on port 8080\n$/s, 0],
    ["kubectl logs deploy/web --tail=2 --since=30s", /^(.* 200 615 .*\n){2}$/, 0],
    ["kubectl logs -l app=web --tail=1 --prefix", /^\[pod\/web-X\/web\] 192.*\n$/, 0],
    [
      "kubectl logs deploy/go --tail=1 --timestamps",
      /^2026-01-01T00:00:0\d\.\d{9}Z .* listening/,
      0,
    ],
    ["kubectl logs -l app=none", /^No resources found in default namespace\.\n$/, 0],
    ["kubectl logs deploy/bad -c init", /^waiting\ndone\n$/, 0],
    [
      "kubectl logs deploy/bad --previous",
      /^Defaulted container "crash" out of: crash, gone, init \(init\)\n.*exiting with status 3\n$/s,
      0,
    ],
    [
      "kubectl logs deploy/bad -c gone",
      /^Error from server \(BadRequest\): container "gone" in pod "bad-X" is waiting to start: trying and failing to pull image\n$/,
      1,
    ],
    ["kubectl logs deploy/bad -c nope", /^error: container nope is not valid for pod bad-X\n$/, 1],
    [
      "kubectl logs deploy/web -p",
      /^Error from server \(BadRequest\): previous terminated container "web" in pod "web-X" not found\n$/,
      1,
    ],
    [
      "kubectl logs nope",
      /^error: error from server \(NotFound\): pods "nope" not found in namespace "default"\n$/,
      1,
    ],
    [
      "kubectl logs deploy/bad --all-containers -c gone",
      /should not be specified with container name gone/,
      1,
    ],
    [
      "kubectl logs deploy/bad --all-containers --ignore-errors",
      /done\n.*\nerror: container "gone"/s,
      0,
    ],
  ])("%s", (line, output, code) => {
    expect(typed(line)).toEqual({ output: expect.stringMatching(output) as unknown, code });
  });
});

describe("kubectl exec", () => {
  const failed = "error: Internal error occurred: ";
  const notFound = (program: string) =>
    `${failed}Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "ID": OCI runtime exec failed: exec failed: unable to start container process: exec: "${program}": executable file not found in $PATH: unknown\n`;
  it.each([
    ["kubectl exec deploy/web -- cat /etc/shop/color", "blue", 0],
    ["kubectl exec deploy/web -- ls /etc/shop", "color\n", 0],
    ["kubectl exec deploy/web -- printenv NODE", "node-1\n", 0],
    ["kubectl exec deploy/web -- curl -s localhost", "web-X nginx:1.27\n", 0],
    ["kubectl exec deploy/web -- curl -so /dev/null -w '%{http_code}\\n' localhost:80", "200\n", 0],
    ["kubectl exec deploy/web -- sh -c 'exit 3'", "command terminated with exit code 3\n", 3],
    ["kubectl exec deploy/go -- sh -c ls", notFound("sh"), 1],
    [
      "kubectl exec deploy/bad -c gone -- ls",
      `${failed}unable to upgrade connection: container not found ("gone")\n`,
      1,
    ],
  ])("%s", (line, output, code) => {
    expect(typed(line)).toEqual({ output, code });
  });

  it("keeps the environment that a container was started with, while mounted files change", () => {
    const patch = `kubectl patch configmap shop -p '{"data":{"color":"green"}}'`;
    const ask = "kubectl exec deploy/web -- sh -c 'printenv COLOR; cat /etc/shop/color'";
    expect(typed(patch, ask).output).toBe("blue\ngreen");
  });

  it("stops nginx by its own signal, and ends with the container", () => {
    expect(
      typed("kubectl exec deploy/web -- nginx -s quit", "kubectl logs deploy/web -p").output,
    ).toContain("signal 3 (SIGQUIT) received, shutting down");
    expect(typed("kubectl exec deploy/bad -c crash -- sleep 60").code).not.toBe(0);
  });

  it("leaves the rest of the run as it is", () => {
    const alone = simulate(scenario).summary.requests;
    const look = {
      atMs: 40_000,
      action: { kind: "shell" as const, line: "kubectl exec deploy/go -- ls", files: {} },
    };
    expect(simulate(scenario, { inputs: [look] }).summary.requests).toEqual(alone);
  });
});

describe("kubectl top", () => {
  it("says that nobody has installed metrics-server", () => {
    expect(typed("kubectl top pods")).toEqual({
      output: "error: Metrics API not available\n",
      code: 1,
    });
  });

  const measured = scenarioOf(
    `
nodes: 1
duration: 60s
traffic: [{ name: users, to: "service/web:80", rps: 100, arrivals: uniform }]
metrics: [{ target: deployment/go, per: pod, series: [{ at: 0s, value: 250m }] }]
steps: [{ at: 0s, apply: [web.yaml] }]${IMAGES}`,
    MANIFEST,
  );
  const top = (line: string, atMs: number) =>
    simulate(measured, {
      inputs: [{ atMs, action: { kind: "shell", line, files: {} } }],
    })
      .timeline.inputs.at(-1)!
      .output.replaceAll(/-[0-9a-z]{8,10}-[0-9a-z]{5}\b/g, "-X");

  it("prints what the series says, what requests cost, and a share of the node", () => {
    const cells = top("kubectl top pods -l app!=bad --sort-by=cpu", 50_000).split(/ *\n/);
    expect(cells.map((line) => line.trim().split(/ +/))).toEqual([
      ["NAME", "CPU(cores)", "MEMORY(bytes)"],
      ["go-X", "250m", "24Mi"],
      ["web-X", expect.stringMatching(/^20\dm$/), "24Mi"],
    ]);
    expect(top("kubectl top nodes", 50_000)).toMatch(
      /^NAME +CPU\(cores\) +CPU\(%\) +MEMORY\(bytes\) +MEMORY\(%\) *\nnode-1 +5\d\dm +6% +\d+Mi +1% *$/,
    );
  });

  it("has nothing of pods before the first sample", () => {
    expect(top("kubectl top pods", 5000)).toBe("error: metrics not available yet");
  });
});
