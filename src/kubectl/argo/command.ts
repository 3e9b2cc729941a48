import { definitionOf, type Rollout } from "../../simulator/index.ts";
import { namespaceOf, type Call, type Verb } from "../command/verb.ts";
import { listOf } from "../describe/describer.ts";
import { isNotFound, KubectlError } from "../kubectl-error.ts";
import type { Program } from "../program.ts";
import { argoRollouts } from "./argo-rollouts.ts";
import { ArgoError, type RolloutsClient } from "./client.ts";

/** Clears the screen and goes to its beginning, as the plugin does before it draws anew. */
const REDRAW = "\u001b[2J\u001b[H";

/** The plugin `kubectl argo rollouts`. */
const rollouts: Verb = {
  name: "rollouts",
  about: "Manage argo rollouts",
  usage: "COMMAND",
  flags: [
    { name: "watch", short: "w", type: "bool", about: "goes on with each change" },
    { name: "full", type: "bool", about: "with promote: past all steps and analyses" },
    { name: "to-revision", type: "int", about: "with undo: the revision to go back to" },
    { name: "no-color", type: "bool", about: "no colours; there are none" },
    { name: "timeout", type: "duration", about: "with status: how long to watch" },
  ],
  *run(call) {
    const [verb] = call.words;
    if (verb === "get" && call.flags.isOn("watch")) return yield* drawn(call);
    if (verb === "status") return yield* followed(call);
    yield { stdout: `${answer(call).join("\n")}\n` };
    return 0;
  },
};

export const argo: Verb = {
  name: "argo",
  about: "Plugins of the Argo project",
  usage: "rollouts COMMAND",
  intro: "Progressive delivery with the kind Rollout.",
  verbs: [rollouts],
};

/** What the plugin says now. */
function answer(call: Call): string[] {
  const { flags, words } = call;
  const names = ["full", "to-revision"].filter((name) => flags.has(name));
  const given = new Map(names.map((name) => [name, flags.text(name)!]));
  try {
    return argoRollouts(clientOf(call), { words, flags: given });
  } catch (error) {
    if (!(error instanceof ArgoError)) throw error;
    throw new KubectlError([...error.lines, `Error: ${error.message}`].join("\n"), 1, true);
  }
}

/** `get rollout NAME -w`: drawn anew with each change of what is shown. */
function* drawn(call: Call): Program {
  let shown = "";
  for (;;) {
    const text = `${answer(call).join("\n")}\n`;
    if (text !== shown) yield { stdout: shown === "" ? text : REDRAW + text };
    shown = text;
    yield { waitForChange: true };
  }
}

/** `status NAME`: each phase until the rollout is healthy, or degraded, which ends it with 1. */
function* followed(call: Call): Program {
  const limitMs = call.flags.duration("timeout") ?? 0;
  const untilMs = limitMs > 0 ? call.world.now() + limitMs : Infinity;
  let shown = "";
  for (;;) {
    const text = `${answer(call).join("\n")}\n`;
    if (text !== shown) yield { stdout: text };
    shown = text;
    if (/^Healthy/.test(text) || call.flags.text("watch") === "false") return 0;
    if (/^Degraded/.test(text)) return 1;
    if (call.world.now() >= untilMs)
      throw new KubectlError("Error: Rollout status watch exceeded timeout", 1, true);
    yield { waitForChange: true, untilMs };
  }
}

function clientOf(call: Call): RolloutsClient {
  const namespace = namespaceOf(call);
  const surroundings = { client: call.client, nowMs: call.world.now() };
  const where = { kind: definitionOf("rollouts"), namespace };
  // The plugin patches: changes in between do not matter.
  const latest = ({ metadata }: Rollout) => call.client.get(where, metadata.name);
  return {
    nowMs: surroundings.nowMs,
    namespace,
    rollout: (name) => found(() => call.client.get(where, name) as unknown as Rollout),
    rollouts: () => listOf(surroundings, "rollouts", namespace),
    replicaSets: () => listOf(surroundings, "replicasets", namespace),
    pods: () => listOf(surroundings, "pods", namespace),
    analysisRuns: () => listOf(surroundings, "analysisruns", namespace),
    updateRollout: (rollout) => {
      const { metadata } = latest(rollout);
      call.client.replace(where, rollout.metadata.name, { ...rollout, metadata });
    },
    updateStatus: (rollout) => {
      const { metadata } = latest(rollout);
      const body = { ...rollout, metadata };
      call.client.replace(where, rollout.metadata.name, body, { subresource: "status" });
    },
  };
}

function found<T>(get: () => T): T | undefined {
  try {
    return get();
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
