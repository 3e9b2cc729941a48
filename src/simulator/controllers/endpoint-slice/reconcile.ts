import { deepEqual } from "../../api/server.ts";
import type { Endpoint, EndpointSlice } from "../../api/types.ts";

type Ports = EndpointSlice["ports"];

/** --max-endpoints-per-slice */
const MAX_ENDPOINTS = 100;

/** What is known of one slice. */
export interface KnownSlice {
  ports: Ports;
  /** Keys of its pods. */
  readonly pods: Set<string>;
  /** The endpoints as they were written last. */
  endpoints: readonly Endpoint[];
}

/** What is known of the slices of one Service: plain data. */
export interface Slices {
  /** By name of the slice. */
  readonly slices: Map<string, KnownSlice>;
  /** By key of the pod: where its endpoint is, and what it says. */
  readonly endpoints: Map<string, { slice: string; endpoint: Endpoint }>;
}

/** The endpoint that a pod should have; undefined: none. */
export interface Wanted {
  readonly pod: string;
  readonly endpoint: Endpoint | undefined;
  readonly ports: Ports;
}

/** A slice to be written: made new when `name` is undefined. */
export interface SliceChange {
  readonly name: string | undefined;
  readonly ports: Ports;
  /** By key of the pod: its endpoint from now on; undefined: none. */
  readonly endpoints: Map<string, Endpoint | undefined>;
}

/** What a reconcile comes to. */
export interface Plan {
  readonly writes: readonly SliceChange[];
  readonly deletes: readonly string[];
}

interface Draft {
  name: string | undefined;
  ports: Ports;
  size: number;
  readonly endpoints: Map<string, Endpoint | undefined>;
}

/**
 * Which slices change by what some pods should have now: endpoints that are there are changed in place; new ones go into slices that change
 * anyway, then into the fullest that takes them all, then into new slices; a slice that empties is used for a new one, kept if it is the
 * last, or deleted (staging/src/k8s.io/endpointslice reconciler.go reconcileByPortMapping, finalize). Ports are compared as JSON.
 */
export function planSlices(current: Slices, wanted: readonly Wanted[]): Plan {
  const drafts = new Map<string, Draft>();
  const draftOf = (name: string): Draft => {
    const known = drafts.get(name);
    if (known !== undefined) return known;
    const { ports, pods } = current.slices.get(name)!;
    const draft: Draft = { name, ports, size: pods.size, endpoints: new Map() };
    drafts.set(name, draft);
    return draft;
  };
  const added = new Map<string, [Wanted, ...Wanted[]]>();
  for (const want of wanted) {
    const there = current.endpoints.get(want.pod);
    const ports = textOf(want.ports);
    if (
      want.endpoint !== undefined &&
      there !== undefined &&
      textOf(current.slices.get(there.slice)!.ports) === ports
    ) {
      if (deepEqual(there.endpoint, want.endpoint)) continue;
      draftOf(there.slice).endpoints.set(want.pod, want.endpoint);
      continue;
    }
    if (there !== undefined) {
      const draft = draftOf(there.slice);
      draft.endpoints.set(want.pod, undefined);
      draft.size -= 1;
    }
    if (want.endpoint === undefined) continue;
    const others = added.get(ports);
    if (others === undefined) added.set(ports, [want]);
    else others.push(want);
  }
  const fresh: Draft[] = [];
  for (const endpoints of added.values()) fill(current, drafts, draftOf, fresh, endpoints);
  return finish(current, drafts, fresh);
}

