import { describe, expect, it } from "vitest";
import { factText, type FactRequest } from "./fact.ts";

const incident = (expr: string, rest: Partial<FactRequest> = {}, lang: "en" | "ko" = "en") =>
  factText({ figure: "incident", expr, ...rest }, lang);

describe("a fact is written in the page's language", () => {
  it.each([
    ["a count in groups of three", "run.requests.total", {}, /^\d,\d{3}$/, /^\d,\d{3}$/],
    ["seconds", "run.rollout.seconds", { as: "seconds" }, /^\d\.\d\u00a0s$/, /^\d\.\d초$/],
    [
      "milliseconds",
      'update.first("scheduler.bind").after',
      { as: "milliseconds" },
      /^\d+\u00a0ms$/,
      /^\d+ms$/,
    ],
    [
      "a share",
      "double(run.requests.ok) / double(run.requests.total)",
      { as: "percent", digits: 1 },
      /^9\d\.\d%$/,
      /^9\d\.\d%$/,
    ],
    ["a text", 'update.first("scheduler.bind").values.node', {}, /^node-1$/, /^node-1$/],
  ] as const)("%s", async (_, expr, rest, en, ko) => {
    expect(await incident(expr, rest, "en")).toMatch(en);
    expect(await incident(expr, rest, "ko")).toMatch(ko);
  });
});

describe("a fact speaks of", () => {
  it("the run with the knobs as they are asked for", async () => {
    expect(await incident("run.requests.failed", { knobs: { preStop: 5 } })).toBe("0");
    expect(Number(await incident("run.requests.failed"))).toBeGreaterThan(0);
  });
  it("many seeds", async () => {
    const lost = "runs.filter(r, r.requests.failed > 0).size()";
    expect(await incident(lost, { seeds: 5 })).toBe("5");
    expect(await incident(lost, { seeds: 5, knobs: { preStop: 5 } })).toBe("0");
  });
  it("pods: those before the update and those after it", async () => {
    expect(await incident('pods.filter(p, p.image == "shop-web:1.1").size()')).toBe("3");
    expect(await incident("max(pods.map(p, p.goneAfter))")).toMatch(/^\d\.\d$/);
  });
  it("the n-th decision of a kind, in order", async () => {
    const at = (n: number) =>
      incident(`update.nth("deployment.scale-down-old", ${n}).after`, { digits: 3 });
    expect(Number(await at(1))).toBeLessThan(Number(await at(3)));
    expect(await incident('update.last("deployment.scale-down-old").after', { digits: 3 })).toBe(
      await at(3),
    );
  });
});

describe("an author's mistake", () => {
  it.each([
    ["a figure", { figure: "incidnet" }, "run.seed", /there is no figure "incidnet"/],
    ["a knob", { knobs: { presto: 1 } }, "run.seed", /there is no knob "presto"/],
    ["a field", {}, "run.reqests.failed", /No such key: reqests/],
    ["an expression", {}, "run.requests.", /CEL:/],
    ["a kind of answer", {}, "run.requests.failed > 0", /wanted a number or a text, .* bool/],
    ["a decision", {}, 'update.nth("scheduler.bind", 9).after', /3 decisions are scheduler.bind/],
  ])("in %s is told, with figure and expression", async (_, rest, expr, message) => {
    await expect(incident(expr, rest)).rejects.toThrow(message);
    await expect(incident(expr, rest)).rejects.toThrow(/Fact of the figure "inci/);
  });
});
