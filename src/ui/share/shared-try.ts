import type { Attempt, Files } from "../../labs/index.ts";
import { LIMITS, type Input } from "../../simulator/index.ts";
import { packText, unpackText } from "./packed-text.ts";

/** A try as a link holds it: with the lab, all that decides its run. */
export interface SharedTry {
  readonly lab: string;
  readonly seed: number;
  readonly deploys: boolean;
  readonly attempt: Attempt;
}

/** What a link's fragment holds. */
export type Opened =
  | { readonly kind: "none" }
  | { readonly kind: "try"; readonly shared: SharedTry }
  /** Cut off, changed by hand, or not made by this site: what it holds is not looked at any further. */
  | { readonly kind: "broken" }
  /** A link longer than any that is made here. */
  | { readonly kind: "too-long" };

/** Characters of a fragment, made or opened; some mail programs and chats cut longer links. */
export const FRAGMENT_MAX = 32 * 1024;
/** Bytes of JSON that a fragment may grow to. */
const UNPACKED_MAX = 1024 * 1024;
const INPUTS_MAX = 500;
const FILES_MAX = 20;
const LINE_MAX = 4096;
const KEY = "try";

/** The fragment for a try; undefined where it would be too long. */
export async function fragmentOf(shared: SharedTry): Promise<string | undefined> {
  const fragment = `${KEY}=${await packText(JSON.stringify({ version: 1, ...shared }))}`;
  return fragment.length > FRAGMENT_MAX ? undefined : fragment;
}

/** Reads a page's fragment. Never throws: a link may come from anybody. */
export async function openFragment(fragment: string): Promise<Opened> {
  const packed = new URLSearchParams(fragment.replace(/^#/, "")).get(KEY);
  if (packed === null) return { kind: "none" };
  if (fragment.length > FRAGMENT_MAX) return { kind: "too-long" };
  try {
    return { kind: "try", shared: readTry(JSON.parse(await unpackText(packed, UNPACKED_MAX))) };
  } catch {
    return { kind: "broken" };
  }
}

function readTry(value: unknown): SharedTry {
  const { version, lab, seed, deploys, attempt } = asObject(value);
  demand(version === 1);
  demand(typeof lab === "string" && /^[a-z0-9][a-z0-9-]{0,62}$/.test(lab));
  demand(typeof seed === "number" && Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32);
  demand(typeof deploys === "boolean");
  const { files, inputs } = asObject(attempt);
  demand(Array.isArray(inputs) && inputs.length <= INPUTS_MAX);
  return {
    lab: lab as string,
    seed: seed as number,
    deploys: deploys as boolean,
    attempt: { files: readFiles(files), inputs: (inputs as unknown[]).map(readInput) },
  };
}

/** Only what a terminal does: nothing that a link brings goes past kubectl and the API server. */
function readInput(value: unknown): Input {
  const { atMs, action } = asObject(value);
  demand(typeof atMs === "number" && Number.isInteger(atMs));
  demand((atMs as number) >= 0 && (atMs as number) <= LIMITS.durationMs);
  const { kind, line, files, text } = asObject(action);
  const at = { atMs: atMs as number };
  if (kind === "interrupt") return { ...at, action: { kind } };
  if (kind === "edited") {
    demand(text === undefined || typeof text === "string");
    return { ...at, action: { kind, text: text as string | undefined } };
  }
  demand(kind === "shell" && typeof line === "string" && line.length <= LINE_MAX);
  return { ...at, action: { kind: "shell", line: line as string, files: readFiles(files) } };
}

function readFiles(value: unknown): Files {
  const entries = Object.entries(asObject(value));
  demand(entries.length <= FILES_MAX);
  demand(entries.every(([, text]) => typeof text === "string"));
  return Object.fromEntries(entries) as Files;
}

function asObject(value: unknown): Record<string, unknown> {
  demand(typeof value === "object" && value !== null && !Array.isArray(value));
  return value as Record<string, unknown>;
}

function demand(holds: boolean): void {
  if (!holds) throw new TypeError("not a shared try");
}
