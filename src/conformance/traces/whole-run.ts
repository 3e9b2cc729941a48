import { rolloutStatus } from "../../kubectl/rollout-status.ts";
import type { KubernetesObject } from "../../simulator/api/types.ts";
import type { Result } from "../result.ts";
import { outlineOf, type Outline } from "./outline.ts";
import { play } from "./play.ts";
import type { Change, Recording, TypedCommand } from "./recording.ts";

/** How many runs are made, with seeds from 1, to find one in which all falls as recorded. */
const SEEDS = 24;

/** A state that stood for longer than this was one of rest: the watch lag has passed, and nobody had anything to do. */
const REST_MS = 1500;

/** How long after a recorded command's end its answer may come in a simulated run: pods are up to so much later. */
const ANSWER_SLACK_MS = 2500;

/**
 * Does a simulated run of the scenario, with pods that start, become ready and end as recorded, give the recorded run: sizes, events,
 * conditions, choice of pods, answers of `rollout status`?
 *
 * Readiness of several pods within the watch lag is heard of one by one or together, as the machine's noise has it, and a rollout then
 * takes it in more or in fewer steps. So several runs are made with different delays; when none takes the recorded steps, the states of
 * rest of either must be passed through by the other, and only the events and conditions that tell of
 * steps in between may differ. Each single recorded step is held against the rules in "decisions".
 */
export function checkWholeRun(recording: Recording): Result {
  const wanted = outlineOf(recording.changes);
  let closest: { messages: string[]; notes: readonly string[]; seed: number } | undefined;
  let atRest: typeof closest;
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const played = play(recording, seed);
    const got = outlineOf(played.changes);
    const answers = wrongAnswers(recording, played.changes);
    const messages = [...differences(wanted, got), ...answers];
    const found = { messages, notes: played.notes, seed };
    if (messages.length === 0) {
      closest = found;
      break;
    }
    if (closest === undefined || messages.length < closest.messages.length) closest = found;
    atRest ??=
      [...restDifferences(recording.changes, played.changes, wanted, got), ...answers].length === 0
        ? found
        : undefined;
  }
  const name = `traces/${recording.name}/whole run`;
  const compared = countOf(wanted) + rolloutCommands(recording).length;
  const { messages, notes, seed } = closest!;
  if (messages.length === 0) {
    return {
      name,
      pass: compared > 0,
      compared,
      messages,
      notes: [...notes, `as in seed ${seed}`],
    };
  }
  if (atRest !== undefined) {
    const excused = `steps between states of rest are the machine's timing: ${atRest.messages.length} lines differ in seed ${atRest.seed}`;
    return { name, pass: true, compared, messages: [], notes: [...atRest.notes, excused] };
  }
  return { name, pass: false, compared, messages, notes };
}

function countOf({ sizes, events, conditions, deletions }: Outline): number {
  const lists = [sizes, conditions, deletions].flatMap((map) => [...map.values()]);
  return lists.reduce((sum, list) => sum + list.length, events.size);
}

/** Lines in which two outlines differ. */
export function differences(wanted: Outline, got: Outline): string[] {
  const parts = (["sizes", "conditions", "deletions"] as const).flatMap((part) =>
    keysOf(wanted[part], got[part]).flatMap((key) => {
      const [left, right] = [wanted[part].get(key) ?? [], got[part].get(key) ?? []].map((l) =>
        l.join(" | "),
      );
      return left === right ? [] : [`${part} of ${key}: recorded ${left}; simulated ${right}`];
    }),
  );
  const events = keysOf(wanted.events, got.events).flatMap((key) => {
    const [left, right] = [wanted.events.get(key) ?? 0, got.events.get(key) ?? 0];
    return left === right ? [] : [`event recorded ${left} times, simulated ${right} times: ${key}`];
  });
  return [...parts, ...events];
}