/** Puts new endpoints of the same ports into slices. */
function fill(
  current: Slices,
  drafts: ReadonlyMap<string, Draft>,
  draftOf: (name: string) => Draft,
  fresh: Draft[],
  endpoints: readonly [Wanted, ...Wanted[]],
): void {
  const left: Wanted[] = [...endpoints];
  const { ports } = endpoints[0];
  const text = textOf(ports);
  const changing = [...drafts.values()]
    .filter((draft) => draft.size > 0 && textOf(draft.ports) === text)
    .toSorted((a, b) => b.size - a.size);
  for (const draft of changing) move(left, draft);
  if (left.length > 0 && left.length < MAX_ENDPOINTS) {
    let fullest: string | undefined;
    let most = -1;
    // All of them are looked at for every pod that comes, and an iterator would make a pair of each.
    current.slices.forEach(({ pods: { size }, ports: had }, name) => {
      if (size === 0 || size <= most || size + left.length > MAX_ENDPOINTS) return;
      if (drafts.has(name) || textOf(had) !== text) return;
      fullest = name;
      most = size;
    });
    if (fullest !== undefined) move(left, draftOf(fullest));
  }
  while (left.length > 0) {
    const draft: Draft = { name: undefined, ports, size: 0, endpoints: new Map() };
    move(left, draft);
    fresh.push(draft);
  }
}

function move(from: Wanted[], draft: Draft): void {
  for (const { pod, endpoint } of from.splice(0, MAX_ENDPOINTS - draft.size)) {
    draft.endpoints.set(pod, endpoint);
    draft.size += 1;
  }
}

function finish(
  current: Slices,
  drafts: ReadonlyMap<string, Draft>,
  fresh: readonly Draft[],
): Plan {
  const writes: SliceChange[] = [];
  const emptied = emptiedSlices(current, drafts);
  const kept = current.slices.size - emptied.length;
  for (const draft of drafts.values()) if (draft.size > 0) writes.push(draft);
  for (const draft of fresh) {
    const reused = emptied.shift();
    const gone = [...(reused?.endpoints ?? [])];
    writes.push({
      name: reused?.name,
      ports: draft.ports,
      endpoints: new Map([...gone, ...draft.endpoints]),
    });
  }
  // A Service always has a slice, if only one without endpoints and ports.
  if (kept + fresh.length === 0) {
    const last = emptied.shift();
    if (last === undefined) writes.push({ name: undefined, ports: [], endpoints: new Map() });
    else if (last.endpoints.size > 0) writes.push({ ...last, ports: [] });
  }
  return { writes, deletes: emptied.map((draft) => draft.name!) };
}

/** The slices without endpoints, in their order. */
function emptiedSlices(current: Slices, drafts: ReadonlyMap<string, Draft>): Draft[] {
  const emptied: Draft[] = [];
  // One that is left without any is never kept beside others, so that only those that change can be empty where there are several.
  const mayBeEmpty = current.slices.size === 1 || [...drafts.values()].some((d) => d.size === 0);
  if (!mayBeEmpty) return emptied;
  for (const [name, { pods }] of current.slices) {
    const draft = drafts.get(name);
    if ((draft?.size ?? pods.size) > 0) continue;
    emptied.push(draft ?? { name, ports: [], size: 0, endpoints: new Map() });
  }
  return emptied;
}

/**
 * The endpoints of a slice with some changed, in their order. `placeOf`: where the endpoint of a pod is in the list; negative: nowhere.
 */
export function mergeEndpoints(
  current: readonly Endpoint[],
  changes: ReadonlyMap<string, Endpoint | undefined>,
  placeOf: (pod: string, endpoints: readonly Endpoint[]) => number,
): Endpoint[] {
  const merged = [...current];
  for (const [pod, endpoint] of changes) {
    const place = placeOf(pod, merged);
    if (endpoint === undefined) {
      if (place >= 0) merged.splice(place, 1);
    } else if (place >= 0) merged[place] = endpoint;
    else merged.push(endpoint);
  }
  return merged;
}

/** Where the endpoint of a pod is, by its name: a slice holds pods of one namespace. */
export function placeByName(pod: string, endpoints: readonly Endpoint[]): number {
  const name = pod.slice(pod.indexOf("/") + 1);
  return endpoints.findIndex(({ targetRef }) => targetRef?.name === name);
}

const texts = new WeakMap<Ports, string>();

/** Ports as JSON, made once for a list. */
function textOf(ports: Ports): string {
  let text = texts.get(ports);
  if (text === undefined) texts.set(ports, (text = JSON.stringify(ports)));
  return text;
}
