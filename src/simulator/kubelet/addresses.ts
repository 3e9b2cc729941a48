/** Addresses given to pods, by their last part: plain data in the kubelet's state. */
export interface AddressState {
  last: number;
  readonly used: Set<number>;
}

/** .0 is the network, .1 the node's bridge, .255 the broadcast address. */
const FIRST = 2;
const LAST = 254;

/**
 * The next free address of a node's /24 range, going on from the last one given (CNI host-local allocator). Undefined: none is left.
 */
export function allocateAddress(state: AddressState, subnet: string): string | undefined {
  for (let tries = FIRST; tries <= LAST; tries += 1) {
    state.last = state.last < FIRST || state.last >= LAST ? FIRST : state.last + 1;
    if (state.used.has(state.last)) continue;
    state.used.add(state.last);
    return `${subnet}.${state.last}`;
  }
  return undefined;
}

/** Gives an address back. */
export function releaseAddress(state: AddressState, ip: string): void {
  state.used.delete(Number(ip.slice(ip.lastIndexOf(".") + 1)));
}
