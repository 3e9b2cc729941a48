/* A full node, and pods that count more than those on it. */
import { describe, expect, it } from "vitest";
import { simulate } from "../../src/scenario/index.ts";
import { deployment, scenarioOf } from "./scenarios.ts";

const CLASSES = `apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: high }
value: 1000
`;

/** Pods that want two of a node's eight cores, or what else stands in `pod`. */
const pods = (name: string, replicas: number, pod = "") =>
  deployment(name, {
    replicas,
    spec: `
      ${pod}
      containers:
        - { name: web, image: "web:1", resources: { requests: { cpu: "2" } } }`,
  });

/** What the commands print, by their seconds. */
function printed(manifest: string, commands: Readonly<Record<number, string>>): string[] {
  const steps = Object.entries(commands).map(
    ([at, kubectl]) => `  - { at: ${at}s, kubectl: "${kubectl}" }`,
  );
  const scenario = scenarioOf(
    `
nodes: 1
duration: 90s
images: [{ name: "web:1", onSigterm: { mode: ignore } }]
steps:
  - { at: 0s, apply: [web.yaml] }
${steps.join("\n")}`,
    manifest,
  );
  const { inputs } = simulate(scenario).timeline;
  return inputs.slice(1).map(({ output }) => output);
}

const STATES =
  "get pods --no-headers -o custom-columns=A:.metadata.labels.app,P:.spec.priority,S:.status.phase,N:.status.nominatedNodeName,D:.metadata.deletionGracePeriodSeconds --sort-by=.metadata.labels.app";

const rows = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => line.split(/ +/).join(" "))
    .toSorted();

describe("a node that is full", () => {
  const manifest = CLASSES + pods("batch", 4) + pods("shop", 0, "priorityClassName: high");

  it("makes room for a more important pod within the grace period of another", () => {
    const [, during = "", after = "", events = ""] = printed(manifest, {
      20: "scale deployment/shop --replicas=1",
      30: STATES,
      70: STATES,
      71: "get events --field-selector reason=Preempted --no-headers",
    });
    expect(rows(during)).toEqual([
      "batch 0 Pending <none> <none>",
      "batch 0 Running <none> 30",
      "batch 0 Running <none> <none>",
      "batch 0 Running <none> <none>",
      "batch 0 Running <none> <none>",
      "shop 1000 Pending node-1 <none>",
    ]);
    // The kubelet's status knows of no nomination.
    expect(rows(after)).toEqual([
      "batch 0 Pending <none> <none>",
      "batch 0 Running <none> <none>",
      "batch 0 Running <none> <none>",
      "batch 0 Running <none> <none>",
      "shop 1000 Running <none> <none>",
    ]);
    expect(events).toMatch(
      /^51s +Normal +Preempted +pod\/batch-\S+ +Preempted by pod \S+ on node node-1$/,
    );
  });

  it("stays as it is where the more important pods are on it", () => {
    const reversed = CLASSES + pods("shop", 4, "priorityClassName: high") + pods("batch", 0);
    const [, states = "", events = ""] = printed(reversed, {
      20: "scale deployment/batch --replicas=1",
      40: STATES,
      41: "get events --field-selector reason=FailedScheduling --no-headers",
    });
    expect(rows(states)).toEqual([
      "batch 0 Pending <none> <none>",
      ...Array.from({ length: 4 }, () => "shop 1000 Running <none> <none>"),
    ]);
    expect(events).toContain(
      "0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.",
    );
  });
});

describe("a rollout that names what is not there", () => {
  it.each([
    ["priorityClassName: top", "no PriorityClass with name top was found"],
    [
      "serviceAccountName: shop",
      'error looking up service account default/shop: serviceaccount "shop" not found',
    ],
  ])("is stuck with the old pods, and says why: %s", (field, why) => {
    const patch = `{\\"spec\\":{\\"template\\":{\\"spec\\":{\\"${field.replace(": ", '\\":\\"')}\\"}}}}`;
    const [patched, events = "", pods_ = ""] = printed(pods("web", 3), {
      20: `patch deployment web -p '${patch}'`,
      50: "get events --field-selector reason=FailedCreate --no-headers",
      51: "get deployment web --no-headers",
    });
    expect(patched).toBe("deployment.apps/web patched");
    expect(events).toMatch(/Error creating: pods "web-[a-z0-9]+-" is forbidden: /);
    expect(events).toContain(why);
    expect(rows(pods_)).toEqual(["web 3/3 0 3 51s"]);
  });
});
