/* Pod templates (describe.go DescribePodTemplate): in `describe` of a workload, and in `rollout history --revision`. */
import type { PodTemplateSpec, Toleration } from "../../simulator/index.ts";
import { containerLines } from "./containers.ts";
import { annotationLines, labelLines, type Lines } from "./lines.ts";
import { topologySpreadLines } from "./topology-spread.ts";
import { volumeLines, type Volume } from "./volumes.ts";

export function templateLines(out: Lines, template: PodTemplateSpec): void {
  out.add(0, "Pod Template:");
  const { metadata, spec } = template;
  labelLines(out, "  Labels", metadata?.labels);
  if (Object.keys(metadata?.annotations ?? {}).length > 0) {
    annotationLines(out, "  Annotations", metadata!.annotations);
  }
  const { serviceAccountName, priorityClassName, nodeSelector, tolerations, volumes } =
    spec as typeof spec & {
      serviceAccountName?: string;
      priorityClassName?: string;
      nodeSelector?: Readonly<Record<string, string>>;
      tolerations?: readonly Toleration[];
      volumes?: readonly Volume[];
    };
  if (serviceAccountName) out.add(0, `  Service Account:\t${serviceAccountName}`);
  if ((spec.initContainers ?? []).length > 0) {
    containerLines(out, "Init Containers", spec.initContainers!, [], { space: "  " });
  }
  containerLines(out, "Containers", spec.containers, [], { space: "  " });
  volumeLines(out, volumes ?? [], "  ");
  topologySpreadLines(out, spec.topologySpreadConstraints, "  ");
  if (priorityClassName) out.add(0, `  Priority Class Name:\t${priorityClassName}`);
  labelLines(out, "  Node-Selectors", nodeSelector);
  tolerationLines(out, "  Tolerations", tolerations);
}

/** printPodTolerationsMultiline */
export function tolerationLines(
  out: Lines,
  title: string,
  tolerations: readonly Toleration[] = [],
): void {
  if (tolerations.length === 0) out.add(0, `${title}:\t<none>`);
  const sorted = tolerations.toSorted((a, b) => ((a.key ?? "") < (b.key ?? "") ? -1 : 1));
  sorted.forEach(({ key = "", value = "", effect = "", operator, tolerationSeconds }, i) => {
    let text = key;
    if (value !== "") text += `=${value}`;
    if (effect !== "") text += `:${effect}`;
    if (operator === "Exists" && value === "") text += text === "" ? "op=Exists" : " op=Exists";
    if (tolerationSeconds !== undefined) text += ` for ${tolerationSeconds}s`;
    out.add(0, `${i === 0 ? `${title}:` : ""}\t${text}`);
  });
}
