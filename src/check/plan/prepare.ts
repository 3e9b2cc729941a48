import type { GivenObject } from "../input/read-input.ts";
import type { Note } from "../notes.ts";
import { autoscaled, autoscalerNotes, autoscalerOf, resizing } from "./autoscaler.ts";
import { fitWorkload, isTooLarge, nodesFor, resized } from "./fit-cluster.ts";
import { frontOf, passOn } from "./front-container.ts";
import { guessImage, initImage, nextImage, type ImageDocument } from "./guess-image.ts";
import {
  imageOf,
  lastingContainers,
  podSpecOf,
  recordsOf,
  valueAt,
  withPodSpec,
  type Plain,
} from "./pod-spec.ts";
import { filesByImage, hookCommands, probeCommands } from "./exec-commands.ts";
import {
  budgetNotes,
  haltNotes,
  hostPortNotes,
  meshNotes,
  probePortNotes,
  servingNotes,
} from "./workload-notes.ts";
import { rangesAmong } from "./pod-amounts.ts";
import { promoteRollout } from "./promote-rollout.ts";
import {
  aboutServing,
  behindSidecar,
  servingContainer,
  targetPortOf,
} from "./serving-container.ts";
import { movedPorts, movedServiceNotes } from "./moved-service.ts";
import { quotaFor } from "./quota.ts";
import { gatewayStandIns, identityStandIns, standIns } from "./stand-ins.ts";
import { answersPerNode, keyOf, portOf, specOf, type Unit } from "./units.ts";

/** One state of what belongs to a unit, as given. */
export interface State {
  /** The unit's workloads. */
  readonly workloads: readonly GivenObject[];
  /** All else in the manifests. */
  readonly others: readonly GivenObject[];
  /** Workloads of other units, which are not played. */
  readonly neighbours?: readonly GivenObject[];
}

/** What is simulated of a unit: a cluster that holds it, and the objects of one state after the other. */
export interface Prepared {
  readonly nodes: number;
  readonly images: readonly ImageDocument[];
  /** Objects of each state, in the order in which they are applied. */
  readonly states: readonly (readonly Plain[])[];
  /** kubectl commands after the first state: workloads as their autoscalers have brought them to be. */
  readonly resizes: readonly string[];
  readonly notes: readonly Note[];
}

