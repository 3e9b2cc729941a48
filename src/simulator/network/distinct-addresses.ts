import type { Endpoint, EndpointSlice } from "../api/types.ts";

/** The endpoints of a slice, of those that have one address the last one in the place of the first. */
export function eachAddressOnce(slice: EndpointSlice): readonly Endpoint[] {
  const { endpoints = [], metadata } = slice;
  const before = lastDistinct.get(metadata.uid);
  const isDistinct =
    before === undefined ? areDistinct(endpoints) : areStillDistinct(endpoints, before);
  if (!isDistinct) {
    return [...new Map(endpoints.map((endpoint) => [endpoint.addresses[0]!, endpoint])).values()];
  }
  if (lastDistinct.size >= MANY) lastDistinct.clear();
  lastDistinct.set(metadata.uid, endpoints);
  return endpoints;
}

/**
 * The endpoints in which each address was found to stand once, by uid of the slice: a slice is written again and again with little changed,
 * and only what has come needs to be looked at. From so many slices on they are forgotten.
 */
const lastDistinct = new Map<string, readonly Endpoint[]>();
const MANY = 1000;

/** More new addresses than this are not looked for one by one. */
const FEW = 8;

function areDistinct(endpoints: readonly Endpoint[]): boolean {
  return new Set(endpoints.map(({ addresses }) => addresses[0])).size === endpoints.length;
}

/** The same, where `before` has each address once: what is left of it, in its order, has so too. */
function areStillDistinct(endpoints: readonly Endpoint[], before: readonly Endpoint[]): boolean {
  const fresh: string[] = [];
  let at = 0;
  // By number, as in every loop over endpoints: their list is frozen, and of frozen lists V8 makes an object for each turn of an iterator.
  for (let i = 0; i < endpoints.length; i += 1) {
    const endpoint = endpoints[i]!;
    // Mostly it is the very endpoint that was there, and nothing of it need be read.
    if (before[at] === endpoint) {
      at += 1;
      continue;
    }
    const address = endpoint.addresses[0]!;
    while (at < before.length && before[at]!.addresses[0] !== address) at += 1;
    if (at < before.length) at += 1;
    else if (fresh.push(address) > FEW) return areDistinct(endpoints);
  }
  for (const address of fresh) {
    let times = 0;
    for (let i = 0; i < endpoints.length; i += 1) {
      if (endpoints[i]!.addresses[0] === address) times += 1;
    }
    if (times > 1) return false;
  }
  return true;
}
