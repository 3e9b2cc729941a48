/* Defaults of pods and pod templates: pkg/apis/core/v1/defaults.go of Kubernetes 1.32. */
import { formatQuantity, parseQuantity } from "../schema/quantity.ts";
import type {
  Container,
  EnvVar,
  Handler,
  HTTPGetAction,
  Lifecycle,
  Pod,
  PodSpec,
  PodTemplateSpec,
  Probe,
  ResourceRequirements,
  Volume,
} from "../types.ts";
import { setClaimSpecDefaults } from "./claims.ts";
import { fillAbsent, fillZero, mapField, mapList, withField } from "./fill.ts";
import { defaultImagePullPolicy } from "./image-pull-policy.ts";

/**
 * Each spec with its defaults, by the spec as it was given. A ReplicaSet's pods share the spec of its template, so that this is one
 * look-up for each pod.
 */
const complete = new WeakMap<PodSpec, PodSpec>();
/** The spec of a pod by the template's spec that it was made from. */
const podSpecs = new WeakMap<PodSpec, PodSpec>();

/** SetDefaults_PodSpec and those of everything within; the same object when nothing was missing. */
export function setPodSpecDefaults(given: PodSpec | undefined): PodSpec {
  const start = given ?? ({} as PodSpec);
  const known = complete.get(start);
  if (known !== undefined) return known;
  let spec = fillZero(start, {
    dnsPolicy: "ClusterFirst",
    restartPolicy: "Always",
    schedulerName: "default-scheduler",
  });
  spec = fillAbsent(spec, { securityContext: {}, terminationGracePeriodSeconds: 30 });
  spec = mapList(spec, "containers", setContainerDefaults);
  spec = mapList(spec, "initContainers", setContainerDefaults);
  spec = mapList(spec, "volumes", setVolumeDefaults);
  complete.set(start, spec);
  complete.set(spec, spec);
  return spec;
}

/** The template with the defaults of its spec. */
export function setPodTemplateDefaults(template: PodTemplateSpec | undefined): PodTemplateSpec {
  const start = template ?? ({} as PodTemplateSpec);
  return withField(start, "spec", setPodSpecDefaults(start.spec));
}

/** SetDefaults_Pod: what a pod has beyond its template. */
export function setPodDefaults(pod: Pod): Pod {
  return withField(pod, "spec", setSpecDefaultsOfPod(pod.spec));
}

/** The spec of a pod, and not of a template, with its defaults. */
export function setSpecDefaultsOfPod(given: PodSpec | undefined): PodSpec {
  const template = setPodSpecDefaults(given);
  let spec = podSpecs.get(template);
  if (spec === undefined) {
    spec = beyondTemplate(template);
    complete.set(spec, spec);
    podSpecs.set(template, spec);
    podSpecs.set(spec, spec);
  }
  return spec;
}

function beyondTemplate(template: PodSpec): PodSpec {
  let spec = fillAbsent(template, { enableServiceLinks: true });
  spec = mapList(spec, "containers", requestsFromLimits);
  spec = mapList(spec, "initContainers", requestsFromLimits);
  if (spec.hostNetwork !== true) return spec;
  spec = mapList(spec, "containers", hostPortsFromContainerPorts);
  return mapList(spec, "initContainers", hostPortsFromContainerPorts);
}

function requestsFromLimits(container: Container): Container {
  const { limits, requests } = container.resources ?? {};
  if (limits === undefined) return container;
  const filled = fillAbsent(requests ?? {}, limits);
  if (filled === requests) return container;
  return { ...container, resources: { ...container.resources, requests: filled } };
}

function hostPortsFromContainerPorts(container: Container): Container {
  return mapList(container, "ports", (port) => fillZero(port, { hostPort: port.containerPort }));
}

function setContainerDefaults(given: Container): Container {
  let container = fillZero(given, {
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "File",
  });
  if (!container.imagePullPolicy) {
    container = withField(container, "imagePullPolicy", defaultImagePullPolicy(container.image));
  }
  container = mapList(container, "ports", (port) => fillZero(port, { protocol: "TCP" }));
  container = mapList(container, "env", setEnvDefaults);
  container = mapField(container, "resources", roundUpResources);
  container = mapField(container, "livenessProbe", setProbeDefaults);
  container = mapField(container, "readinessProbe", setProbeDefaults);
  container = mapField(container, "startupProbe", setProbeDefaults);
  return mapField(container, "lifecycle", setLifecycleDefaults);
}

