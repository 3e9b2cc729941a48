import { describe, expect, it } from "vitest";
import { syntheticTimeline } from "../../../tests/ui/synthetic-timeline.ts";
import { failed, union } from "../../words/findings.ts";
import { indexTimeline } from "../../words/labels.ts";
import { focusOf } from "./focus.ts";
import { LANES_MAX } from "./lanes.ts";
import { layoutTimeline } from "./layout.ts";
import { fitCommand, timeScale } from "./scale.ts";
import type { Scene } from "./scene.ts";
import { timelineHtml } from "./static.ts";
import { ELEMENTS_MAX, sceneToSvg } from "./svg.ts";

const incident = syntheticTimeline();
const tenPods = syntheticTimeline({ replicas: 10, surge: 3, rps: 200 });
const hundredPods = syntheticTimeline({
  replicas: 100,
  surge: 25,
  endMs: 300_000,
  waveMs: 40_000,
  startupMs: 9000,
});
const crowd = syntheticTimeline({ replicas: 400, surge: 100, endMs: 60_000, waveMs: 5000 });

const widths = [340, 720, 1100];
const languages = ["en", "ko"] as const;

function boxesOf(scene: Scene, look: RegExp) {
  return scene.shapes.flatMap((s) => (s.kind === "rect" && look.test(s.look) ? [s.box] : []));
}

describe("the red gap", () => {
  it("is drawn exactly where a router chooses a pod that does not listen", () => {
    const scene = layoutTimeline(incident, { width: 1100, lang: "en" });
    const { x } = timeScale(scene.plot, scene.fromMs, scene.toMs);
    const wanted = incident.pods.flatMap((pod) =>
      union(indexTimeline(incident).gaps.filter((gap) => gap.pod === pod.name)).map((gap) => [
        x(gap.fromMs),
        x(gap.toMs) - x(gap.fromMs),
      ]),
    );
    expect(wanted).toHaveLength(3);
    expect(boxesOf(scene, /^tl-gap$/).map(({ x: left, w }) => [left, w])).toEqual(wanted);
  });
  it("is not there when preStop outlasts the routers", () => {
    const scene = layoutTimeline(syntheticTimeline({ preStopMs: 5000 }), {
      width: 720,
      lang: "en",
    });
    expect(boxesOf(scene, /^tl-gap$/)).toEqual([]);
    expect(scene.legend.gap).toBe(false);
  });
  it("is cut where the view ends", () => {
    const [gap] = indexTimeline(incident).gaps.filter(({ toMs, fromMs }) => toMs - fromMs > 500);
    const middle = Math.round((gap!.fromMs + gap!.toMs) / 2);
    const view = { fromMs: gap!.fromMs - 1000, toMs: middle };
    const scene = layoutTimeline(incident, { width: 720, lang: "en", ...view });
    const right = scene.plot.x + scene.plot.w;
    const ends = boxesOf(scene, /^tl-gap$/).map(({ x, w }) => x + w);
    expect(ends.at(-1)).toBeCloseTo(right, 0);
  });
});

