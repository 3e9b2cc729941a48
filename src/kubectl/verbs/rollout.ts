/* kubectl rollout (pkg/cmd/rollout). */
import { timestamp, type KubernetesObject, type PodTemplateSpec } from "../../simulator/index.ts";
import { each } from "../command/each.ts";
import { printerOf, report } from "../command/report.ts";
import { visit, type Info, type Visit } from "../command/resolve.ts";
import { DRY_RUN_FLAG } from "../command/dry-run.ts";
import {
  FIELD_MANAGER_FLAG,
  FILE_FLAGS,
  namespaceOf,
  PRINT_FLAGS,
  type Call,
  type Flagged,
  type Verb,
} from "../command/verb.ts";
import { KubectlError, withPrefix } from "../kubectl-error.ts";
import { resourceName } from "../kinds.ts";
import type { Program } from "../program.ts";
import { rolloutStatus } from "../rollout-status.ts";
import { Watcher } from "../watch.ts";
import { history } from "./rollout-history.ts";
import { undo } from "./rollout-undo.ts";

const MANAGER = "kubectl-rollout";

const RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

const SELECTOR: Flagged = [{ name: "selector", short: "l", about: "labels of the objects" }];

const CHANGE_FLAGS: Flagged = [FIELD_MANAGER_FLAG, ...PRINT_FLAGS, ...FILE_FLAGS, ...SELECTOR];

/** The objects of a `rollout` command, all of a type where it names none; without a type it says what it wants. */
function objectsOf(call: Call): Visit {
  if (call.words.length === 0 && !call.flags.has("filename")) {
    throw new KubectlError("required resource not specified");
  }
  return visit(call, { allByDefault: true });
}

/** Works on each object; that there is none is said, and no error. */
function* eachOf(call: Call, work: (info: Info) => Program): Program {
  const found = objectsOf(call);
  if (found.infos.length > 0 || found.errors.length > 0) return yield* each(found, work);
  yield { stderr: `No resources found in ${namespaceOf(call)} namespace.\n` };
  return 0;
}

/** `--revision` of commands that look at one; 0 for whichever is the last. */
function revisionOf({ flags }: Call): number {
  const revision = flags.number("revision") ?? 0;
  if (revision < 0) throw new KubectlError(`revision must be a positive integer: ${revision}`);
  return revision;
}

const status: Verb = {
  name: "status",
  about: "Show the status of the rollout",
  usage: "(TYPE NAME | TYPE/NAME) [flags]",
  flags: [
    {
      name: "watch",
      short: "w",
      type: "bool",
      about: "goes on until the rollout ends (default true)",
    },
    { name: "timeout", type: "duration", about: "how long to watch; 0: as long as it takes" },
    { name: "revision", type: "int", about: "ends unless this revision is rolled out" },
    ...SELECTOR,
    ...FILE_FLAGS,
  ],
  *run(call) {
    const revision = revisionOf(call);
    return yield* eachOf(call, (info) => follow(call, info, revision));
  },
};

/** Prints each look at the object until the rollout has ended, one way or the other. */
function* follow(call: Call, info: Info, revision: number): Program {
  const { flags, world, client } = call;
  const limitMs = flags.duration("timeout") ?? 0;
  const untilMs = limitMs > 0 ? world.now() + limitMs : Infinity;
  const watcher = Watcher.ofObject(client, info, info.object);
  let looks: readonly KubernetesObject[] = [info.object];
  for (;;) {
    for (const object of looks) {
      const seen = rolloutStatus(object, revision);
      if (seen.error !== undefined) throw new KubectlError(seen.error);
      yield { stdout: seen.message };
      if (seen.done || flags.text("watch") === "false") return 0;
    }
    if (world.now() >= untilMs) throw new KubectlError("timed out waiting for the condition");
    yield { waitForChange: true, untilMs };
    looks = watcher.changes().map(({ type, object }) => {
      if (type === "DELETED") throw new KubectlError("object has been deleted");
      return object;
    });
  }
}

const restart: Verb = {
  name: "restart",
  about: "Restart a resource",
  usage: "RESOURCE",
  flags: CHANGE_FLAGS,
  run: (call) => eachOf(call, (info) => restartOne(call, info)),
};

