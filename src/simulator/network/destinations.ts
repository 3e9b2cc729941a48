/** Where a new connection may be sent. */
export interface Destination {
  readonly podUid: string;
  readonly podName: string;
  /** Port of the pod, after targetPort. */
  readonly port: number;
  /** The endpoint names no pod: `podUid` and `podName` are the address that it has. */
  readonly isAddress?: true;
}

/**
 * Destinations in their order, in parts: one for each slice that they come from, as far as slices are looked at by themselves. A change concerns
 * a slice; in one list all of them would be copied and compared for it.
 */
export interface Destinations {
  readonly parts: readonly (readonly Destination[])[];
  /** How many there are in all parts together. */
  readonly count: number;
}

/** Destinations in these parts. */
export function inParts(parts: readonly (readonly Destination[])[]): Destinations {
  let count = 0;
  for (let i = 0; i < parts.length; i += 1) count += parts[i]!.length;
  return { parts, count };
}

/** All of them in one list. */
export function listOf({ parts }: Destinations): readonly Destination[] {
  return parts.length === 1 ? parts[0]! : parts.flat();
}

/** The one of that number, from 0 up to `count`. */
export function destinationAt({ parts }: Destinations, index: number): Destination {
  let left = index;
  let part = 0;
  while (left >= parts[part]!.length) {
    left -= parts[part]!.length;
    part += 1;
  }
  return parts[part]![left]!;
}

/** Are they the same, in the same order, however they are parted? */
export function areSameDestinations(a: Destinations, b: Destinations): boolean {
  if (a.count !== b.count) return false;
  if (!arePartedAlike(a, b)) return areSameLists(listOf(a), listOf(b));
  for (let i = 0; i < a.parts.length; i += 1) {
    if (!areSameLists(a.parts[i]!, b.parts[i]!)) return false;
  }
  return true;
}

function arePartedAlike(a: Destinations, b: Destinations): boolean {
  if (a.parts.length !== b.parts.length) return false;
  for (let i = 0; i < a.parts.length; i += 1) {
    if (a.parts[i]!.length !== b.parts[i]!.length) return false;
  }
  return true;
}

function areSameLists(a: readonly Destination[], b: readonly Destination[]): boolean {
  if (a === b) return true;
  for (let i = 0; i < a.length; i += 1) if (!isSame(a[i]!, b[i]!)) return false;
  return true;
}

function isSame(a: Destination, b: Destination): boolean {
  return a === b || (a.podUid === b.podUid && a.port === b.port);
}

/** Names of the pods by uid, without those that other destinations have just so in the same part. */
export function namesByUid(
  { parts }: Destinations,
  { parts: otherParts }: Destinations,
): Map<string, string> {
  const names = new Map<string, string>();
  for (let i = 0; i < parts.length; i += 1) {
    const different = withoutCommonEnds(parts[i]!, otherParts[i] ?? NOBODY);
    for (const { podUid, podName } of different) names.set(podUid, podName);
  }
  return names;
}

const NOBODY: readonly never[] = [];

/** Of rules that are not there. */
export const NOWHERE: Destinations = { parts: [], count: 0 };

/** The middle of a list, without what another list begins and ends with too. */
function withoutCommonEnds<T>(list: readonly T[], other: readonly T[]): readonly T[] {
  if (list === other) return NOBODY;
  const shorter = Math.min(list.length, other.length);
  let start = 0;
  while (start < shorter && list[start] === other[start]) start += 1;
  let end = 0;
  while (end < shorter - start && list.at(-1 - end) === other.at(-1 - end)) end += 1;
  return list.slice(start, list.length - end);
}
