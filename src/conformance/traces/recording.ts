import { objectKey } from "../../simulator/api/server.ts";
import { parseTimestamp } from "../../simulator/api/time.ts";
import type { KubernetesObject } from "../../simulator/api/types.ts";

/** One watch event of a recorded cluster. */
export interface Change {
  /** Place in the order of changes of the whole cluster: the object's resourceVersion. */
  readonly version: number;
  /** Milliseconds since the recorder's start, when the recorder heard of it. */
  readonly t: number;
  /** INITIAL: it existed before the recorder started. */
  readonly type: "INITIAL" | "ADDED" | "MODIFIED" | "DELETED";
  /** `replicasets` */
  readonly resource: string;
  readonly object: KubernetesObject;
  /** The object before the change. */
  readonly old?: KubernetesObject;
}

/** A command as typed, with what it printed. */
export interface TypedCommand {
  readonly t: number;
  readonly tEnd: number;
  readonly cmd: string;
  /** Its words after `kubectl`, where they are not those that a shell makes of `cmd`. */
  readonly args?: readonly string[];
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that printed for a while, and when each line came. */
export interface Stream {
  /** `get-pods-w` */
  readonly name: string;
  readonly cmd: string;
  /** When it was typed, or the recorder's start where that was not noted. */
  readonly t: number;
  readonly lines: readonly StreamLine[];
  /** How it ended; undefined where the recording stops before. */
  readonly exit: { readonly t: number; readonly code: number } | undefined;
}

export interface StreamLine {
  /** Undefined: not noted. */
  readonly t: number | undefined;
  readonly from: "stdout" | "stderr";
  readonly text: string;
}

/** A recorded run of a real cluster. */
export interface Recording {
  readonly name: string;
  /** Virtual time (milliseconds since the simulator's epoch) of the recorder's start. */
  readonly startMs: number;
  /** In the order in which the API server made them. */
  readonly changes: readonly Change[];
  readonly commands: readonly TypedCommand[];
  readonly streams: readonly Stream[];
  /** Further files by name: manifests and what else lies beside. */
  readonly files: ReadonlyMap<string, string>;
}

interface FullLine {
  readonly t: number;
  readonly type: Change["type"];
  readonly res: string;
  readonly object: KubernetesObject;
}

/**
 * Puts a recording together from its files; `full.jsonl` must be one of them. Throws an Error that names the line where a file cannot be
 * read. Watches of several resources are heard of in no order between them, so the changes are put in the order of their
 * resourceVersions: etcd counts them through the whole cluster.
 */
export function readRecording(name: string, files: ReadonlyMap<string, string>): Recording {
  const lines = jsonLines<FullLine>("full.jsonl", files.get("full.jsonl") ?? "");
  if (lines.length === 0) throw new Error("full.jsonl: has no watch events");
  const wrong = lines.findIndex((line) => !isFullLine(line));
  if (wrong >= 0) {
    throw new Error(
      `full.jsonl, event ${wrong + 1}: wanted {"t", "type", "res", "object"} with a resourceVersion in the object's metadata`,
    );
  }
  const ordered = lines
    .map(({ t, type, res, object }) => {
      const version = Number(object.metadata.resourceVersion);
      return { version, t, type, resource: res, object: frozen(object) };
    })
    .toSorted((a, b) => a.version - b.version);
  const known = new Map<string, KubernetesObject>();
  const changes = ordered.map((change): Change => {
    const key = `${change.resource} ${objectKey(change.object)}`;
    const old = known.get(key);
    if (change.type === "DELETED") known.delete(key);
    else known.set(key, change.object);
    return old === undefined ? change : { ...change, old };
  });
  const iso = /"iso"\s*:\s*"([^"]+)"/.exec(files.get("t0.json") ?? "")?.[1];
  const startMs = iso === undefined ? startByObjects(changes) : parseTimestamp(iso);
  const commands = [
    ...jsonLines<TypedCommand>("kubectl.jsonl", files.get("kubectl.jsonl") ?? ""),
    ...transcript(files.get("kubectl.txt") ?? "", startEpochMs(files.get("t0.json"))),
  ];
  const streams = [...files.keys()]
    .filter((file) => /^streams\/[^/]+\.jsonl$/.test(file))
    .map((file) => readStream(file, files.get(file)!));
  const status = files.get(ROLLOUT_STATUS);
  if (status !== undefined) {
    streams.push(readRolloutStatus(status, startEpochMs(files.get("t0.json"))));
  }
  return { name, startMs, changes, commands, streams, files };
}

type StreamRow =
  | { readonly t: number; readonly cmd: string }
  | { readonly t: number; readonly stdout: string }
  | { readonly t: number; readonly stderr: string }
  | { readonly t: number; readonly exit: number };

