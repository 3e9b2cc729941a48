/*
 * What the API server accepts but warns of: pkg/api/pod/warnings.go and the WarningsOnCreate of the workloads' strategies, as in
 * Kubernetes 1.32. Simplified: warnings about deprecated labels, annotations and volume plugins of long ago are left out.
 */
import { goQuote } from "../schema/go-text.ts";
import { canonicalQuantity, quantityNano } from "../schema/quantity.ts";
import type {
  Container,
  ContainerPort,
  KubernetesObject,
  PodSpec,
  PodTemplateSpec,
} from "../types.ts";
import { dns1123Label } from "./names.ts";
import { deprecatedNodeLabel } from "./node-labels.ts";

interface Workload extends KubernetesObject {
  readonly spec: { readonly template: PodTemplateSpec; readonly revisionHistoryLimit?: number };
}

/** Warnings for a workload whose pods are named after it; of an update only when its spec changed. */
export function workloadWarnings(object: Workload, old?: Workload): string[] {
  const template = object.spec.template?.spec ?? ({} as PodSpec);
  if (old !== undefined) {
    if (object.metadata.generation === old.metadata.generation) return [];
    return podSpecWarnings(template, "spec.template.spec");
  }
  return [
    ...nameWarnings(object.metadata.name ?? ""),
    ...podSpecWarnings(template, "spec.template.spec"),
  ];
}

/** A name that is no DNS label makes strange names of pods. */
function nameWarnings(name: string): string[] {
  const wrong = dns1123Label(name);
  if (wrong.length === 0) return [];
  return [
    `metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [${wrong.join(" ")}]`,
  ];
}

/** What a pod's name, which is its hostname, is warned of (registry/core/pod strategy.go WarningsOnCreate). */
export function podNameWarnings(name: string): string[] {
  const wrong = dns1123Label(name);
  if (wrong.length === 0) return [];
  return [
    `metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [${wrong.join(" ")}]`,
  ];
}

/** warningsForPodSpecAndMeta. */
export function podSpecWarnings(spec: PodSpec, path: string): string[] {
  const warnings = nodeLabelWarnings(spec, path);
  (spec.topologySpreadConstraints ?? []).forEach(({ labelSelector, topologyKey }, i) => {
    const at = `${path}.topologySpreadConstraints[${i}]`;
    const old = deprecatedNodeLabel(topologyKey);
    if (old !== undefined) warnings.push(`${at}.topologyKey: ${topologyKey} is ${old}`);
    if (labelSelector !== undefined) return;
    warnings.push(`${at}.labelSelector: a null labelSelector results in matching no pod`);
  });
  warnings.push(...duplicates(spec.hostAliases, "ip", `${path}.hostAliases`));
  const secrets = spec.imagePullSecrets;
  warnings.push(...duplicates(secrets, "name", `${path}.imagePullSecrets`));
  (secrets ?? []).forEach(({ name = "" }, i) => {
    if (name === "") warnings.push(`${path}.imagePullSecrets[${i}].name: invalid empty name ""`);
  });
  const containers = visit(spec, path);
  for (const [container, at] of containers) warnings.push(...containerWarnings(container, at));
  warnings.push(...portWarnings(containers));
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0) {
    warnings.push(
      `${path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`,
    );
  }
  return warnings;
}

/** Selectors of nodes by labels of old. Go walks its maps in random order; here the keys are sorted. */
function nodeLabelWarnings({ nodeSelector = {}, affinity }: PodSpec, path: string): string[] {
  const warnings: string[] = [];
  for (const key of Object.keys(nodeSelector).sort()) {
    const old = deprecatedNodeLabel(key);
    if (old !== undefined) warnings.push(`${path}.nodeSelector[${key}]: ${old}`);
  }
  const { requiredDuringSchedulingIgnoredDuringExecution: needed } = affinity?.nodeAffinity ?? {};
  const at = `${path}.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution`;
  (needed?.nodeSelectorTerms ?? []).forEach(({ matchExpressions = [] }, i) =>
    matchExpressions.forEach(({ key }, j) => {
      const old = deprecatedNodeLabel(key);
      if (old === undefined) return;
      warnings.push(`${at}.nodeSelectorTerms[${i}].matchExpressions[${j}].key: ${key} is ${old}`);
    }),
  );
  return warnings;
}

function duplicates<K extends string>(
  list: readonly { readonly [key in K]?: string }[] | undefined,
  key: K,
  path: string,
): string[] {
  const seen = new Set<string>();
  return (list ?? []).flatMap((item, i) => {
    const value = item[key] ?? "";
    if (seen.has(value)) return [`${path}[${i}].${key}: duplicate ${key} ${goQuote(value)}`];
    seen.add(value);
    return [];
  });
}

/** Init containers first, then the regular ones (pods.VisitContainersWithPath). */
function visit(spec: PodSpec, path: string): [Container, string][] {
  return (["initContainers", "containers"] as const).flatMap((list) =>
    (spec[list] ?? []).map((container, i): [Container, string] => [
      container,
      `${path}.${list}[${i}]`,
    ]),
  );
}

function containerWarnings(container: Container, path: string): string[] {
  const warnings: string[] = [];
  for (const name of ["memory", "ephemeral-storage"]) {
    for (const list of ["limits", "requests"] as const) {
      const amount = container.resources?.[list]?.[name];
      if (amount === undefined || quantityNano(amount) % 1_000_000_000n === 0n) continue;
      warnings.push(
        `${path}.resources.${list}[${name}]: fractional byte value ${goQuote(canonicalQuantity(amount))} is invalid, must be an integer`,
      );
    }
  }
  const names = new Set<string>();
  (container.env ?? []).forEach(({ name, value = "", valueFrom }, i) => {
    const reference = `$(${name})`;
    const hides = valueFrom !== undefined || value === reference || !value.includes(reference);
    if (names.has(name) && hides) {
      warnings.push(
        `${path}.env[${i}]: hides previous definition of ${goQuote(name)}, which may be dropped when using apply`,
      );
    }
    names.add(name);
  });
  return warnings;
}

/** The same port declared twice, in one container or in two. */
function portWarnings(containers: readonly [Container, string][]): string[] {
  const warnings: string[] = [];
  const all = new Map<string, { path: string; port: ContainerPort }[]>();
  for (const [container, containerPath] of containers) {
    (container.ports ?? []).forEach((port, i) => {
      const path = `${containerPath}.ports[${i}]`;
      const key = `${port.containerPort}/${port.protocol}`;
      const others = all.get(key) ?? [];
      for (const other of others) {
        const same =
          (port.hostIP ?? "") === (other.port.hostIP ?? "") &&
          (port.hostPort ?? 0) === (other.port.hostPort ?? 0);
        if (same) warnings.push(`${path}: duplicate port definition with ${other.path}`);
        else if (!port.hostPort || !other.port.hostPort) {
          warnings.push(`${path}: overlapping port definition with ${other.path}`);
        }
      }
      all.set(key, [...others, { path, port }]);
    });
  }
  return warnings;
}
