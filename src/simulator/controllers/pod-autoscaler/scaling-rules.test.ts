import { describe, expect, it } from "vitest";
import type { HorizontalPodAutoscalerSpec, HPAScalingRules } from "../../api/types.ts";
import { normalize, remember, type Memory } from "./scaling-rules.ts";

const NOW = 1_000_000;
const EMPTY: Memory = { recommendations: [], scaleUps: [], scaleDowns: [] };

function spec(
  behavior?: { scaleUp?: HPAScalingRules; scaleDown?: HPAScalingRules },
  minReplicas = 1,
  maxReplicas = 100,
): HorizontalPodAutoscalerSpec {
  const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };
  return {
    scaleTargetRef,
    minReplicas,
    maxReplicas,
    ...(behavior === undefined
      ? {}
      : {
          behavior: {
            scaleUp: {
              stabilizationWindowSeconds: 0,
              selectPolicy: "Max",
              policies: [
                { type: "Pods", value: 4, periodSeconds: 15 },
                { type: "Percent", value: 100, periodSeconds: 15 },
              ],
              ...behavior.scaleUp,
            },
            scaleDown: {
              selectPolicy: "Max",
              policies: [{ type: "Percent", value: 100, periodSeconds: 15 }],
              ...behavior.scaleDown,
            },
          },
        }),
  };
}

const ago = (replicas: number, seconds: number) => ({ replicas, atMs: NOW - seconds * 1000 });
const changed = (change: number, seconds: number) => ({ change, atMs: NOW - seconds * 1000 });

describe("without behavior", () => {
  it.each([
    {
      name: "takes what is recommended",
      current: 4,
      desired: 6,
      to: 6,
      limited: "DesiredWithinRange",
    },
    { name: "at most doubles", current: 4, desired: 20, to: 8, limited: "ScaleUpLimit" },
    { name: "may have 4 at once", current: 1, desired: 9, to: 4, limited: "ScaleUpLimit" },
    {
      name: "stops at the maximum",
      current: 80,
      desired: 150,
      to: 100,
      limited: "TooManyReplicas",
    },
    { name: "stops at the minimum", current: 4, desired: 0, to: 1, limited: "TooFewReplicas" },
    {
      name: "goes down only to the most of five minutes",
      current: 8,
      desired: 2,
      past: [ago(9, 400), ago(6, 200), ago(3, 15)],
      to: 6,
      limited: "DesiredWithinRange",
      able: "ScaleDownStabilized",
    },
  ])("$name", ({ current, desired, past = [], to, limited, able = "ReadyForNewScale" }) => {
    const memory = { ...EMPTY, recommendations: past };
    const result = normalize({ spec: spec(), memory, current, desired, nowMs: NOW });
    expect(result.replicas).toBe(to);
    expect(result.scalingLimited.reason).toBe(limited);
    expect(result.scalingLimited.status).toBe(limited === "DesiredWithinRange" ? "False" : "True");
    expect(result.ableToScale.reason).toBe(able);
    expect(result.recommendations.at(-1)).toEqual({ replicas: desired, atMs: NOW });
  });
});

describe("with behavior", () => {
  it.each<{
    name: string;
    behavior: { scaleUp?: HPAScalingRules; scaleDown?: HPAScalingRules };
    memory?: Partial<Memory>;
    current: number;
    desired: number;
    to: number;
    limited?: string;
    able?: string;
  }>([
    {
      name: "the larger of two policies counts",
      behavior: {},
      current: 10,
      desired: 50,
      to: 20,
      limited: "ScaleUpLimit",
    },
    {
      name: "what was added in the period counts against it",
      behavior: { scaleUp: { policies: [{ type: "Pods", value: 4, periodSeconds: 60 }] } },
      memory: { scaleUps: [changed(3, 30), changed(4, 70)] },
      current: 10,
      desired: 50,
      to: 11,
      limited: "ScaleUpLimit",
    },
    {
      name: "what was taken in the period counts for it",
      behavior: { scaleUp: { policies: [{ type: "Pods", value: 1, periodSeconds: 60 }] } },
      memory: { scaleDowns: [changed(3, 30)] },
      current: 7,
      desired: 50,
      to: 11,
      limited: "ScaleUpLimit",
    },
    {
      name: "the smaller of two policies counts with Min",
      behavior: { scaleUp: { selectPolicy: "Min" } },
      current: 10,
      desired: 50,
      to: 14,
      limited: "ScaleUpLimit",
    },
    {
      name: "Disabled goes nowhere",
      behavior: { scaleDown: { selectPolicy: "Disabled", stabilizationWindowSeconds: 0 } },
      current: 10,
      desired: 2,
      to: 10,
      limited: "ScaleDownLimit",
    },
    {
      name: "a tenth a minute, rounded down to pods that stay",
      behavior: {
        scaleDown: {
          stabilizationWindowSeconds: 0,
          policies: [{ type: "Percent", value: 10, periodSeconds: 60 }],
        },
      },
      current: 25,
      desired: 2,
      to: 22,
      limited: "ScaleDownLimit",
    },
    {
      name: "a window holds scaling up back to the least",
      behavior: { scaleUp: { stabilizationWindowSeconds: 60 } },
      memory: { recommendations: [ago(4, 90), ago(6, 50), ago(8, 20)] },
      current: 5,
      desired: 9,
      to: 6,
      able: "ScaleUpStabilized",
    },
    {
      name: "the default window holds scaling down back for five minutes",
      behavior: {},
      memory: { recommendations: [ago(9, 280), ago(20, 310)] },
      current: 10,
      desired: 3,
      to: 9,
      able: "ScaleDownStabilized",
    },
  ])("$name", ({ behavior, memory = {}, current, desired, to, limited, able }) => {
    const result = normalize({
      spec: spec(behavior),
      memory: { ...EMPTY, ...memory },
      current,
      desired,
      nowMs: NOW,
    });
    expect(result.replicas).toBe(to);
    expect(result.scalingLimited.reason).toBe(limited ?? "DesiredWithinRange");
    expect(result.ableToScale.reason).toBe(able ?? "ReadyForNewScale");
  });

  it("forgets what no policy asks for", () => {
    const memory = { ...EMPTY, scaleUps: [changed(3, 30), changed(2, 10)] };
    expect(remember(memory, spec({}), 4, 6, NOW).scaleUps).toEqual([changed(2, 10), changed(2, 0)]);
    expect(remember(memory, spec(), 4, 6, NOW)).toBe(memory);
  });
});
