/*
 * What the API server accepts but warns of: pkg/api/pod/warnings.go and the WarningsOnCreate of the workloads' strategies, as in
 * Kubernetes 1.32.
 */
import { goQuote } from "../schema/go-text.ts";
import { canonicalQuantity, quantityNano } from "../schema/quantity.ts";
import type {
  Affinity,
  Container,
  ContainerPort,
  KubernetesObject,
  Pod,
  PodSpec,
  PodTemplateSpec,
} from "../types.ts";
import { dns1123Label } from "./names.ts";
import { deprecatedNodeLabel } from "./node-labels.ts";
import { APPARMOR, SECCOMP_OF_CONTAINER, SECCOMP_OF_POD } from "./pod-annotations.ts";
import { volumeWarnings } from "./volume-warnings.ts";

const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

interface Workload extends KubernetesObject {
  readonly spec: { readonly template: PodTemplateSpec; readonly revisionHistoryLimit?: number };
}

/** Warnings for a workload whose pods are named after it; of an update only when its spec changed. */
export function workloadWarnings(object: Workload, old?: Workload): string[] {
  if (old !== undefined) {
    if (object.metadata.generation === old.metadata.generation) return [];
    return templateWarnings(object.spec.template);
  }
  return [...nameWarnings(object.metadata.name ?? ""), ...templateWarnings(object.spec.template)];
}

/** GetWarningsForPodTemplate. */
export function templateWarnings(template: PodTemplateSpec | undefined): string[] {
  const { spec = {} as PodSpec, metadata } = template ?? {};
  return podSpecWarnings(spec, metadata?.annotations ?? {}, "spec.template.");
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
function podNameWarnings(name: string): string[] {
  const wrong = dns1123Label(name);
  if (wrong.length === 0) return [];
  return [
    `metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [${wrong.join(" ")}]`,
  ];
}

type Annotations = Readonly<Record<string, string>>;

/** GetWarningsForPod. */
export function podWarnings({ metadata: { name, annotations = {} }, spec }: Pod): string[] {
  const { appArmorProfile } = (spec.securityContext ?? {}) as WithProfiles;
  return [
    // The strategy makes fields of them before it warns of anything else (registry/core/pod strategy.go applyAppArmorVersionSkew).
    ...(appArmorProfile === undefined
      ? visit(spec, "").flatMap(([container]) => appArmorWarnings(container, annotations, ""))
      : []),
    ...podNameWarnings(name),
    ...podSpecWarnings(spec, annotations, ""),
  ];
}

interface WithProfiles {
  readonly seccompProfile?: object;
  readonly appArmorProfile?: object;
}

/** What fields have taken the place of. */
const OLD_ANNOTATIONS: readonly (readonly [key: string, what: string])[] = [
  [
    "scheduler.alpha.kubernetes.io/critical-pod",
    'non-functional in v1.16+; use the "priorityClassName" field instead',
  ],
  [
    "security.alpha.kubernetes.io/sysctls",
    'non-functional in v1.11+; use the "sysctls" field instead',
  ],
  [
    "security.alpha.kubernetes.io/unsafe-sysctls",
    'non-functional in v1.11+; use the "sysctls" field instead',
  ],
];
const SECCOMP_GONE = 'non-functional in v1.27+; use the "seccompProfile" field instead';

function appArmorWarnings(
  { name, securityContext }: Container,
  annotations: Annotations,
  prefix: string,
): string[] {
  const key = `${APPARMOR}${name}`;
  const hasField = (securityContext as WithProfiles | undefined)?.appArmorProfile !== undefined;
  if (annotations[key] === undefined || hasField) return [];
  return [
    `${prefix}metadata.annotations[${key}]: deprecated since v1.30; use the "appArmorProfile" field instead`,
  ];
}

/** warningsForPodSpecAndMeta; `prefix` is the path of what the spec and the annotations are in. */
function podSpecWarnings(spec: PodSpec, annotations: Annotations, prefix: string): string[] {
  const path = `${prefix}spec`;
  const annotation = (key: string) => `${prefix}metadata.annotations[${key}]`;
  const warnings = nodeLabelWarnings(spec, path);
  (spec.topologySpreadConstraints ?? []).forEach(({ labelSelector, topologyKey }, i) => {
    const at = `${path}.topologySpreadConstraints[${i}]`;
    const old = deprecatedNodeLabel(topologyKey);
    if (old !== undefined) warnings.push(`${at}.topologyKey: ${topologyKey} is ${old}`);
    if (labelSelector !== undefined) return;
    warnings.push(`${at}.labelSelector: a null labelSelector results in matching no pod`);
  });
  for (const [key, what] of OLD_ANNOTATIONS) {
    if (annotations[key] !== undefined) warnings.push(`${annotation(key)}: ${what}`);
  }
  warnings.push(...volumeWarnings(spec.volumes, `${path}.volumes`));
  warnings.push(...duplicates(spec.hostAliases, "ip", `${path}.hostAliases`));
  const secrets = spec.imagePullSecrets;
  warnings.push(...duplicates(secrets, "name", `${path}.imagePullSecrets`));
  (secrets ?? []).forEach(({ name = "" }, i) => {
    if (name === "") warnings.push(`${path}.imagePullSecrets[${i}].name: invalid empty name ""`);
  });
  for (const name of FRACTIONLESS) {
    warnings.push(...fractionWarnings(spec.overhead?.[name], `${path}.overhead[${name}]`));
  }
  const { seccompProfile, appArmorProfile } = (spec.securityContext ?? {}) as WithProfiles;
  if (annotations[SECCOMP_OF_POD] !== undefined && seccompProfile === undefined) {
    warnings.push(`${annotation(SECCOMP_OF_POD)}: ${SECCOMP_GONE}`);
  }
  const containers = visit(spec, path);
  for (const [container, at] of containers) {
    const key = `${SECCOMP_OF_CONTAINER}${container.name}`;
    const own = container.securityContext as WithProfiles | undefined;
    if (annotations[key] !== undefined && own?.seccompProfile === undefined) {
      warnings.push(`${annotation(key)}: ${SECCOMP_GONE}`);
    }
    if (prefix !== "" && appArmorProfile === undefined) {
      warnings.push(...appArmorWarnings(container, annotations, prefix));
    }
    warnings.push(...containerWarnings(container, at));
  }
  warnings.push(...portWarnings(containers));
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0) {
    warnings.push(
      `${path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`,
    );
  }
  return [...warnings, ...affinityWarnings(spec.affinity, `${path}.affinity`)];
}

