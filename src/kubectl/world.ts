import type { KnownKind } from "../manifest/index.ts";
import type {
  ApiRequest,
  ApiResponse,
  Metrics,
  NodeAccess,
  ResourceDefinition,
} from "../simulator/index.ts";

/** The API server, as a client reaches it. */
export interface Requests {
  handle(request: ApiRequest): ApiResponse;
}

/** What stands at a path: a file's text, a folder's names, or nothing. */
export type PathContent = string | { readonly names: readonly string[] } | undefined;

/** All that kubectl touches. */
export interface World {
  readonly api: Requests;
  /** Virtual time in ms. */
  now(): number;
  /** What stands at a path of the lab's files. */
  read(path: string): PathContent;
  /** Text on standard input; undefined where there is none. */
  readonly stdin?: string;
  /** Logs and commands, which the API server has from the nodes; undefined where nobody is there to ask. */
  readonly containers?: Pick<NodeAccess, "log" | "exec">;
  /** How the API server takes kinds that are not simulated; undefined: manifests of them are refused. */
  readonly unsimulated?: (kind: KnownKind) => ResourceDefinition;
  /** Undefined: nobody has installed metrics-server. */
  readonly metrics?: Metrics;
  /** False where nobody is there to edit: `kubectl edit` says so. */
  readonly hasEditor: boolean;
}

/** A world of an API server and nothing else: no files, no containers, and nobody to edit. */
export function bareWorld(api: Requests, now: () => number): World {
  return { api, now, read: () => undefined, hasEditor: false };
}
