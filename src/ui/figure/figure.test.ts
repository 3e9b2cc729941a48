import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { simulate } from "../../scenario/index.ts";
import { settledValues, type Figure, type KnobValues } from "./figure.ts";
import { loadFigure, topicOf } from "./load.ts";
import { figureHtml } from "./markup.ts";

const topics = readdirSync(new URL("figures/", import.meta.url))
  .filter((file) => !file.includes(".test."))
  .map((file) => file.replace(/\.ts$/, ""));
const figures: [string, Figure][] = [];
for (const topic of topics) {
  const { figures: own } = (await import(`./figures/${topic}.ts`)) as {
    figures: Readonly<Record<string, Figure>>;
  };
  figures.push(...Object.entries(own));
}

describe.each(figures)("the figure %s", (id, figure) => {
  it("stands in the file of its topic", () => {
    expect(topics).toContain(topicOf(id));
    return expect(loadFigure(id)).resolves.toBe(figure);
  });
  it("has knobs that stand on one of their stops at first", () => {
    for (const { stops, initial } of Object.values(figure.knobs)) expect(stops).toContain(initial);
  });
  it.each(["en", "ko"] as const)("is written into a page in %s", async (lang) => {
    const html = await figureHtml(id, { lang, id: "f" });
    for (const [knob, { label }] of Object.entries(figure.knobs)) {
      expect(html).toContain(label[lang]);
      expect(html).toContain(`name="${knob}"`);
    }
    expect(html).toContain("<svg");
  });
  // A choice may be a mistake that the figure shows, and a drain may be held up by a budget until its time is over.
  it("does what its steps say, wherever its sliders stand", () => {
    for (const [knob, { kind, stops }] of Object.entries(figure.knobs)) {
      if (kind !== "slider") continue;
      for (const value of [stops[0]!, stops.at(-1)!]) {
        const { timeline } = simulate(figure.scenario(settledValues(figure, { [knob]: value })));
        const inputs = timeline.inputs.filter(({ label }) => !label.startsWith("kubectl drain "));
        expect(inputs.map(({ code, output }) => [code, output])).toEqual(
          inputs.map(({ output }) => [0, output]),
        );
      }
    }
  });
});

describe("the incident", async () => {
  const figure = await loadFigure("incident");
  const lostWith = (values: KnobValues) =>
    simulate(figure.scenario(settledValues(figure, values))).summary.requests.byOutcome;

  it("loses requests as it is, as 502 and 504 and nothing else", () => {
    const { "200": ok = 0, "502": refused = 0, "504": silent = 0, ...other } = lostWith({});
    expect(ok).toBeGreaterThan(3000);
    expect(refused).toBeGreaterThan(0);
    expect(refused + silent).toBeGreaterThan(0);
    expect(other).toEqual({});
  });
  it("loses none with a preStop that outlasts the routers", () => {
    expect(Object.keys(lostWith({ preStop: 5 }))).toEqual(["200"]);
  });
  it("loses some again when the routers take longer than the hook", () => {
    expect(lostWith({ preStop: 5, routing: 10 })["502"]).toBeGreaterThan(0);
  });
  it("loses none when the hook is cut off long after the routers know", () => {
    expect(Object.keys(lostWith({ preStop: 40, grace: 30 }))).toEqual(["200"]);
  });
});

describe("an author's mistake", () => {
  it("is told when there is no such file", async () => {
    await expect(loadFigure("incidnet")).rejects.toThrow(/there is no figure "incidnet"/);
  });
  it("is told with the figures of the file", async () => {
    await expect(loadFigure("incident/swich")).rejects.toThrow(/there are: incident, incident\/sw/);
  });
  it("is told when a knob is not there, with those that are", async () => {
    const figure = await loadFigure("incident");
    expect(() => settledValues(figure, { prestop: 5 })).toThrow(/there are: preStop, grace/);
  });
  it("is told when a knob does not stop there, with its stops", async () => {
    const figure = await loadFigure("incident");
    expect(() => settledValues(figure, { preStop: 4 })).toThrow(/does not stop at 4, but at 0, 1/);
  });
});