/** Makes what is applied of the states of a unit. Images that are not given are guessed by their names. */
export function prepare(
  unit: Unit,
  states: readonly State[],
  given: readonly ImageDocument[] = [],
): Prepared {
  const notes = new Map<string, Note>();
  const note = (found: readonly Note[]) => {
    for (const one of found) notes.set(`${one.code} ${JSON.stringify(one.values)}`, one);
  };
  const images = new Map(given.map((image) => [image.name, image]));
  const containers = states.flatMap(({ workloads }) =>
    workloads.flatMap(({ object }) => lastingContainers(podSpecOf(object))),
  );
  const lasting = new Set(containers.map(imageOf));
  const files = filesByImage(containers);
  const commands = [...new Set(containers.flatMap(probeCommands))].join(", ");
  if (commands !== "") note([{ code: "probe-commands", values: { commands } }]);
  const hooks = [...new Set(containers.flatMap(hookCommands))].join(", ");
  if (hooks !== "") note([{ code: "hook-commands", values: { commands: hooks } }]);
  const port = targetPortOf(unit);
  const moved = movedServiceNotes(unit, states[0]!);
  note(moved);
  note(servingNotes(unit, states.at(-1)!));
  note(autoscalerNotes(states[0]!, states.at(-1)!));
  const nodes: number[] = [];
  const nearTo = ({ others }: State) => others.filter((object) => belongs(object, unit));
  const isCut = states.some((state) => {
    const ranges = rangesAmong(nearTo(state));
    return state.workloads.some(({ object }) => isTooLarge(object, ranges));
  });
  if (isCut) note([{ code: "requests-left-out", values: {} }]);
  const applied = states.map((state) => {
    const near = nearTo(state);
    const ranges = isCut ? [] : rangesAmong(near);
    const sized: Plain[] = [];
    const workloads = state.workloads.map((given) => {
      const replicas = autoscaled(given, state.others)?.replicas;
      const promoted =
        given.kind === "Rollout"
          ? promoteRollout(given.object)
          : { workload: given.object, notes: [] };
      const fitted = fitWorkload(aboutServing(promoted.workload, port), { isCut, replicas });
      const ending = withInitImages(fitted.workload, images, lasting);
      const seen = [
        ...haltNotes(given),
        ...meshNotes(given, state.others),
        ...probePortNotes(given),
        ...hostPortNotes(given),
      ];
      note([...promoted.notes, ...fitted.notes, ...seen, ...ending.notes]);
      note(addImages(images, ending.workload, files));
      sized.push(resized(ending.workload, replicas));
      return ending.workload;
    });
    // Where a node answers only for its own pods, a new pod elsewhere leaves the old one's node with none.
    const isSpread = unit.service !== undefined && answersPerNode(unit.service.after.object);
    nodes.push(nodesFor(sized, { ranges, isSpread }));
    note(state.workloads.flatMap((workload) => budgetNotes(workload, near)));
    const namespace = unit.workloads[0]!.namespace;
    const podSpecs = workloads.map(podSpecOf);
    const isGiven = (kind: string, name: string, at: string) =>
      near.some((o) => o.kind === kind && o.name === name && o.namespace === at);
    const routes = near.filter(({ kind }) => kind === "HTTPRoute").map(({ object }) => object);
    const assumed = [
      ...identityStandIns(podSpecs, namespace, (kind, name) =>
        near.some((object) => object.kind === kind && object.name === name),
      ),
      ...standIns(podSpecs, namespace, (kind, name) => isGiven(kind, name, namespace)),
      ...gatewayStandIns(routes, namespace, (name, at) => isGiven("Gateway", name, at)),
    ];
    if (assumed.length > 0) note([{ code: "config-assumed", values: { names: namesOf(assumed) } }]);
    const claims = podSpecs.flatMap(({ volumes }) => recordsOf(volumes));
    if (claims.some((volume) => volume.persistentVolumeClaim !== undefined)) {
      note([{ code: "volumes-mounted", values: {} }]);
    }
    const neighbours = (state.neighbours ?? []).filter((other) => other.namespace === namespace);
    const others = near.flatMap((object) => {
      if (isCut && object.kind === "LimitRange") {
        note([{ code: "range-left-out", values: { name: object.name } }]);
        return [];
      }
      if (object.kind !== "ResourceQuota") return [pastSidecar(object, unit)];
      const quota = quotaFor(object, { neighbours, ranges, isCut });
      note(quota.notes);
      return [quota.object];
    });
    return inOrder(namespace, [...others, ...assumed], workloads);
  });
  const [first] = states;
  note(passOn(images, states, port));
  if (moved.some(({ code }) => code === "target-moves")) {
    for (const [image, ports] of movedPorts(states)) {
      images.set(image, { ports, ...images.get(image), name: image });
    }
  }
  return {
    nodes: Math.max(...nodes),
    images: [...images.values()],
    states: applied,
    resizes: first!.workloads.flatMap((workload) => {
      const scaled = autoscaled(workload, first!.others);
      return scaled === undefined ? [] : [resizing(workload, scaled.replicas)];
    }),
    notes: [...notes.values()],
  };
}

/** Adds the images of a workload that are not described yet, as their names tell; of each it is described what its probes look for. */
function addImages(
  images: Map<string, ImageDocument>,
  workload: Plain,
  filesOf: ReadonlyMap<string, readonly string[]>,
): Note[] {
  return lastingContainers(podSpecOf(workload)).flatMap((container) => {
    const name = imageOf(container);
    if (name === "") return [];
    const known = images.get(name);
    const earlier = [...images.values()].find((image) => nextImage(image.name) === name);
    const { image, notes } =
      known !== undefined || earlier !== undefined
        ? { image: known ?? { ...earlier, name }, notes: [] }
        : guessImage(name);
    const files = filesOf.get(name);
    if (files === undefined || image.files !== undefined) {
      images.set(name, image);
      return notes;
    }
    images.set(name, { ...image, files });
    if (earlier !== undefined) return notes;
    return [...notes, { code: "probe-files", values: { image: name, files: files.join(", ") } }];
  });
}

/**
 * The state with a new image in each of the unit's workloads and nothing else changed: what a deploy does. It is the image of the container that
 * answers, in all containers that have it: a migration before the start is of the same version as what it is for.
 */
export function withNextImages(unit: Unit, state: State): State {
  const port = targetPortOf(unit);
  const workloads = state.workloads.map((given) => {
    const podSpec = podSpecOf(given.object);
    const served = frontOf(given.object, port)?.behind ?? servingContainer(given.object, port);
    const old = imageOf(recordsOf(podSpec.containers)[served] ?? {});
    const updated = (containers: unknown) =>
      recordsOf(containers).map((container) =>
        imageOf(container) === old ? { ...container, image: nextImage(old) } : container,
      );
    const next = {
      ...podSpec,
      containers: updated(podSpec.containers),
      ...(Array.isArray(podSpec.initContainers)
        ? { initContainers: updated(podSpec.initContainers) }
        : {}),
    };
    return { ...given, object: withPodSpec(given.object, next) };
  });
  return { ...state, workloads };
}

