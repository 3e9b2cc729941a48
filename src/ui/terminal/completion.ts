/** What can be named at the prompt. */
export interface Known {
  /** The lab's files. */
  readonly files: readonly string[];
  /** What exists now, as kubectl writes it: `deployment/web`, `pod/web-7d4b9-x2x8z`. */
  readonly objects: readonly string[];
}

/** What Tab comes to. */
export interface Completion {
  /** What goes in at the cursor; empty where nothing is certain. */
  readonly added: string;
  /** What there is to choose from, when it is more than one. */
  readonly choices: readonly string[];
}

const COMMANDS = [
  "awk",
  "cat",
  "clear",
  "curl",
  "cut",
  "date",
  "echo",
  "grep",
  "head",
  "history",
  "jq",
  "kubectl",
  "ls",
  "sleep",
  "sort",
  "tail",
  "watch",
  "wc",
];

/** kubectl's commands, and what comes after them where that is a word of a fixed set. */
const VERBS: Readonly<Record<string, readonly string[]>> = {
  annotate: [],
  "api-resources": [],
  apply: [],
  argo: ["rollouts"],
  cordon: [],
  create: [],
  delete: [],
  describe: [],
  diff: [],
  drain: [],
  edit: [],
  events: [],
  exec: [],
  explain: [],
  get: [],
  label: [],
  logs: [],
  patch: [],
  replace: [],
  rollout: ["history", "pause", "restart", "resume", "status", "undo"],
  scale: [],
  set: ["image"],
  top: ["node", "pod"],
  uncordon: [],
  version: [],
  wait: [],
};

/** Kinds by the names that kubectl takes. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  configmap: ["configmaps", "cm"],
  daemonset: ["daemonsets", "ds"],
  deployment: ["deployments", "deploy"],
  endpoints: ["ep"],
  endpointslice: ["endpointslices"],
  event: ["events", "ev"],
  horizontalpodautoscaler: ["horizontalpodautoscalers", "hpa"],
  httproute: ["httproutes"],
  ingress: ["ingresses", "ing"],
  job: ["jobs"],
  limitrange: ["limitranges", "limits"],
  namespace: ["namespaces", "ns"],
  node: ["nodes", "no"],
  pod: ["pods", "po"],
  poddisruptionbudget: ["poddisruptionbudgets", "pdb"],
  priorityclass: ["priorityclasses", "pc"],
  replicaset: ["replicasets", "rs"],
  resourcequota: ["resourcequotas", "quota"],
  rollout: ["rollouts", "ro"],
  service: ["services", "svc"],
  serviceaccount: ["serviceaccounts", "sa"],
  statefulset: ["statefulsets", "sts"],
};

/** Verbs whose objects are pods when no kind is said, and those that take nodes. */
const PODS_ONLY = new Set(["logs", "exec"]);
const NODES_ONLY = new Set(["cordon", "uncordon", "drain"]);

/** What Tab comes to at the end of what stands before the cursor; undefined where nothing has been typed. */
export function complete(before: string, known: Known): Completion | undefined {
  if (before.trim() === "") return undefined;
  const command = before.slice(before.search(/[^|;&]*$/)).trimStart();
  const words = command.split(/\s+/);
  const word = words.at(-1)!;
  const fitting = candidates(words.slice(0, -1), word, known).filter((c) => c.startsWith(word));
  const choices = [...new Set(fitting)].sort();
  if (choices.length === 0) return { added: "", choices: [] };
  const shared = choices.reduce(sharedStart);
  const isWhole = choices.length === 1;
  const added = shared.slice(word.length) + (isWhole && !shared.endsWith("/") ? " " : "");
  return { added, choices: isWhole ? [] : choices };
}

function candidates(before: readonly string[], word: string, known: Known): readonly string[] {
  const [command, verb] = before;
  if (command === undefined) return COMMANDS;
  const previous = before.at(-1)!;
  if (command !== "kubectl" || previous === "-f" || previous === "--filename") return known.files;
  if (verb === undefined) return Object.keys(VERBS);
  const rest = before.slice(2);
  const more = VERBS[verb] ?? [];
  if (more.length > 0 && rest.length === 0) return more;
  return objects(verb, more.length > 0 ? rest.slice(1) : rest, word, known);
}

/** Kinds, `kind/name`, or names where the kind has been said. */
function objects(
  verb: string,
  said: readonly string[],
  word: string,
  { objects: all }: Known,
): readonly string[] {
  const kind = NODES_ONLY.has(verb)
    ? "node"
    : said.map(kindOf).find((found) => found !== undefined);
  if (kind !== undefined) return namesOf(kind, all);
  if (word.includes("/")) {
    const [written = ""] = word.split("/");
    const found = kindOf(written);
    return found === undefined ? [] : namesOf(found, all).map((name) => `${written}/${name}`);
  }
  if (PODS_ONLY.has(verb))
    return [...namesOf("pod", all), ...all.filter((o) => !o.startsWith("pod/"))];
  const isList = verb === "get" || verb === "describe" || verb === "explain";
  const kinds = Object.entries(KINDS).flatMap(([name, [plural]]) =>
    isList ? [name, plural!] : [name],
  );
  return isList ? kinds : [...kinds.map((name) => `${name}/`), ...all];
}

function kindOf(word: string): string | undefined {
  return Object.keys(KINDS).find((kind) => kind === word || KINDS[kind]!.includes(word));
}

function namesOf(kind: string, all: readonly string[]): string[] {
  return all.filter((o) => o.startsWith(`${kind}/`)).map((o) => o.slice(kind.length + 1));
}

function sharedStart(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return one.slice(0, length);
}
