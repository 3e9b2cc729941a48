/* kubectl rollout history (polymorphichelpers/history.go). */
import {
  controllerOf,
  isRevisionOf,
  sortRevisions,
  templateOf,
  type PodTemplateSpec,
} from "../../simulator/index.ts";
import { CHANGE_CAUSE } from "../command/record.ts";
import { objectName } from "../command/report.ts";
import type { Info } from "../command/resolve.ts";
import type { Call } from "../command/verb.ts";
import { listOf } from "../describe/describer.ts";
import { Lines } from "../describe/lines.ts";
import { templateLines } from "../describe/pod-template.ts";
import { KubectlError } from "../kubectl-error.ts";
import { alignTabs } from "../output/elastic-tabs.ts";
import type { Program } from "../program.ts";

export const REVISION = "deployment.kubernetes.io/revision";

/** One state of a workload's template. */
export interface Revision {
  readonly number: number;
  readonly template: PodTemplateSpec;
  readonly cause?: string;
}

/** Lists the revisions, or shows one. */
export function* history(call: Call, info: Info, revision: number): Program {
  const revisions = revisionsOf(call, info);
  if (revision === 0) {
    const rows = revisions.map(({ number, cause = "<none>" }) => `${number}\t${cause}`);
    const table = alignTabs(["REVISION\tCHANGE-CAUSE", ...rows].join("\n"));
    yield { stdout: `${objectName(info)} \n${table}\n\n` };
    return 0;
  }
  const found = revisions.find(({ number }) => number === revision);
  if (found === undefined) throw new KubectlError("unable to find the specified revision");
  const out = new Lines();
  templateLines(out, withCause(found));
  yield { stdout: `${objectName(info)} with revision #${revision}\n${out.toString()}\n` };
  return 0;
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
        .map(({ metadata, spec }) => ({
          number: Number(metadata.annotations?.[REVISION] ?? 0),
          template: spec.template,
          ...causeOf(metadata.annotations),
        }))
        .sort((a, b) => a.number - b.number);
    case "StatefulSet":
    case "DaemonSet": {
      const all = listOf(surroundings, "controllerrevisions", namespace);
      return sortRevisions(all.filter((one) => isRevisionOf(object as never, one))).map((one) => ({
        number: one.revision,
        template: templateOf(one),
        ...causeOf(one.metadata.annotations),
      }));
    }
    default:
      throw new KubectlError(
        `no history viewer has been implemented for ${JSON.stringify(kind.kind)}`,
      );
  }
}

function causeOf(annotations: Readonly<Record<string, string>> | undefined): { cause?: string } {
  const cause = annotations?.[CHANGE_CAUSE];
  return cause === undefined || cause === "" ? {} : { cause };
}