/** The Service leads to the container behind a sidecar: when that stops, what the sidecar passes on fails. */
function pastSidecar(given: GivenObject, unit: Unit): Plain {
  const behind = behindSidecar(unit);
  const { service } = unit;
  if (behind === undefined || service === undefined || keyOf(given) !== keyOf(service.after)) {
    return given.object;
  }
  const spec = specOf(given);
  const ports = recordsOf(spec.ports).map((port) =>
    port.port === portOf(given) ? { ...port, targetPort: behind.port } : port,
  );
  return { ...given.object, spec: { ...spec, ports } };
}

/** Kinds of which all in the manifests are applied, wherever they are. */
const NEAR = new Set(["Namespace", "PriorityClass", "GatewayClass", "Gateway"]);

/** Whether an object of the manifests has a part in the unit's update. */
function belongs(object: GivenObject, unit: Unit): boolean {
  const { kind, namespace } = object;
  const home = unit.workloads[0]!.namespace;
  if (NEAR.has(kind)) return true;
  if (namespace !== home) return false;
  const { service, entrance } = unit;
  switch (kind) {
    case "Service":
      // A Rollout names further Services: active and preview, stable and canary.
      if (unit.workloads.some((workload) => workload.kind === "Rollout")) return true;
      if (unit.sharers?.includes(object.name)) return true;
      return service !== undefined && keyOf(service.after) === keyOf(object);
    case "Ingress":
    case "HTTPRoute":
      return entrance !== undefined && mayLead(object, entrance);
    case "HorizontalPodAutoscaler":
      return unit.workloads.some(({ before, after }) =>
        [before, after].some((given) => given !== undefined && autoscalerOf(given, [object])),
      );
    case "ConfigMap":
    case "Secret":
    case "ServiceAccount":
    case "PodDisruptionBudget":
    case "ResourceQuota":
    case "LimitRange":
    case "AnalysisTemplate":
      return true;
    default:
      return false;
  }
}

/** Canary Ingresses and further HTTPRoutes stand beside the one that leads to the unit. */
function mayLead(object: GivenObject, entrance: GivenObject): boolean {
  return object.kind === entrance.kind && object.namespace === entrance.namespace;
}

/** Namespace and configuration first, workloads last, so that nothing is refused or waits for something that comes later. */
function inOrder(
  namespace: string,
  others: readonly Plain[],
  workloads: readonly Plain[],
): readonly Plain[] {
  const order = [
    "Namespace",
    "PriorityClass",
    "ServiceAccount",
    "ConfigMap",
    "Secret",
    "Service",
    "GatewayClass",
    "Gateway",
  ];
  const rank = ({ kind }: Plain) => {
    const at = order.indexOf(String(kind));
    return at < 0 ? order.length : at;
  };
  const sorted = [...others].sort((a, b) => rank(a) - rank(b));
  const made = sorted
    .filter(({ kind }) => kind === "Namespace")
    .map(({ metadata }) => valueAt(metadata, "name"));
  const homes = new Set([
    namespace,
    ...sorted.map(({ metadata }) => valueAt(metadata, "namespace")),
  ]);
  const missing = [...homes]
    .filter((name) => typeof name === "string" && name !== "default" && !made.includes(name))
    .map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } }));
  return [...missing, ...sorted, ...workloads];
}

/** Init containers end by themselves; where one runs the application's image, `lasting` in any state, it is another program in the simulation. */
function withInitImages(
  workload: Plain,
  images: Map<string, ImageDocument>,
  lasting: ReadonlySet<string>,
) {
  const podSpec = podSpecOf(workload);
  const inits = recordsOf(podSpec.initContainers);
  const ending = inits.filter(({ restartPolicy }) => restartPolicy !== "Always");
  if (ending.length === 0) return { workload, notes: [] };
  const initContainers = inits.map((container) => {
    if (container.restartPolicy === "Always") return container;
    const name = imageOf(container);
    const own = lasting.has(name) ? `${name}-init` : name;
    if (name !== "") images.set(own, initImage(own));
    return { ...container, image: own };
  });
  const names = ending.map(({ name }) => String(name)).join(", ");
  return {
    workload: withPodSpec(workload, { ...podSpec, initContainers }),
    notes: [{ code: "init-containers", values: { names } } satisfies Note],
  };
}

function namesOf(objects: readonly Plain[]): string {
  return objects
    .map(({ kind, metadata }) => `${String(kind)} ${String(valueAt(metadata, "name"))}`)
    .join(", ");
}
