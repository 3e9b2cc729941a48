/* kubectl rollout history (polymorphichelpers/history.go). */
import {
  controllerOf,
  isRevisionOf,
  sortRevisions,
  templateOf,
  type KubernetesObject,
  type PodTemplateSpec,
} from "../../simulator/index.ts";
import { CHANGE_CAUSE } from "../command/record.ts";
import { objectName } from "../command/report.ts";
import type { Info } from "../command/resolve.ts";
import type { Call } from "../command/verb.ts";
import { listOf } from "../describe/describer.ts";
import { Lines } from "../describe/lines.ts";
import { templateLines } from "../describe/pod-template.ts";
import { groupKind } from "../kinds.ts";
import { KubectlError } from "../kubectl-error.ts";
import { alignTabs } from "../output/elastic-tabs.ts";
import type { ObjectPrinter } from "../output/printer.ts";
import type { Program } from "../program.ts";

export const REVISION = "deployment.kubernetes.io/revision";

/** One state of a workload's template. */
interface Revision {
  readonly number: number;
  readonly template: PodTemplateSpec;
  readonly cause?: string;
  /** What `-o` prints: a ReplicaSet, or the workload as it was. */
  readonly object: KubernetesObject;
}

/** Lists the revisions, or shows one; with `-o` as objects (GetHistory). */
export function* history(
  call: Call,
  info: Info,
  revision: number,
  printer: ObjectPrinter | undefined,
): Program {
  const revisions = revisionsOf(call, info);
  if (printer !== undefined) {
    const chosen = revisions.filter(({ number }) => revision === 0 || number === revision);
    if (chosen.length === 0 && revision > 0) throw unknownRevision();
    yield { stdout: chosen.map(({ object }) => printer.print([object], false)).join("") };
    return 0;
  }
  if (revision === 0) {
    const rows = revisions.map(({ number, cause = "<none>" }) => `${number}\t${cause}`);
    const table = alignTabs(["REVISION\tCHANGE-CAUSE", ...rows].join("\n"));
    yield { stdout: `${objectName(info)} \n${table}\n\n` };
    return 0;
  }
  const found = revisions.find(({ number }) => number === revision);
  if (found === undefined) throw unknownRevision();
  const out = new Lines();
  templateLines(out, withCause(found));
  yield { stdout: `${objectName(info)} with revision #${revision}\n${out.toString()}\n` };
  return 0;
}

function unknownRevision(): KubectlError {
  return new KubectlError("unable to find the specified revision");
}

function withCause({ template, cause }: Revision): PodTemplateSpec {
  if (cause === undefined) return template;
  const annotations = { ...template.metadata?.annotations, [CHANGE_CAUSE]: cause };
  return { ...template, metadata: { ...template.metadata, annotations } };
}

/** The revisions that are kept, the oldest first. */
function revisionsOf({ client, world }: Call, { kind, object }: Info): Revision[] {
  const { uid, namespace = "" } = object.metadata;
  const surroundings = { client, nowMs: world.now() };
  switch (kind.kind) {
    case "Deployment":
      return listOf(surroundings, "replicasets", namespace)
        .filter((rs) => controllerOf(rs)?.uid === uid)
        .map((rs) => ({
          number: Number(rs.metadata.annotations?.[REVISION] ?? 0),
          template: rs.spec.template,
          ...causeOf(rs.metadata.annotations),
          object: rs,
        }))
        .sort((a, b) => a.number - b.number);
    case "StatefulSet":
    case "DaemonSet": {
      const all = listOf(surroundings, "controllerrevisions", namespace);
      return sortRevisions(all.filter((one) => isRevisionOf(object as never, one))).map((one) => ({
        number: one.revision,
        template: templateOf(one),
        ...causeOf(one.metadata.annotations),
        object: { ...object, spec: { ...specOf(object), template: templateOf(one) } },
      }));
    }
    default:
      throw new KubectlError(
        `no history viewer has been implemented for ${JSON.stringify(groupKind(kind))}`,
      );
  }
}

function specOf(object: KubernetesObject): object {
  return (object as { spec?: object }).spec ?? {};
}

function causeOf(annotations: Readonly<Record<string, string>> | undefined): { cause?: string } {
  const cause = annotations?.[CHANGE_CAUSE];
  return cause === undefined || cause === "" ? {} : { cause };
}