/** The same, for what does not hang on how many steps lay between two states of rest. */
function restDifferences(
  recorded: readonly Change[],
  simulated: readonly Change[],
  wanted: Outline,
  got: Outline,
): string[] {
  const [left, right] = [restsOf(recorded), restsOf(simulated)];
  const rests = keysOf(left, right).flatMap((key) => {
    const isIn =
      isSubsequence(left.get(key) ?? [], got.sizes.get(key) ?? []) &&
      isSubsequence(right.get(key) ?? [], wanted.sizes.get(key) ?? []);
    const [a, b] = [left.get(key)?.join(" | "), right.get(key)?.join(" | ")];
    return isIn ? [] : [`states of rest of ${key}: recorded ${a}; simulated ${b}`];
  });
  const isOfSteps = (line: string) => /^(event .*ScalingReplicaSet|sizes of )/.test(line);
  return [...rests, ...differences(wanted, got).filter((line) => !isOfSteps(line))];
}

/** Do the lines occur in the other list in this order? */
function isSubsequence(lines: readonly string[], others: readonly string[]): boolean {
  let next = 0;
  for (const other of others) if (other === lines[next]) next += 1;
  return next === lines.length;
}

/** By Deployment: the sizes of its ReplicaSets in each state that stood for long, and at the end. */
function restsOf(changes: readonly Change[]): Map<string, string[]> {
  const rests = new Map<string, string[]>();
  const sized = changes.filter(({ resource }) => resource === "replicasets");
  for (const [i, change] of sized.entries()) {
    const next = sized.slice(i + 1).find(({ object, old }) => sizeOf(object) !== sizeOf(old));
    if (next !== undefined && next.t - change.t < REST_MS) continue;
    for (const [owner, lines] of outlineOf(changes.slice(0, changes.indexOf(change) + 1)).sizes) {
      const list = rests.get(owner) ?? [];
      rests.set(owner, list);
      if (list.at(-1) !== lines.at(-1)) list.push(lines.at(-1)!);
    }
  }
  return rests;
}

function sizeOf(object: KubernetesObject | undefined): unknown {
  return (object as { spec?: { replicas?: unknown } } | undefined)?.spec?.replicas;
}

function keysOf(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])];
}

const ROLLOUT_STATUS =
  /^kubectl rollout status (deployment|deploy|statefulset|sts|daemonset|ds)\/(\S+)/;
const RESOURCES: Readonly<Record<string, string>> = { d: "deployments", s: "statefulsets" };

function rolloutCommands({ commands }: Recording): TypedCommand[] {
  return commands.filter(({ cmd }) => ROLLOUT_STATUS.test(cmd));
}

/** Answers of `kubectl rollout status` that a simulated run does not give: how the command ended, and with which words. */
function wrongAnswers(recording: Recording, changes: readonly Change[]): string[] {
  return rolloutCommands(recording).flatMap((command) => {
    const [, kind = "", name = ""] = ROLLOUT_STATUS.exec(command.cmd)!;
    const resource = kind.startsWith("da") || kind === "ds" ? "daemonsets" : RESOURCES[kind[0]!]!;
    const recorded = `${command.stdout}${command.stderr}`.trimEnd().split("\n").at(-1) ?? "";
    const answer = answerOf(changes, resource, name, command);
    return answer === recorded
      ? []
      : [`${command.cmd}: recorded "${recorded}", simulated "${answer}"`];
  });
}

function answerOf(
  changes: readonly Change[],
  resource: string,
  name: string,
  { t, tEnd }: TypedCommand,
): string {
  const versions = changes.filter(
    (change) => change.resource === resource && change.object.metadata.name === name,
  );
  const standing = versions.findLast((change) => change.t <= t);
  const heard = versions.filter((change) => change.t > t && change.t <= tEnd + ANSWER_SLACK_MS);
  if (standing === undefined || standing.type === "DELETED") {
    if (heard.length === 0)
      return `Error from server (NotFound): ${resource}.apps "${name}" not found`;
  }
  for (const { object } of [...(standing === undefined ? [] : [standing]), ...heard]) {
    const status = rolloutStatus(object);
    if (status.error !== undefined) return `error: ${status.error}`;
    if (status.done) return status.message.trimEnd();
  }
  return "error: timed out waiting for the condition";
}