/** warningsForPodAffinityTerms and warningsForWeightedPodAffinityTerms. */
function affinityWarnings(affinity: Affinity | undefined, path: string): string[] {
  return (["podAffinity", "podAntiAffinity"] as const).flatMap((kind) => {
    const { [REQUIRED]: needed = [], [PREFERRED]: preferred = [] } = affinity?.[kind] ?? {};
    const terms = [
      ...needed.map((term, i) => [term, `${REQUIRED}[${i}]`] as const),
      ...preferred.map(
        ({ podAffinityTerm }, i) =>
          [podAffinityTerm, `${PREFERRED}[${i}].podAffinityTerm`] as const,
      ),
    ];
    return terms
      .filter(([{ labelSelector }]) => labelSelector === undefined)
      .map(
        ([, at]) =>
          `${path}.${kind}.${at}.labelSelector: a null labelSelector results in matching no pod`,
      );
  });
}

/** Selectors of nodes by labels of old. Go walks its maps in random order; here the keys are sorted. */
function nodeLabelWarnings({ nodeSelector = {}, affinity }: PodSpec, path: string): string[] {
  const warnings: string[] = [];
  for (const key of Object.keys(nodeSelector).sort()) {
    const old = deprecatedNodeLabel(key);
    if (old !== undefined) warnings.push(`${path}.nodeSelector[${key}]: ${old}`);
  }
  const { [REQUIRED]: needed, [PREFERRED]: preferred } = affinity?.nodeAffinity ?? {};
  const at = `${path}.affinity.nodeAffinity`;
  const terms = [
    ...(needed?.nodeSelectorTerms ?? []).map(
      (term, i) => [term, `${at}.${REQUIRED}.nodeSelectorTerms[${i}]`] as const,
    ),
    ...(preferred ?? []).map(
      ({ preference }, i) => [preference, `${at}.${PREFERRED}[${i}].preference`] as const,
    ),
  ];
  for (const [term, place] of terms) {
    (term?.matchExpressions ?? []).forEach(({ key }, j) => {
      const old = deprecatedNodeLabel(key);
      if (old !== undefined) warnings.push(`${place}.matchExpressions[${j}].key: ${key} is ${old}`);
    });
  }
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

/** Resources of which there are no halves. */
const FRACTIONLESS = ["memory", "ephemeral-storage"];

function fractionWarnings(amount: string | number | undefined, path: string): string[] {
  if (amount === undefined || quantityNano(amount) % 1_000_000_000n === 0n) return [];
  const value = goQuote(canonicalQuantity(amount));
  return [`${path}: fractional byte value ${value} is invalid, must be an integer`];
}

function containerWarnings(container: Container, path: string): string[] {
  const warnings: string[] = [];
  for (const name of FRACTIONLESS) {
    for (const list of ["limits", "requests"] as const) {
      const amount = container.resources?.[list]?.[name];
      warnings.push(...fractionWarnings(amount, `${path}.resources.${list}[${name}]`));
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
      if (port.hostIP && !port.hostPort) {
        warnings.push(`${path}: hostIP set without hostPort: ${goPort(port)}`);
      }
      for (const other of others) {
        const same =
          (port.hostIP ?? "") === (other.port.hostIP ?? "") &&
          (port.hostPort ?? 0) === (other.port.hostPort ?? 0);
        if (same) warnings.push(`${path}: duplicate port definition with ${other.path}`);
        else if (!port.hostPort || !other.port.hostPort) {
          warnings.push(`${path}: overlapping port definition with ${other.path}`);
        } else if (port.hostPort === other.port.hostPort && !port.hostIP !== !other.port.hostIP) {
          warnings.push(`${path}: dangerously ambiguous port definition with ${other.path}`);
        }
      }
      all.set(key, [...others, { path, port }]);
    });
  }
  return warnings;
}

/** `%+v` of a core.ContainerPort. */
function goPort({ name = "", hostPort = 0, containerPort, protocol, hostIP = "" }: ContainerPort) {
  return `{Name:${name} HostPort:${hostPort} ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}}`;
}
