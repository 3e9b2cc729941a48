import { describe, expect, it } from "vitest";
import { Played, scenarioIn, type Changes } from "./play.ts";

/** What the Rollout's condition InvalidSpec says, a second after it was applied. */
function invalid(folder: string, changes: Changes): string {
  const played = new Played(scenarioIn(folder, changes)).until(1);
  const found = played.rollout.status.conditions?.find(({ type }) => type === "InvalidSpec");
  expect(played.rollout.status.phase).toBe(found === undefined ? "Progressing" : "Degraded");
  return found?.message ?? "";
}

const canary = (extra: string): Changes => [["    canary:\n", `    canary:\n${extra}`]];

describe("a Rollout that is", () => {
  it.each<[string, string, Changes, string]>([
    [
      "of two strategies",
      "blue-green",
      [["    blueGreen:\n", "    canary: {}\n    blueGreen:\n"]],
      'spec.strategy.strategy: Invalid value: "blueGreen: true canary: true": Multiple Strategies can not be listed',
    ],
    [
      "of none",
      "canary-by-pods",
      [[/ {4}canary:\n(?: {6,}.*\n)+/, "    {}\n"]],
      "spec.strategy.strategy: Required value: Rollout has missing field '.spec.strategy.canary or .spec.strategy.blueGreen'",
    ],
    [
      "before its Service",
      "blue-green",
      [["activeService: web", "activeService: shop"]],
      'spec.strategy.blueGreen.activeService: Invalid value: "shop": service "shop" not found',
    ],
    [
      "of one Service for both",
      "blue-green",
      [["previewService: web-preview", "previewService: web"]],
      'spec.strategy.activeService: Invalid value: "web": This rollout uses the same service for the active and preview services, but two different services are required.',
    ],
    [
      "at a weight above 100",
      "canary-by-pods",
      [["setWeight: 60", "setWeight: 160"]],
      "spec.strategy.steps[2].setWeight: Invalid value: 160: SetWeight needs to be between 0 and 100",
    ],
    [
      "at a step of two kinds",
      "canary-by-pods",
      [["- setWeight: 60", "- setWeight: 60\n          pause: {}"]],
      'spec.strategy.steps[2]: Invalid value: "step.Experiment: false step.Pause: true step.SetWeight: true step.Analysis: false": Step must have one of the following set: experiment, setWeight, setCanaryScale or pause',
    ],
    [
      "without room to move",
      "canary-by-pods",
      [["maxSurge: 1", "maxSurge: 0"]],
      "spec.strategy.maxSurge: Invalid value: 0: MaxSurge and MaxUnavailable both can not be zero",
    ],
    [
      "to shrink stable without a router",
      "canary-by-pods",
      canary("      dynamicStableScale: true\n"),
      "spec.strategy.dynamicStableScale: Invalid value: true: Canary dynamicStableScale can only be used with traffic routing",
    ],
    [
      "analysed by what is not there",
      "canary-with-analysis",
      [["templateName: success-rate", "templateName: success"]],
      "spec.strategy.canary.steps[2].analysis.templates: Invalid value: \"success\": AnalysisTemplate 'success' not found",
    ],
    [
      "analysed without an argument",
      "canary-with-analysis",
      [["- name: hash", "- name: sha"]],
      'spec.strategy.canary.steps[2].analysis.templates: Invalid value: "templateNames: [success-rate]": args.hash was not resolved',
    ],
    [
      "at a step for ever",
      "canary-with-analysis",
      [["      count: 3\n", ""]],
      'spec.strategy.canary.steps[2].analysis.templates: Invalid value: "success-rate": AnalysisTemplate success-rate has metric success-rate which runs indefinitely. Invalid value for count: nil',
    ],
    [
      "routed by what is not simulated",
      "canary-by-ingress",
      [["nginx: { stableIngress: web }", "istio: { virtualService: { name: web } }"]],
      "spec.strategy.canary.trafficRouting.istio: Forbidden: not simulated: a real Argo Rollouts would act on it",
    ],
  ])("%s", (_, folder, changes, message) => {
    expect(invalid(folder, changes)).toBe(`The Rollout "web" is invalid: ${message}`);
  });
});

it("is looked at again: it goes on when its Service is there", () => {
  const played = new Played(
    scenarioIn("blue-green", [["activeService: web", "activeService: shop"]]),
  );
  played.until(5);
  const { metadata: _own, ...service } = played.cluster.api.get("services", "default", "web");
  const { clusterIP: _ip, clusterIPs: _ips, ...spec } = service.spec;
  played.cluster.api.create("services", { ...service, metadata: { name: "shop" }, spec });
  expect(played.until(29).status).toBe("Healthy");
});

it.each<[string, Changes[number], string]>([
  ["activeService", [/ {6}activeService: web\n/, ""], "spec.strategy.blueGreen.activeService"],
  ["its containers", [/containers:/, "initContainers:"], "spec.template.spec.containers"],
  ["a container's name", [/name: web\n\s+image/, "image"], "spec.template.spec.containers[0].name"],
  [
    "the number of a port",
    [/containerPort: \d+/, "name: http"],
    "spec.template.spec.containers[0].ports[0].containerPort",
  ],
])(
  "without %s the API server does not take it, as its CustomResourceDefinition says",
  (_, change, field) => {
    expect(() => scenarioIn("blue-green", [change])).toThrow(field);
  },
);
