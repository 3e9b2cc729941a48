/* Making an AnalysisRun out of templates (argo-rollouts utils/analysis helpers.go and factory.go). */
import type {
  AnalysisArgument,
  AnalysisRun,
  AnalysisTemplate,
  DryRun,
  Metric,
  NewObject,
  Rollout,
  RolloutAnalysis,
} from "../../api/types.ts";
import { controllerRef } from "../controller-ref.ts";
import type { AnalysisRole } from "./analysis-roles.ts";
import type { Parts } from "./parts.ts";
import { podTemplateHash, ROLLOUTS_POD_TEMPLATE_HASH } from "./rollout.ts";
import { REVISION } from "./revisions.ts";
import { currentStep } from "./steps.ts";

/** An analysis that cannot be made: the message says what does not fit. */
export class AnalysisError extends Error {}

export interface NewRun {
  readonly rollout: Rollout;
  readonly parts: Pick<Parts, "newRS" | "stableRS">;
  readonly role: AnalysisRole;
  readonly analysis: RolloutAnalysis;
  readonly name: string;
  templateOf(name: string): AnalysisTemplate | undefined;
}

/** The AnalysisRun of an analysis of a Rollout (newAnalysisRunFromRollout). */
export function newAnalysisRun(given: NewRun): NewObject<AnalysisRun> {
  const { rollout, parts, role, analysis, name } = given;
  const { labels, annotations } = analysis.analysisRunMetadata ?? {};
  const hash = parts.newRS === undefined ? "" : podTemplateHash(parts.newRS);
  const step: Readonly<Record<string, string>> =
    role === "Step" ? { "step-index": String(currentStep(rollout).index) } : {};
  return {
    apiVersion: rollout.apiVersion,
    kind: "AnalysisRun",
    metadata: {
      name,
      namespace: rollout.metadata.namespace,
      labels: {
        [ROLLOUTS_POD_TEMPLATE_HASH]: hash,
        "rollout-type": role,
        ...step,
        ...labels,
        ...rollout.spec.selector?.matchLabels,
      },
      annotations: { [REVISION]: rollout.metadata.annotations?.[REVISION] ?? "", ...annotations },
      ownerReferences: [controllerRef(rollout)],
    },
    spec: analysisRunSpec(given),
    status: {},
  };
}

/** Its spec, or an AnalysisError (NewAnalysisRunFromTemplates). */
export function analysisRunSpec({
  rollout,
  parts,
  analysis,
  templateOf,
}: Omit<NewRun, "name" | "role">): AnalysisRun["spec"] {
  const templates = (analysis.templates ?? []).map(({ templateName = "" }) => {
    const template = templateOf(templateName);
    if (template === undefined)
      throw new AnalysisError(`AnalysisTemplate '${templateName}' not found`);
    return template;
  });
  const own = (analysis.args ?? []).map((arg) => resolveArgument(arg, rollout, parts));
  const args = mergeArguments(own, flattenArguments(templates));
  const dryRun: DryRun[] = [
    ...(analysis.dryRun ?? []),
    ...templates.flatMap(({ spec }) => spec.dryRun ?? []),
  ];
  return {
    metrics: flattenMetrics(templates),
    ...(args.length === 0 ? {} : { args }),
    ...(dryRun.length === 0 ? {} : { dryRun }),
  };
}

/** BuildArgumentsForRolloutAnalysisRun */
function resolveArgument(
  arg: AnalysisArgument,
  rollout: Rollout,
  { newRS, stableRS }: NewRun["parts"],
): AnalysisArgument {
  const { podTemplateHashValue, fieldRef } = arg.valueFrom ?? {};
  const { name } = arg;
  if (podTemplateHashValue !== undefined) {
    const replicaSet = podTemplateHashValue === "Stable" ? stableRS : newRS;
    return { name, value: replicaSet === undefined ? "" : podTemplateHash(replicaSet) };
  }
  if (fieldRef !== undefined) return { name, value: fieldOf(rollout, fieldRef.fieldPath) };
  return arg;
}

/** The text at a path such as `metadata.labels['team']` or `spec.replicas` (k8s.io/kubernetes pkg/fieldpath). */
function fieldOf(rollout: Rollout, path: string): string {
  let value: unknown = rollout;
  for (const [, word, quoted] of path.matchAll(/([^.[\]']+)|\['([^']*)'\]/g)) {
    value = (value as Readonly<Record<string, unknown>> | undefined)?.[word ?? quoted!];
  }
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** flattenArgs */
function flattenArguments(templates: readonly AnalysisTemplate[]): AnalysisArgument[] {
  const args: AnalysisArgument[] = [];
  for (const arg of templates.flatMap(({ spec }) => spec.args ?? [])) {
    const at = args.findIndex(({ name }) => name === arg.name);
    const before = args[at];
    if (before === undefined) args.push(arg);
    else if (before.value === undefined) args[at] = arg;
    else if (arg.value !== undefined && arg.value !== before.value) {
      throw new AnalysisError(
        `Argument \`${arg.name}\` specified multiple times with different values: '${before.value}', '${arg.value}'`,
      );
    }
  }
  return args;
}

/** MergeArgs: what the Rollout gives, where a template asks for it. */
function mergeArguments(
  own: readonly AnalysisArgument[],
  asked: readonly AnalysisArgument[],
): AnalysisArgument[] {
  return asked.map((arg) => {
    const given = own.find(({ name }) => name === arg.name);
    const merged =
      given?.value !== undefined
        ? { ...arg, value: given.value }
        : given?.valueFrom !== undefined
          ? { ...arg, valueFrom: given.valueFrom }
          : arg;
    if (merged.value === undefined && merged.valueFrom === undefined) {
      throw new AnalysisError(`args.${arg.name} was not resolved`);
    }
    return merged;
  });
}

/** flattenMetrics */
function flattenMetrics(templates: readonly AnalysisTemplate[]): Metric[] {
  const metrics = templates.flatMap(({ spec }) => spec.metrics ?? []);
  const twice = metrics.find(({ name }, i) => metrics.findIndex((m) => m.name === name) < i);
  if (twice !== undefined) {
    throw new AnalysisError(`two metrics have the same name '${twice.name}'`);
  }
  return metrics;
}