/** The command first, then a row for each line, at last its exit status. */
function readStream(file: string, text: string): Stream {
  const [first, ...rows] = jsonLines<StreamRow>(file, text);
  if (first === undefined || !("cmd" in first)) {
    throw new Error(`${file}:1: wanted the command, {"t":…,"cmd":"kubectl …"}`);
  }
  const lines = rows.flatMap((row): StreamLine[] => {
    if ("stdout" in row) return [{ t: row.t, from: "stdout", text: row.stdout }];
    return "stderr" in row ? [{ t: row.t, from: "stderr", text: row.stderr }] : [];
  });
  const last = rows.find((row) => "exit" in row);
  return {
    name: file.replace(/^streams\/|\.jsonl$/g, ""),
    cmd: first.cmd,
    t: first.t,
    lines,
    exit: last && { t: last.t, code: last.exit },
  };
}

function isFullLine(line: Partial<FullLine> | null): boolean {
  const { t, type = "", res, object } = line ?? {};
  const isVersion = Number.isFinite(Number(object?.metadata?.resourceVersion ?? "none"));
  const isType = ["INITIAL", "ADDED", "MODIFIED", "DELETED"].includes(type);
  return typeof t === "number" && typeof res === "string" && isType && isVersion;
}

const ROLLOUT_STATUS = "rollout-status.txt";

const TIMED_OUT = "error: timed out waiting for the condition";

/**
 * Output of `rollout status` without the command and the times of its lines; the last line is `[exit 0] 1795465145803`. A `--timeout` was not
 * noted: one that ran out stopped the command.
 */
function readRolloutStatus(text: string, startMs: number): Stream {
  const rows = text.trimEnd().split("\n");
  const end = /^\[exit (\d+)\] (\d+)$/.exec(rows.pop()!);
  const name = /deployment "([^"]+)"/.exec(text)?.[1];
  if (end === null || name === undefined) {
    throw new Error(
      `${ROLLOUT_STATUS}: wanted lines about a deployment "NAME", and at last [exit N] TIME`,
    );
  }
  return {
    name: "rollout-status",
    cmd: `kubectl rollout status deployment/${name}`,
    t: 0,
    lines: rows
      .filter((row) => row !== TIMED_OUT)
      .map((row) => {
        const from = row.startsWith("error: ") ? "stderr" : "stdout";
        return { t: undefined, from, text: row };
      }),
    exit: { t: Number(end[2]) - startMs, code: Number(end[1]) },
  };
}

/** As the API server holds its objects: what is handed one may not change it. */
function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const field of Object.values(value)) frozen(field);
  return Object.freeze(value);
}

/** Wall-clock time of the recorder's start. */
function startEpochMs(text = ""): number {
  return Number(/"t0"\s*:\s*(\d+)/.exec(text)?.[1] ?? 0);
}

/** Stands before a piece of output that was printed so long after the command's start. */
const CHUNK_MARK = /\[\d+ms\] /g;

/**
 * Commands of a transcript: `$ kubectl …`, what it printed on both streams, and `[exit 0] [at 1795465132368, 377 ms]`. The words are written
 * without the quotes of a shell. Those without a time are left out: they can explain nothing.
 */
function transcript(text: string, startMs: number): TypedCommand[] {
  return text.split(/^\$ /m).flatMap((part) => {
    const [line = "", ...printed] = part.split("\n");
    const end = /\[exit (\d+)\] \[at (\d+), (\d+) ms\]/.exec(part);
    if (!line.startsWith("kubectl ") || end === null) return [];
    const t = Number(end[2]) - startMs;
    const stdout = printed
      .join("\n")
      .replace(/\[exit [^]*/, "")
      .replaceAll(CHUNK_MARK, "");
    const cmd = line.replace(/^kubectl -n \S+ /, "kubectl ");
    const args = line.split(" ").slice(1);
    return [{ t, tEnd: t + Number(end[3]), cmd, args, code: Number(end[1]), stdout, stderr: "" }];
  });
}

/** Without a time of start: the first object created while it was recorded tells it to the second. */
function startByObjects(changes: readonly Change[]): number {
  const first = changes.find(({ type }) => type === "ADDED");
  const created = first?.object.metadata.creationTimestamp;
  if (first === undefined || !created) return 0;
  return Math.max(0, parseTimestamp(created) - first.t);
}

/** The values of a file with a JSON value in each line. */
export function jsonLines<T>(file: string, text: string): T[] {
  return text.split("\n").flatMap((line, i) => {
    if (line.trim() === "") return [];
    try {
      return [JSON.parse(line) as T];
    } catch {
      throw new Error(`${file}:${i + 1}: is no JSON`);
    }
  });
}