describe("how long a gap is", () => {
  const [route] = incident.routes;
  const pod = incident.pods.find(({ name }) => name === route!.pod)!;
  /** The only pod's gap from 10 s to 12 s, while a router chooses it in an interval; the picture reaches from 5 s to an end. */
  const drawn = (chosen: readonly [fromS: number, toS: number], toMs: number) => {
    const [fromS, toS] = chosen;
    const scene = layoutTimeline(
      {
        ...incident,
        requests: [],
        pods: [
          {
            ...pod,
            createdMs: 0,
            phases: [{ phase: "ready", fromMs: 0 }],
            goneMs: 60_000,
            listening: [{ fromMs: 0, toMs: 10_000 }, { fromMs: 12_000 }],
          },
        ],
        routes: [{ ...route!, fromMs: fromS * 1000, toMs: toS * 1000 }],
      },
      { width: 720, lang: "en", fromMs: 5000, toMs },
    );
    const [gap] = boxesOf(scene, /^tl-gap$/);
    const [text, ...more] = scene.shapes.flatMap((s) =>
      s.kind === "text" && s.look.startsWith("tl-lost-text") ? [s] : [],
    );
    expect(more).toEqual([]);
    if (text === undefined) return "nowhere";
    // A gap spans the routers' lines and the bar below them.
    const row = text.y > gap!.y + gap!.h / 2 ? "on the bar" : "above the bar";
    return `${text.x > gap!.x ? "behind" : "before"}, ${row}`;
  };
  it.each([
    ["the router leaves the pod", [2, 12], 30_000, "behind, above the bar"],
    ["the router begins with it", [10, 30], 30_000, "before, above the bar"],
    ["the picture ends with it", [2, 12], 12_000, "before, on the bar"],
    ["the router chooses the pod all the while", [2, 30], 30_000, "before, on the bar"],
  ] as const)("stands where it can be read: %s", (_, chosen, toMs, place) => {
    expect(drawn(chosen, toMs)).toBe(place);
  });
  it("is left out where there is no room", () => {
    const shortly = { fromMs: 9_990, toMs: 12_000 };
    const { shapes } = layoutTimeline(
      {
        ...incident,
        pods: [{ ...pod, createdMs: 0, goneMs: 60_000, listening: [{ fromMs: 0, toMs: 10_000 }] }],
        routes: [{ ...route!, fromMs: 2000, toMs: 12_000 }],
      },
      { width: 720, lang: "en", ...shortly },
    );
    expect(shapes.some(({ look }) => look.startsWith("tl-lost-text"))).toBe(false);
  });
});

describe("failed requests", () => {
  const lost = incident.requests.filter(failed).map(({ id }) => id);
  it.each(widths)("all stand on a mark, none twice, at %i pixels", (width) => {
    const { targets } = layoutTimeline(incident, { width, lang: "en" });
    const drawn = targets.flatMap(({ subject }) =>
      subject.kind === "requests" ? subject.ids : [],
    );
    expect([...drawn].sort((a, b) => a - b)).toEqual(lost);
  });
  it("stand with the pod of their time where a StatefulSet gives a name again", () => {
    const [pod, other] = incident.pods;
    const name = "db-0";
    const pods = [
      { ...pod!, name, uid: "before", createdMs: 0, goneMs: 10_000 },
      { ...other!, name, uid: "after", createdMs: 11_000, goneMs: 30_000 },
    ];
    const request = incident.requests.find(failed)!;
    const requests = [4000, 15_000].map((sentMs, id) => ({ ...request, id, pod: name, sentMs }));
    const { targets } = layoutTimeline(
      { ...incident, pods, requests, routes: [] },
      { width: 1100, lang: "en", fromMs: 0, toMs: 30_000 },
    );
    const drawn = targets.flatMap(({ subject, row }) =>
      subject.kind === "requests" ? [{ row, ids: subject.ids }] : [],
    );
    expect(drawn.map(({ ids }) => ids)).toEqual([[0], [1]]);
    expect(new Set(drawn.map(({ row }) => row)).size).toBe(2);
  });
  it.each(widths)("have marks that do not overlap within a lane, at %i pixels", (width) => {
    const { targets, rows } = layoutTimeline(tenPods, { width, lang: "en" });
    for (const row of rows.keys()) {
      const marks = targets
        .filter((t) => t.row === row && t.subject.kind === "requests")
        .sort((a, b) => a.box.x - b.box.x);
      marks.slice(1).forEach(({ box }, i) => {
        const before = marks[i]!.box;
        expect(box.x).toBeGreaterThanOrEqual(before.x + before.w - 0.01);
      });
    }
  });
  it("stand within a mark's width of their own time where there is room", () => {
    const scene = layoutTimeline(incident, { width: 1100, lang: "en" });
    const { x } = timeScale(scene.plot, scene.fromMs, scene.toMs);
    const byId = new Map(incident.requests.map((r) => [r.id, r]));
    for (const { subject, box } of scene.targets) {
      if (subject.kind !== "requests") continue;
      const [first, last] = [subject.ids[0]!, subject.ids.at(-1)!].map((id) =>
        x(byId.get(id)!.sentMs),
      );
      expect(box.x + box.w).toBeGreaterThan(first! - 1);
      expect(box.x - 2 * box.w).toBeLessThan(last!);
    }
  });
});

