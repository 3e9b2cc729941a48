import { only, type Backends } from "./backends.ts";
import type { Router } from "./router.ts";

export type Method = "GET" | "POST";

/** Where the requests of a road come to a choice of pods: the nodes, proxies or machines that they are spread over. */
export interface Entrance {
  readonly routers: readonly Router[];
  /** Indexes of the routers that take requests now. Undefined: all. */
  open?(): readonly number[];
  /** Back ends for the requests of a source, as that router knows them; undefined when no rule takes them. */
  backendsOf(router: number, source: string, method: Method): Backends | undefined;
}

/** An entrance that leads to the Services' ports named by sources themselves. */
export function toServices(
  routers: readonly Router[],
  keyOf: (source: string) => string | undefined,
): Entrance {
  const known = new Map<string, Backends>();
  return {
    routers,
    backendsOf: (_, source) => {
      let backends = known.get(source);
      if (backends === undefined) known.set(source, (backends = only(keyOf(source))));
      return backends;
    },
  };
}
