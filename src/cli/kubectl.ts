import { kubectl } from "../kubectl/kubectl.ts";
import { begin, worldOf } from "../scenario/begin.ts";
import { formatDuration, parseDuration } from "../scenario/schema/duration.ts";
import { inOrder } from "../scenario/simulate.ts";
import { Player, type Begin } from "../scenario/player.ts";
import { Cluster, type InputRecord } from "../simulator/index.ts";
import { parseArguments, STATUS, tell, UnusableInput, type Command } from "./command.ts";
import { readPath } from "./files.ts";
import { loadScenario } from "./simulate.ts";

/** The last instant that is played: what still waits then is ended, as Ctrl+C would. */
const LONGEST_MS = 24 * 3600 * 1000;

export const kubectlCommand: Command = {
  name: "kubectl",
  usage: "--scenario S.yaml [--at 45s] -- ARGS…",
  summary: "run kubectl against a scenario's cluster at a moment",
  help: `What stands after -- is what stands after kubectl in a terminal: get pods -o wide. Files are read from
this machine, nothing is written to it. The exit status is kubectl's.

  --scenario S.yaml  a Scenario document, or a lab.yaml
  --at 45s           the moment in virtual time; default: the scenario's end

A command that waits (rollout status, get -w) goes on in virtual time, to the scenario's end.`,
  run(args) {
    const split = args.indexOf("--");
    const own = split < 0 ? args : args.slice(0, split);
    const { values, positionals } = parseArguments(this, own, {
      scenario: { type: "string" },
      at: { type: "string" },
    });
    if (values.scenario === undefined || positionals.length > 0 || split < 0) {
      throw new UnusableInput([
        values.scenario === undefined
          ? "wanted a scenario: --scenario S.yaml"
          : "wanted kubectl's arguments behind --",
        `usage: rollout-lab ${this.name} ${this.usage}`,
      ]);
    }
    const { scenario, warnings } = loadScenario(values.scenario);
    for (const warning of warnings) tell(`warning: ${warning}`);
    const atMs =
      values.at === undefined ? scenario.durationMs : instant(values.at, scenario.durationMs);
    const record = play(scenario, atMs, args.slice(split + 1));
    for (const { stream, text } of record.chunks ?? []) {
      (stream === "stdout" ? process.stdout : process.stderr).write(text);
    }
    return record.endMs === undefined ? STATUS.good : record.code;
  },
};

function instant(text: string, durationMs: number): number {
  const ms = parseDuration(text);
  if (ms !== undefined && ms >= 0 && ms <= durationMs) return ms;
  const end = formatDuration(durationMs);
  throw new UnusableInput([
    `--at: wanted a duration from 0s to ${end}, the scenario's end, got "${text}"`,
  ]);
}

/** Plays a scenario to a moment, then the command until it ends or the scenario does. */
function play(
  scenario: ReturnType<typeof loadScenario>["scenario"],
  atMs: number,
  args: readonly string[],
): InputRecord {
  const cluster = new Cluster({ scenario, seed: scenario.seed });
  const start: Begin = (target, action, shell) => {
    if (action.kind !== "shell") return begin(target, action, shell);
    const world = {
      ...worldOf(target, {}),
      now: () => target.now,
      read: readHere,
      hasEditor: false,
    };
    return { label: action.line, program: kubectl(args, world) };
  };
  const player = new Player(cluster, start);
  const steps = inOrder(scenario, []);
  const playTo = (ms: number, from: number) => {
    let next = from;
    for (; steps[next] !== undefined && steps[next]!.atMs <= ms; next += 1) {
      player.runUntil(steps[next]!.atMs);
      player.perform(steps[next]!.action);
    }
    player.runUntil(ms);
    return next;
  };
  const next = playTo(atMs, 0);
  const index = cluster.run({ requests: false }).timeline.inputs.length;
  player.perform({ kind: "shell", line: `kubectl ${args.join(" ")}`, files: {} });
  const record = () => cluster.run({ requests: false }).timeline.inputs[index]!;
  if (record().endMs === undefined) playTo(Math.min(LONGEST_MS, scenario.durationMs), next);
  return record();
}

function readHere(path: string) {
  const content = readPath(path);
  return typeof content === "object" && "refused" in content ? undefined : content;
}