describe("the scene", () => {
  const runs = { incident, tenPods, hundredPods, crowd };
  for (const [name, timeline] of Object.entries(runs)) {
    for (const lang of languages) {
      it.each(widths)(`of ${name} in ${lang} keeps within %i pixels`, (width) => {
        const scene = layoutTimeline(timeline, { width, lang });
        for (const shape of scene.shapes) {
          if (shape.kind === "rect") {
            expect(shape.box.x).toBeGreaterThanOrEqual(0);
            expect(shape.box.x + shape.box.w).toBeLessThanOrEqual(width);
            expect(shape.box.y + shape.box.h).toBeLessThanOrEqual(scene.height);
          } else if (shape.kind === "text") {
            expect(shape.x).toBeLessThanOrEqual(width);
            expect(shape.y).toBeLessThanOrEqual(scene.height);
          } else {
            expect(shape.d).not.toMatch(/NaN|Infinity|undefined/);
          }
        }
      });
    }
    it(`of ${name} is painted with few elements`, () => {
      const svg = sceneToSvg(layoutTimeline(timeline, { width: 1100, lang: "en" }), { id: "t" });
      const elements = svg.match(/<(rect|path|text)\b/g)?.length ?? 0;
      expect(elements).toBeLessThanOrEqual(ELEMENTS_MAX + 10);
    });
  }
  it("is the same each time", () => {
    const again = () => JSON.stringify(layoutTimeline(tenPods, { width: 720, lang: "ko" }));
    expect(again()).toBe(again());
  });
  it("keeps its rows where they are when the view zooms", () => {
    const whole = focusOf(incident);
    const near = { fromMs: 14_000, toMs: 15_000 };
    const options = { width: 720, lang: "en", lanesOver: whole } as const;
    const scene = layoutTimeline(incident, options);
    const zoomed = layoutTimeline(incident, { ...options, ...near });
    expect(zoomed.rows).toEqual(scene.rows);
    expect(zoomed.height).toBe(scene.height);
  });
  it("leaves out pods without a failure first when there are too many", () => {
    const { targets, legend } = layoutTimeline(crowd, { width: 720, lang: "en" });
    const pods = new Set(
      targets.flatMap((t) => (t.subject.kind === "phase" ? [t.subject.pod] : [])),
    );
    expect(pods.size).toBeLessThanOrEqual(LANES_MAX);
    expect(legend.folded).toBe(true);
    const losing = new Set(crowd.requests.filter(failed).map(({ pod }) => pod));
    for (const pod of [...losing].slice(0, LANES_MAX)) expect(pods).toContain(pod);
  });
  it("can be drawn of a run in which nothing happened", () => {
    const empty = {
      ...incident,
      pods: [],
      routes: [],
      requests: [],
      ready: [],
      rollouts: [],
      decisions: [],
      inputs: [],
    };
    const scene = layoutTimeline(empty, { width: 720, lang: "en" });
    expect(sceneToSvg(scene, { id: "t" })).toContain("</svg>");
  });
});

describe("the name of a phase", () => {
  it("is left out where the marks of failures lie", () => {
    const pod = incident.pods.find(({ phases }) => phases.at(-1)?.phase === "ready")!;
    const readyMs = pod.phases.at(-1)!.fromMs;
    const namesOf = (requests: typeof incident.requests) =>
      layoutTimeline({ ...incident, requests }, { width: 720, lang: "en" }).shapes.filter(
        (shape) => shape.kind === "text" && shape.look.startsWith("tl-in on-") && !shape.tip,
      ).length;
    const [request] = incident.requests;
    const failure = { ...request!, pod: pod.name, outcome: "503" } as const;
    const early = [0, 100, 200].map((after) => ({ ...failure, sentMs: readyMs + after }));
    expect(namesOf(early)).toBe(namesOf([]) - 1);
  });
});

