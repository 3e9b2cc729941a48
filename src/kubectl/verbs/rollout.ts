/* kubectl rollout (pkg/cmd/rollout). */
import { timestamp, type KubernetesObject, type PodTemplateSpec } from "../../simulator/index.ts";
import { each } from "../command/each.ts";
import { report } from "../command/report.ts";
import { visit, visitAll, type Info } from "../command/resolve.ts";
import {
  DRY_RUN_FLAG,
  FIELD_MANAGER_FLAG,
  FILE_FLAGS,
  PRINT_FLAGS,
  type Call,
  type Flagged,
  type Verb,
} from "../command/verb.ts";
import { KubectlError, usageError, withPrefix } from "../kubectl-error.ts";
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

/** The objects of a `rollout` command; without any it says what it wants. */
function objectsOf(call: Call) {
  if (call.words.length === 0 && !call.flags.has("filename")) {
    throw usageError(call.command, "required resource not specified");
  }
  return visit(call);
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
    if (call.words.length === 0 && !call.flags.has("filename")) {
      throw usageError(call.command, "required resource not specified");
    }
    const infos = visitAll(call);
    for (const info of infos) yield* follow(call, info);
    return 0;
  },
};

/** Prints each look at the object until the rollout has ended, one way or the other. */
function* follow(call: Call, info: Info): Program {
  const { flags, world, client } = call;
  const revision = flags.number("revision") ?? 0;
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
  run: (call) => each(objectsOf(call), (info) => restartOne(call, info)),
};

/** Restarting is an update: a changed annotation makes a new template (polymorphichelpers/objectrestarter.go). */
function* restartOne(call: Call, info: Info): Program {
  const { spec } = info.object as { spec?: { paused?: boolean; template?: PodTemplateSpec } };
  if (!["deployments", "daemonsets", "statefulsets"].includes(info.kind.plural)) {
    throw notSupported(info, "restarting");
  }
  if (spec?.paused === true) {
    throw new KubectlError(
      `${resourceName(info.kind)} ${JSON.stringify(info.name)} can't restart paused deployment (run rollout resume first)`,
    );
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
      each(objectsOf(call), function* (info) {
        if (info.kind.kind !== "Deployment")
          throw notSupported(info, isPause ? "pausing" : "resuming");
        const { spec } = info.object as { spec?: { paused?: boolean } };
        if ((spec?.paused ?? false) === isPause) {
          const already = isPause ? "is already paused" : "is not paused";
          throw new KubectlError(
            `${resourceName(info.kind)} ${JSON.stringify(info.name)} ${already}`,
          );
        }
        // A field that is taken away is not set: false.
        const patch = { spec: { paused: isPause ? true : null } };
        return yield* change(call, info, patch, isPause ? "paused" : "resumed");
      }),
  };
}

function notSupported({ kind, name }: Info, what: string): KubectlError {
  return new KubectlError(`${resourceName(kind)} ${JSON.stringify(name)} ${what} is not supported`);
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
    { name: "output", short: "o", about: "json or yaml", missing: true },
    ...SELECTOR,
    ...FILE_FLAGS,
  ],
  *run(call) {
    const revision = call.flags.number("revision") ?? 0;
    if (revision < 0) throw new KubectlError("revision must be a positive integer: " + revision);
    return yield* each(objectsOf(call), (info) => history(call, info, revision));
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
