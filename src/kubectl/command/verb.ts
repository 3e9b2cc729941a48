import type { Client } from "../client.ts";
import type { Program } from "../program.ts";
import type { World } from "../world.ts";
import { DRY_RUN_FLAG } from "./dry-run.ts";
import type { Flag, Flags } from "./flags.ts";

/** Flags of a command. */
export type Flagged = readonly Flag[];

/** A command of kubectl, or a group of commands. */
export interface Verb {
  readonly name: string;
  /** Other names of it; lists of commands do not have them. */
  readonly aliases?: readonly string[];
  /** One line, for lists of commands. */
  readonly about: string;
  /** What follows the name: `(TYPE[.GROUP] [NAME | -l label])`. */
  readonly usage?: string;
  readonly flags?: readonly Flag[];
  /** Commands below: `rollout status`. */
  readonly verbs?: readonly Verb[];
  /** What help says before the list of commands below, and examples of use. */
  readonly intro?: string;
  readonly examples?: string;
  run?(call: Call): Program;
}

/** One call of a command, with all that it works on. */
export interface Call {
  readonly world: World;
  readonly client: Client;
  /** `kubectl rollout status` */
  readonly command: string;
  /** The arguments behind the command, flags among them. */
  readonly typed: readonly string[];
  readonly words: readonly string[];
  /** How many words came before `--`. */
  readonly dash?: number;
  readonly flags: Flags;
}

const DEFAULT_NAMESPACE = "default";

/** The namespace of a call: `-n`, or the one that everything is in by default. */
export function namespaceOf({ flags }: Pick<Call, "flags">): string {
  return flags.text("namespace") ?? DEFAULT_NAMESPACE;
}

/** Flags that every command takes. */
export const GLOBAL_FLAGS: readonly Flag[] = [
  { name: "namespace", short: "n", about: "namespace of this request" },
  { name: "context", about: "context of the kubeconfig; there is one only" },
  { name: "cluster", about: "cluster of the kubeconfig; there is one only" },
  { name: "user", about: "user of the kubeconfig; there is one only" },
  { name: "kubeconfig", about: "file of the kubeconfig; it is not read" },
  { name: "server", short: "s", about: "address of the API server; it is not used" },
  { name: "request-timeout", about: "how long one request may take, 0 for ever" },
  { name: "v", short: "v", type: "int", about: "verbosity of logs; there are none" },
  { name: "warnings-as-errors", type: "bool", about: "warnings of the server end with status 1" },
  { name: "help", short: "h", type: "bool", about: "says what the command does" },
];

export const FILE_FLAGS: readonly Flag[] = [
  { name: "filename", short: "f", type: "list", about: "files or folders with manifests" },
  { name: "recursive", short: "R", type: "bool", about: "folders within the folders of -f too" },
  { name: "kustomize", short: "k", missing: true },
];

export const SELECTOR_FLAGS: readonly Flag[] = [
  { name: "selector", short: "l", about: "labels of the objects: app=web,tier!=db" },
  { name: "all", type: "bool", about: "all objects of the types in the namespace" },
];

export const FIELD_SELECTOR_FLAG: Flag = {
  name: "field-selector",
  about: "fields of the objects: status.phase=Running",
};

export const OUTPUT_FLAG: Flag = {
  name: "output",
  short: "o",
  about: "json, yaml, name, jsonpath=…, custom-columns=…, wide",
};

export const FIELD_MANAGER_FLAG: Flag = {
  name: "field-manager",
  about: "name of who manages the fields that are written",
};

/** How a command prints the object that it has written. */
export const PRINT_FLAGS: readonly Flag[] = [
  OUTPUT_FLAG,
  {
    name: "show-managed-fields",
    type: "bool",
    about: "with -o yaml or json: who manages which field",
  },
];

export const WRITE_FLAGS: readonly Flag[] = [DRY_RUN_FLAG, FIELD_MANAGER_FLAG, ...PRINT_FLAGS];

export const RECORD_FLAG: Flag = {
  name: "record",
  type: "bool",
  deprecated: "--record will be removed in the future",
  about: "writes the command into the annotation kubernetes.io/change-cause",
};