/** Restarting is an update: a changed annotation makes a new template (polymorphichelpers/objectrestarter.go). */
function* restartOne(call: Call, info: Info): Program {
  const { spec } = info.object as { spec?: { paused?: boolean; template?: PodTemplateSpec } };
  if (!["deployments", "daemonsets", "statefulsets"].includes(info.kind.plural)) {
    throw notSupported(info, "restarting");
  }
  if (spec?.paused === true) {
    throw notDone(info, "can't restart paused deployment (run rollout resume first)");
  }
  const now = timestamp(call.world.now());
  // The annotation counts in seconds: within the same one there is nothing to change.
  if (spec?.template?.metadata?.annotations?.[RESTARTED_AT] === now) {
    throw new KubectlError(
      `failed to create patch for ${info.name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`,
    );
  }
  const annotations = { [RESTARTED_AT]: now };
  const patch = { spec: { template: { metadata: { annotations } } } };
  return yield* change(call, info, patch, "restarted");
}

/** Only Deployments can be paused (polymorphichelpers/objectpauser.go and objectresumer.go). */
function pausing(isPause: boolean): Verb {
  const name = isPause ? "pause" : "resume";
  return {
    name,
    about: isPause ? "Mark the provided resource as paused" : "Resume a paused resource",
    usage: "RESOURCE",
    flags: CHANGE_FLAGS,
    run: (call) =>
      eachOf(call, function* (info) {
        if (info.kind.kind !== "Deployment")
          throw notSupported(info, isPause ? "pausing" : "resuming");
        const { spec } = info.object as { spec?: { paused?: boolean } };
        if ((spec?.paused ?? false) === isPause) {
          throw notDone(info, isPause ? "is already paused" : "is not paused");
        }
        // A field that is taken away is not set: false.
        const patch = { spec: { paused: isPause ? true : null } };
        return yield* change(call, info, patch, isPause ? "paused" : "resumed");
      }),
  };
}

function notSupported(info: Info, what: string): KubectlError {
  return notDone(info, `${what} is not supported`);
}

/** The `error: ` is part of the text, and so stands before each of several errors too. */
function notDone({ kind, name }: Info, why: string): KubectlError {
  return new KubectlError(`error: ${resourceName(kind)} ${JSON.stringify(name)} ${why}`);
}

function* change(call: Call, info: Info, patch: object, done: string): Program {
  const fieldManager = call.flags.text("field-manager") ?? MANAGER;
  const object = withPrefix("failed to patch", () =>
    call.client.patch(info, info.name, "strategic", patch, { fieldManager }),
  );
  return yield* report(call, info, done, object);
}

const historyVerb: Verb = {
  name: "history",
  about: "View rollout history",
  usage: "(TYPE NAME | TYPE/NAME) [flags]",
  flags: [
    { name: "revision", type: "int", about: "shows this revision in full" },
    ...PRINT_FLAGS,
    ...SELECTOR,
    ...FILE_FLAGS,
  ],
  *run(call) {
    const revision = revisionOf(call);
    const printer = printerOf(call);
    return yield* each(objectsOf(call), (info) => history(call, info, revision, printer));
  },
};

const undoVerb: Verb = {
  name: "undo",
  about: "Undo a previous rollout",
  usage: "(TYPE NAME | TYPE/NAME) [flags]",
  flags: [
    { name: "to-revision", type: "int", about: "the revision to go back to; 0: the one before" },
    DRY_RUN_FLAG,
    ...PRINT_FLAGS,
    ...FILE_FLAGS,
    ...SELECTOR,
  ],
  run: (call) => each(objectsOf(call), (info) => undo(call, info)),
};

export const rollout: Verb = {
  name: "rollout",
  about: "Manage the rollout of a resource",
  usage: "SUBCOMMAND [options]",
  intro: `Manage the rollout of one or many resources.
        
 Valid resource types include:

  *  deployments
  *  daemonsets
  *  statefulsets`,
  examples: `  # Rollback to the previous deployment
  kubectl rollout undo deployment/abc
  
  # Check the rollout status of a daemonset
  kubectl rollout status daemonset/foo
  
  # Restart a deployment
  kubectl rollout restart deployment/abc
  
  # Restart deployments with the 'app=nginx' label
  kubectl rollout restart deployment --selector=app=nginx`,
  verbs: [historyVerb, pausing(true), restart, pausing(false), status, undoVerb],
};