describe("a command's label", () => {
  const labelled = (atMs: number) =>
    layoutTimeline(
      {
        ...incident,
        inputs: [{ ...incident.inputs[0]!, atMs, label: "kubectl rollout undo deployment/web" }],
      },
      { width: 720, lang: "en", fromMs: 0, toMs: 30_000 },
    ).shapes.flatMap((s) => (s.kind === "text" && s.look === "tl-input" ? [s] : []));

  it("stands to the right of its line", () => {
    const [label] = labelled(3000);
    expect(label?.anchor).toBeUndefined();
  });
  it("stands to the left of its line where the picture ends, and is whole", () => {
    const [label] = labelled(29_000);
    expect(label?.anchor).toBe("end");
    expect(label?.text).toBe("kubectl rollout undo deployment/web");
    expect(label?.x).toBeLessThan(720);
  });
});

describe("a command without room", () => {
  it("keeps its verb and what it is about, and is told whole in its title", () => {
    const label = "kubectl set image deployment/web web=shop-web:1.2-rc";
    const inputs = [{ ...incident.inputs[0]!, atMs: 12_000, label }];
    const scene = layoutTimeline({ ...incident, inputs }, { width: 340, lang: "en" });
    const [, text] = /<text class="tl-input"[^>]*>(.*?)<\/text>/.exec(
      sceneToSvg(scene, { id: "t" }),
    )!;
    expect(text).toMatch(`<title>${label}`);
    expect(text).toMatch(/<\/title>kubectl … web=shop-web:1\.2-rc$/);
  });
  it.each([
    ["kubectl get pods", "kubectl get pods"],
    ["kubectl set image deployment/web web=shop-web:1.2-rc", "kubectl set … web=shop-web:1.2-rc"],
    ["kubectl annotate deployment/web a=b c=d", "kubectl annotate … c=d"],
    [
      'kubectl patch service shop -p {"spec":{"selector":{"track":"green"}}}',
      'kubectl patch service shop -p {"spec…',
    ],
  ])("%s becomes %s", (command, short) => expect(fitCommand(command, 13.25, 280)).toBe(short));
});

describe("the legend", () => {
  const imagesOf = (scene: Scene) => scene.legend.versions.map(({ image }) => image);
  it("lists the versions whose pods or answers are drawn", () => {
    const whole = layoutTimeline(incident, { width: 720, lang: "en" });
    expect(imagesOf(whole)).toHaveLength(2);
    const { endMs } = incident;
    const end = { fromMs: endMs - 1000, toMs: endMs };
    const late = layoutTimeline(incident, { width: 720, lang: "en", ...end });
    expect(imagesOf(late)).toEqual(imagesOf(whole).slice(1));
    expect(late.legend).toMatchObject({ phases: ["ready"], outcomes: [], gap: false });
  });
  it("stays as it is while the view zooms", () => {
    const lanesOver = focusOf(incident);
    const zoomed = { fromMs: incident.endMs - 1000, toMs: incident.endMs };
    const options = { width: 720, lang: "en", lanesOver } as const;
    expect(layoutTimeline(incident, { ...options, ...zoomed }).legend).toEqual(
      layoutTimeline(incident, options).legend,
    );
  });
});

describe("the static picture", () => {
  it.each(languages)("has its legend, its table and a description in %s", (lang) => {
    const html = timelineHtml(incident, { lang, id: "t" });
    expect(html).toContain("<desc");
    expect(html).toContain(lang === "ko" ? "범례" : "Legend");
    expect(html.match(/<tr>/g)?.length).toBeGreaterThan(30);
    expect(/[\uac00-\ud7a3]/.test(html)).toBe(lang === "ko");
  });
  it("has no id twice", () => {
    const html = timelineHtml(incident, { lang: "en", id: "t" });
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
  it("writes names as text, never as markup", () => {
    const [input] = incident.inputs;
    const label = '<img src=x onerror="alert(1)">';
    const html = timelineHtml(
      { ...incident, inputs: [{ ...input!, atMs: 10_000, label }] },
      { lang: "en", id: "t" },
    );
    expect(html).not.toContain("<img");
  });
});
