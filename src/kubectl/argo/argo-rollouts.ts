/* `kubectl argo rollouts …` (argo-rollouts pkg/kubectl-argo-rollouts/cmd), as a function of what was typed and what there is. */
import type { Rollout } from "../../simulator/index.ts";
import { abort, pause, promote, restart, retry, setImage, type Change } from "./changes.ts";
import { ArgoError, type RolloutsClient } from "./client.ts";
import { describeRollout, listRollouts, rolloutStatusLine } from "./describe.ts";
import { undo } from "./undo.ts";

/** What was typed behind `argo rollouts`. */
export interface CommandLine {
  readonly words: readonly string[];
  readonly flags: ReadonlyMap<string, string>;
}

type Verb = (client: RolloutsClient, words: readonly string[], line: CommandLine) => string[];

const ALIASES = ["rollout", "ro", "rollouts"];

const VERBS: Readonly<Record<string, Verb>> = {
  get: (client, words) => describeRollout(client, only(client, named("get", words))),
  list: (client, [kind = ""]) => {
    if (!ALIASES.includes(kind)) throw usage("list rollouts");
    return listRollouts(client.rollouts());
  },
  status: (client, words) => rolloutStatusLine(only(client, words, "status ROLLOUT_NAME")),
  promote: (client, words, { flags }) => {
    const rollout = only(client, words, "promote ROLLOUT_NAME [--full]");
    const full = flags.get("full") === "true";
    write(client, rollout, promote(rollout, full));
    return [`rollout '${rollout.metadata.name}' ${full ? "fully promoted" : "promoted"}`];
  },
  abort: (client, words) => each(client, words, "abort ROLLOUT_NAME", abort, "aborted"),
  pause: (client, words) => each(client, words, "pause ROLLOUT_NAME", pause, "paused"),
  retry: (client, words) =>
    each(client, named("retry", words), "retry rollout ROLLOUT_NAME", retry, "retried"),
  restart: (client, words) => {
    const change = (rollout: Rollout) => restart(rollout, client.nowMs);
    return each(client, words, "restart ROLLOUT_NAME", change, "restarts in 0s");
  },
  undo: (client, words, { flags }) => {
    const rollout = only(client, words, "undo ROLLOUT_NAME [--to-revision=N]");
    const toRevision = Number(flags.get("to-revision") ?? 0);
    const change = undo(rollout, client.replicaSets(), toRevision);
    if (change === undefined) {
      return [`skipped rollback (current template already matches revision ${toRevision})`];
    }
    write(client, rollout, change);
    return [`rollout '${rollout.metadata.name}' undo`];
  },
  set: (client, [what, name, pair = ""]) => {
    const match = /^([^=]+)=([^=]+)$/.exec(pair);
    if (what !== "image" || name === undefined || match === null) {
      throw usage("set image ROLLOUT_NAME CONTAINER=IMAGE");
    }
    const rollout = only(client, [name]);
    write(client, rollout, setImage(rollout, match[1]!, match[2]!));
    return [`rollout "${name}" image updated`];
  },
};

/** Runs a verb; the words begin after `argo rollouts`. Throws an ArgoError for what the user got wrong. */
export function argoRollouts(client: RolloutsClient, line: CommandLine): string[] {
  const [name = "", ...words] = line.words;
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (verb === undefined) {
    const known = Object.keys(VERBS).join(", ");
    throw new ArgoError(
      `unknown command "${name}" for "kubectl-argo-rollouts": the simulator knows ${known}`,
    );
  }
  return verb(client, words, line);
}

function usage(text: string): ArgoError {
  return new ArgoError(`usage: kubectl argo rollouts ${text}`);
}

/** The words after `rollout` in `get rollout web`. */
function named(verb: string, [kind = "", ...names]: readonly string[]): readonly string[] {
  if (!ALIASES.includes(kind)) throw usage(`${verb} rollout ROLLOUT_NAME`);
  return names;
}

function only(
  client: RolloutsClient,
  names: readonly string[],
  text = "get rollout ROLLOUT_NAME",
): Rollout {
  const [name, ...others] = names;
  if (name === undefined || others.length > 0) throw usage(text);
  const rollout = client.rollout(name);
  if (rollout === undefined) throw new ArgoError(`rollouts.argoproj.io "${name}" not found`);
  return rollout;
}

function each(
  client: RolloutsClient,
  names: readonly string[],
  text: string,
  change: (rollout: Rollout) => Change,
  done: string,
): string[] {
  if (names.length === 0) throw usage(text);
  return names.map((name) => {
    const rollout = only(client, [name]);
    write(client, rollout, change(rollout));
    return `rollout '${name}' ${done}`;
  });
}

/** The status first, then the spec, as the plugin does it (PromoteRollout). */
function write(client: RolloutsClient, rollout: Rollout, { spec, status }: Change): void {
  if (status !== undefined) client.updateStatus({ ...rollout, status });
  if (spec !== undefined) client.updateRollout({ ...rollout, spec });
}
