/** `npm run figure -- surge maxSurge=3`: what chapters can say of a figure's run. */
import { runFacts } from "../../labs/facts.ts";
import type { KnobValue } from "../../ui/figure/figure.ts";
import { loadFigure } from "../../ui/figure/load.ts";
import { messagesOf } from "../../words/sequence/messages.ts";
import { figureRun } from "./figure-runs.ts";
import { momentsOf } from "./moments.ts";

const [id = "", ...settings] = process.argv.slice(2);

/** The knob's stop that a text means. */
function stopOf(stops: readonly KnobValue[], text: string): KnobValue {
  return stops.find((stop) => String(stop) === text) ?? text;
}

const { knobs } = await loadFigure(id);
const wanted = settings.map((setting) => {
  const [name = "", text = ""] = setting.split("=");
  return [name, stopOf(knobs[name]?.stops ?? [], text)] as const;
});
const { timeline, ...rest } = await figureRun(id, Object.fromEntries(wanted));
const { update, pods } = momentsOf(timeline);
const updateMs = timeline.inputs.at(-1)?.atMs ?? 0;
const lines = [
  `knobs: ${Object.entries(knobs)
    .map(([name, { stops }]) => `${name} (${stops.join(" ")})`)
    .join(", ")}`,
  `run: ${JSON.stringify(runFacts({ timeline, ...rest }), null, 2)}`,
  ...pods.map((pod) => `pod: ${JSON.stringify(pod)}`),
  ...update.map(
    ({ after, code, object, values }) =>
      `${after.toFixed(3)} ${code} ${object} ${JSON.stringify(values)}`,
  ),
  "as a diagram:",
  ...messagesOf(timeline, "en")
    .filter(({ atMs }) => atMs >= updateMs)
    .map(
      ({ atMs, code, from, to, text }) =>
        `${((atMs - updateMs) / 1000).toFixed(3)} ${code} ${from} → ${to}: ${text}`,
    ),
];
process.stdout.write(`${lines.join("\n")}\n`);
