/* kubectl rollout undo (polymorphichelpers/rollback.go). */
import {
  controllerOf,
  deepEqual,
  isRevisionOf,
  isSameData,
  revisionData,
  sortRevisions,
  templateOf,
  type ControllerRevision,
  type Deployment,
  type PodTemplateSpec,
  type ReplicaSet,
} from "../../simulator/index.ts";
import type { PatchType } from "../client.ts";
import { report } from "../command/report.ts";
import type { Info } from "../command/resolve.ts";
import { dryRunOf } from "../command/dry-run.ts";
import type { Call } from "../command/verb.ts";
import { listOf } from "../describe/describer.ts";
import { Lines } from "../describe/lines.ts";
import { templateLines } from "../describe/pod-template.ts";
import { groupKind } from "../kinds.ts";
import { KubectlError, withPrefix } from "../kubectl-error.ts";
import type { Program } from "../program.ts";
import { REVISION } from "./rollout-history.ts";

/** Annotations that stay the Deployment's own; the others come back with the template (annotationsToSkip). */
const OWN_ANNOTATIONS = new Set([
  "kubectl.kubernetes.io/last-applied-configuration",
  REVISION,
  "deployment.kubernetes.io/revision-history",
  "deployment.kubernetes.io/desired-replicas",
  "deployment.kubernetes.io/max-replicas",
  "deprecated.deployment.rollback.to",
]);

/** Goes back to a revision, or to the one before. */
export function undo(call: Call, info: Info): Program {
  const toRevision = call.flags.number("to-revision") ?? 0;
  if (toRevision < 0)
    throw new KubectlError(`unable to find specified revision ${toRevision} in history`);
  switch (info.kind.kind) {
    case "Deployment":
      return undoDeployment(call, info, toRevision);
    case "StatefulSet":
    case "DaemonSet":
      return undoByHistory(call, info, toRevision);
    default:
      throw new KubectlError(
        `no rollbacker has been implemented for ${JSON.stringify(groupKind(info.kind))}`,
      );
  }
}

function* undoDeployment(call: Call, info: Info, toRevision: number): Program {
  const deployment = info.object as Deployment;
  const chosen = replicaSetOf(call, deployment, toRevision);
  if (dryRunOf(call) === "client") {
    return yield* report(call, info, templateText(chosen.spec.template), info.object);
  }
  if (deployment.spec.paused === true) {
    throw new KubectlError(
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    );
  }
  const template = withoutHash(chosen.spec.template);
  if (deepEqual(template, withoutHash(deployment.spec.template))) {
    return yield* skipped(call, info, toRevision);
  }
  const entries = [
    ...Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) =>
      OWN_ANNOTATIONS.has(key),
    ),
    ...Object.entries(chosen.metadata.annotations ?? {}).filter(
      ([key]) => !OWN_ANNOTATIONS.has(key),
    ),
  ];
  const patch = [
    { op: "replace", path: "/spec/template", value: template },
    { op: "replace", path: "/metadata/annotations", value: Object.fromEntries(entries) },
  ];
  return yield* restore(call, info, toRevision, "json", patch);
}

function replicaSetOf(call: Call, deployment: Deployment, toRevision: number): ReplicaSet {
  const surroundings = { client: call.client, nowMs: call.world.now() };
  const owned = listOf(surroundings, "replicasets", deployment.metadata.namespace ?? "")
    .filter((rs) => controllerOf(rs)?.uid === deployment.metadata.uid)
    .toSorted((a, b) => revisionOf(b) - revisionOf(a));
  const { name } = deployment.metadata;
  if (toRevision > 0) {
    const found = owned.find((rs) => revisionOf(rs) === toRevision);
    if (found !== undefined) return found;
    throw new KubectlError(`unable to find specified revision ${toRevision} in history`);
  }
  const previous = owned[1];
  if (previous !== undefined) return previous;
  throw new KubectlError(`no rollout history found for deployment ${JSON.stringify(name)}`);
}

function revisionOf({ metadata }: ReplicaSet): number {
  return Number(metadata.annotations?.[REVISION] ?? 0);
}

function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  const { "pod-template-hash": _hash, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

function* undoByHistory(call: Call, info: Info, toRevision: number): Program {
  const surroundings = { client: call.client, nowMs: call.world.now() };
  const { namespace = "" } = info.object.metadata;
  const all = listOf(surroundings, "controllerrevisions", namespace);
  const revisions = sortRevisions(all.filter((one) => isRevisionOf(info.object as never, one)));
  const chosen = revisionIn(revisions, toRevision);
  if (dryRunOf(call) === "client") {
    const what = `will roll back to ${templateText(templateOf(chosen))}`;
    return yield* report(call, info, what, info.object);
  }
  const { spec } = info.object as unknown as { spec: { template: PodTemplateSpec } };
  if (isSameData(revisionData(spec.template), chosen.data as never)) {
    return yield* skipped(call, info, toRevision);
  }
  return yield* restore(call, info, toRevision, "strategic", chosen.data);
}

function revisionIn(
  revisions: readonly ControllerRevision[],
  toRevision: number,
): ControllerRevision {
  if (toRevision === 0 && revisions.length <= 1) {
    throw new KubectlError("no last revision to roll back to");
  }
  const found =
    toRevision === 0 ? revisions.at(-2) : revisions.find(({ revision }) => revision === toRevision);
  if (found !== undefined) return found;
  throw new KubectlError(`unable to find specified revision ${toRevision} in history`);
}

/** The patch names no field manager, and what is printed is the object as it was before. */
function* restore(
  call: Call,
  info: Info,
  toRevision: number,
  type: PatchType,
  patch: unknown,
): Program {
  const dryRun = dryRunOf(call) === "server";
  withPrefix(`failed restoring revision ${toRevision}`, () =>
    call.client.patch(info, info.name, type, patch, { dryRun }),
  );
  return yield* report(call, info, "rolled back", info.object);
}

/** printTemplate */
function templateText(template: PodTemplateSpec): string {
  const out = new Lines();
  templateLines(out, template);
  return out.toString();
}

function skipped(call: Call, info: Info, toRevision: number): Program {
  const what = `skipped rollback (current template already matches revision ${toRevision})`;
  return report(call, info, what, info.object);
}