function setProbeDefaults(probe: Probe): Probe {
  const filled = fillZero(probe, {
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  });
  return setHandlerDefaults(mapField(filled, "grpc", (grpc) => fillAbsent(grpc, { service: "" })));
}

function setLifecycleDefaults(lifecycle: Lifecycle): Lifecycle {
  return mapField(
    mapField(lifecycle, "postStart", setHandlerDefaults),
    "preStop",
    setHandlerDefaults,
  );
}

function setHandlerDefaults<H extends Handler>(handler: H): H {
  const { httpGet } = handler;
  if (httpGet === undefined || httpGet === null) return handler;
  return withField(
    handler,
    "httpGet",
    fillZero<HTTPGetAction>(httpGet, { path: "/", scheme: "HTTP" }),
  );
}

function setEnvDefaults(variable: EnvVar): EnvVar {
  return mapField(variable, "valueFrom", (source) =>
    mapField(source!, "fieldRef", (ref) => fillZero(ref, { apiVersion: "v1" })),
  );
}

function roundUpResources(resources: ResourceRequirements): ResourceRequirements {
  return mapField(mapField(resources, "limits", roundUpList), "requests", roundUpList);
}

const MILLI = 1_000_000n;

/** SetDefaults_ResourceList: amounts are rounded up to a thousandth. */
export function roundUpList<L extends Readonly<Record<string, string | number>>>(list: L): L {
  let rounded: Record<string, string | number> | undefined;
  for (const [name, amount] of Object.entries(list)) {
    const parsed = parseQuantity(String(amount));
    if (!("nano" in parsed) || parsed.nano % MILLI === 0n) continue;
    const up = parsed.nano / MILLI + (parsed.nano > 0n ? 1n : 0n);
    rounded ??= { ...list };
    rounded[name] = formatQuantity(up * MILLI, parsed.format);
  }
  return (rounded as L | undefined) ?? list;
}

/** File mode of the files in volumes made of API objects. */
const FILE_MODE = { defaultMode: 0o644 };

function setVolumeDefaults(given: Volume): Volume {
  const sources = Object.keys(given).filter((key) => key !== "name");
  if (sources.length === 0) return { ...given, emptyDir: {} };
  let volume = given;
  for (const source of ["secret", "configMap", "downwardAPI", "projected"] as const) {
    volume = mapField(volume, source, (value) => fillAbsent(value!, FILE_MODE));
  }
  volume = mapField(volume, "hostPath", (value) => fillAbsent(value!, { type: "" }));
  volume = mapField(volume, "ephemeral", (value) =>
    mapField(value!, "volumeClaimTemplate", (template) =>
      withField(template!, "spec", setClaimSpecDefaults(template!.spec ?? {})),
    ),
  );
  volume = mapField(volume, "image", (value) =>
    fillZero(value!, { pullPolicy: defaultImagePullPolicy(value!.reference) }),
  );
  volume = mapField(volume, "downwardAPI", (value) => mapList(value!, "items", setItemDefaults));
  return mapField(volume, "projected", (value) =>
    mapList(value!, "sources", setProjectionDefaults),
  );
}

type DownwardItem = { readonly fieldRef?: { readonly apiVersion?: string } };

function setItemDefaults(item: DownwardItem): DownwardItem {
  return mapField(item, "fieldRef", (ref) => fillZero(ref!, { apiVersion: "v1" }));
}

function setProjectionDefaults(source: {
  readonly serviceAccountToken?: { readonly expirationSeconds?: number };
  readonly downwardAPI?: { readonly items?: readonly DownwardItem[] };
}): object {
  const filled = mapField(source, "serviceAccountToken", (token) =>
    fillAbsent(token!, { expirationSeconds: 3600 }),
  );
  return mapField(filled, "downwardAPI", (value) => mapList(value!, "items", setItemDefaults));
}
