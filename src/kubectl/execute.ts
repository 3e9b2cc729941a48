import { findKind } from "../manifest/index.ts";
import {
  deepFreeze,
  remembered,
  resourceByKind,
  type Cluster,
  type KubernetesObject,
  type Outcome,
  type StepAction,
} from "../simulator/index.ts";
import type { FileObject } from "./command/files.ts";
import { kubectl } from "./kubectl.ts";
import { ApiError, errorText, KubectlError } from "./kubectl-error.ts";
import { runAtOnce, type Program } from "./program.ts";
import { requestsOf } from "./requests.ts";
import { splitWords } from "./split-words.ts";
import { applyCall, applyConfiguration } from "./verbs/apply.ts";
import { bareWorld, type World } from "./world.ts";

/** What a step needs of a cluster. */
export type Target = Pick<Cluster, "api" | "now" | "warn">;

/** Carries out a step at once, without that time passes: what waits is ended. Never throws for what a user got wrong. */
export function execute(target: Target, action: StepAction): Outcome {
  const world = bareWorld(requestsOf(target.api), () => target.now);
  const { code, output } = runAtOnce(programOf(target, action, world));
  return { code, output: output.replace(/\n$/, ""), label: labelOf(action) };
}

/** What to call a step on the timeline. */
export function labelOf(action: StepAction): string {
  if (action.kind === "apply") return `kubectl apply -f ${action.label}`;
  return action.command.startsWith("kubectl ") ? action.command : `kubectl ${action.command}`;
}

/** A step as a program. */
export function programOf(target: Target, action: StepAction, world: World): Program {
  if (action.kind === "apply") return applied(target, action, world);
  const words = splitWords(action.command);
  return kubectl(words[0] === "kubectl" ? words.slice(1) : words, world);
}

/** `kubectl apply` of objects that have been read already. A kind that is not simulated is passed over with a warning. */
function* applied(target: Target, action: ApplyAction, world: World): Program {
  const call = applyCall(world);
  let code = 0;
  for (const object of fileObjects(deepFreeze(action))) {
    if (typeof object === "string") {
      target.warn(object);
      continue;
    }
    try {
      yield* applyConfiguration(call, object);
    } catch (error) {
      if (!(error instanceof ApiError) && !(error instanceof KubectlError)) throw error;
      yield { stderr: `${errorText(error)}\n` };
      code = 1;
    }
  }
  return code;
}

type ApplyAction = Extract<StepAction, { readonly kind: "apply" }>;

/** The objects of a step, which is played in run after run. */
const fileObjects = remembered(({ objects, label }: ApplyAction) =>
  objects.map((given) => Object.freeze(fileObject(given, label))),
);

/** An object as it stands in a file, or why it is left out. */
function fileObject(given: unknown, file: string): FileObject | string {
  const object = (given ?? {}) as Partial<KubernetesObject>;
  const { apiVersion = "", kind = "", metadata } = object;
  const definition = resourceByKind(apiVersion, kind);
  const known = findKind(apiVersion, kind);
  if (definition === undefined || known === undefined) {
    return `${kind || "an object without a kind"} (${apiVersion || "no apiVersion"}) is not simulated and is ignored`;
  }
  return {
    file,
    kind: known,
    definition,
    object: object as Readonly<Record<string, unknown>>,
    name: metadata?.name ?? "",
    namespace: definition.namespaced ? (metadata?.namespace ?? "default") : "",
    hasNamespace: metadata?.namespace !== undefined,
  };
}
