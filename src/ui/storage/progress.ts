import type { Attempt, CompletionRecord, Files } from "../../labs/index.ts";

/** What is kept of one lab. */
export interface LabProgress {
  /** The last try: what the cluster accepted. */
  readonly attempt?: Attempt;
  /** When it was tried, as milliseconds since 1970. */
  readonly at: number;
  /** Ids of the checks that the last try has passed. */
  readonly passed: readonly string[];
  /** The first try that passed every check, and when. */
  readonly solved?: { readonly at: number; readonly attempt: Attempt };
  /** Texts that were edited since and never tried. */
  readonly draft?: Files;
}

/** Why nothing can be saved: then progress lives in memory only, and is lost with the page. */
export type StorageProblem =
  /** The browser refuses: private mode, site data switched off. */
  | "blocked"
  /** What is there is not ours to read: damaged, or of a newer version. It is left as it is. */
  | "unreadable"
  /** The browser's quota is used up. What was saved before is still there. */
  | "full";

/** The part of the browser's `Storage` that is used. */
export type TextStorage = Pick<Storage, "getItem" | "setItem">;

const KEY = "rollout-lab/progress";
const VERSION = 2;
/** Longer attempts are kept in memory only: no manifest is that long, and the quota is shared by all labs. In characters of JSON. */
export const SAVED_MAX = 200_000;

/** Progress by the lab's id. */
export type Labs = Readonly<Record<string, LabProgress>>;

/**
 * Progress in all labs, kept in the browser. Never throws: where the browser's storage does not work it remembers in memory, and tells its
 * listener so once.
 */
export class ProgressStore {
  private readonly storage: TextStorage | undefined;
  private readonly onProblem: (problem: StorageProblem) => void;
  private inMemory: Labs = {};
  private found: StorageProblem | undefined;

  /** `openStorage` may throw, as reading `window.localStorage` does where it is blocked. */
  constructor(openStorage: () => TextStorage, onProblem: (problem: StorageProblem) => void) {
    this.onProblem = onProblem;
    this.storage = this.attempt(openStorage, "blocked");
    this.inMemory = this.read() ?? {};
  }

  /** Why nothing is saved; undefined while saving works. */
  get problem(): StorageProblem | undefined {
    return this.found;
  }

  /** What is known of a lab, this page's own last word first. */
  lab(id: string): LabProgress | undefined {
    return Object.hasOwn(this.inMemory, id) ? this.inMemory[id] : undefined;
  }

  /** What is known of every lab. */
  all(): Labs {
    return { ...this.read(), ...this.inMemory };
  }

  /**
   * Adds progress from elsewhere. What is here stays: of each lab only what is missing is added. Gives back the ids of the labs that something
   * was added to.
   */
  merge(others: Labs): string[] {
    const here = this.all();
    const news = Object.entries(others).flatMap(([id, other]) => {
      const before = Object.hasOwn(here, id) ? here[id] : undefined;
      const merged = before === undefined ? other : filledUp(before, other);
      return JSON.stringify(merged) === JSON.stringify(before) ? [] : [[id, merged] as const];
    });
    this.inMemory = { ...here, ...Object.fromEntries(news) };
    for (const [id, progress] of news) this.write(id, progress);
    return news.map(([id]) => id);
  }

  /** Every lab that was solved, as a record that can be handed in and is replayed to be believed. */
  record(): CompletionRecord {
    const solved = Object.entries(this.all()).flatMap(([id, lab]) =>
      lab.solved === undefined ? [] : [{ id, ...lab.solved }],
    );
    return { schema: "rollout-lab/record/v1", labs: solved };
  }

  /** Keeps what is new of a lab; what is left out stays. Gives back what now stands. */
  keep(id: string, news: Partial<LabProgress>): LabProgress {
    const before = this.lab(id) ?? { at: 0, passed: [] };
    const now: LabProgress = { ...before, ...news };
    this.inMemory = { ...this.inMemory, [id]: now };
    this.write(id, now);
    return now;
  }

  /** Gives up what cannot be read, so that saving works again. */
  startAnew(): void {
    if (this.found !== "unreadable") return;
    this.found = undefined;
    this.save({ version: VERSION, labs: this.inMemory });
  }

  /** Other tabs write as well: only this lab's entry is put into what stands there now. */
  private write(id: string, progress: LabProgress): void {
    if (this.found === "blocked" || this.found === "unreadable") return;
    const labs = this.read();
    if (labs === undefined) return;
    this.save({ version: VERSION, labs: { ...labs, [id]: fitting(progress, labs[id]) } });
  }

  private save(record: { readonly version: number; readonly labs: Labs }): void {
    this.attempt(() => this.storage?.setItem(KEY, JSON.stringify(record)), "full");
  }

  private read(): Labs | undefined {
    const text = this.attempt(() => this.storage?.getItem(KEY) ?? null, "blocked");
    if (text === undefined) return undefined;
    if (text === null) return {};
    const labs = this.attempt(() => readLabs(JSON.parse(text)), "unreadable");
    return labs;
  }

  private attempt<T>(action: () => T, problem: StorageProblem): T | undefined {
    try {
      return action();
    } catch {
      const known = this.found;
      this.found = problem;
      if (known === undefined) this.onProblem(problem);
      return undefined;
    }
  }
}

/** One's own progress, and of another what it lacks: the last try comes whole, with its time and what it passed. */
function filledUp(own: LabProgress, other: LabProgress): LabProgress {
  const { solved, draft } = { ...other, ...own };
  const { attempt, at, passed } = own.attempt === undefined ? other : own;
  return {
    at,
    passed,
    ...(attempt === undefined ? {} : { attempt }),
    ...(solved === undefined ? {} : { solved }),
    ...(draft === undefined ? {} : { draft }),
  };
}

/** What is too long to save is left as it was saved before. */
function fitting(progress: LabProgress, before: LabProgress | undefined): LabProgress {
  const { attempt, draft, ...rest } = progress;
  const kept = attempt === undefined || isShort(attempt) ? attempt : before?.attempt;
  return {
    ...rest,
    ...(kept === undefined ? {} : { attempt: kept }),
    ...(draft !== undefined && isShort(draft) ? { draft } : {}),
  };
}

function isShort(value: object): boolean {
  return JSON.stringify(value).length <= SAVED_MAX;
}

/** Throws where the shape is not the one that this version writes. */
function readLabs(record: unknown): Labs {
  const { version, labs } = asObject(record);
  if (version !== VERSION) throw new TypeError("another version");
  return Object.fromEntries(
    Object.entries(asObject(labs)).map(([id, lab]) => [id, readLab(asObject(lab))]),
  );
}

function readLab(lab: Record<string, unknown>): LabProgress {
  const { attempt, at, passed, solved, draft } = lab;
  if (typeof at !== "number") throw new TypeError("at");
  if (!Array.isArray(passed) || !passed.every((id) => typeof id === "string")) {
    throw new TypeError("passed");
  }
  return {
    at,
    passed,
    ...(attempt === undefined ? {} : { attempt: readAttempt(attempt) }),
    ...(solved === undefined ? {} : { solved: readSolved(asObject(solved)) }),
    ...(draft === undefined ? {} : { draft: readFiles(draft) }),
  };
}

function readSolved({ at, attempt }: Record<string, unknown>): LabProgress["solved"] & object {
  if (typeof at !== "number") throw new TypeError("solved.at");
  return { at, attempt: readAttempt(attempt) };
}

/** Inputs are only replayed, by what refuses those that make no sense. */
function readAttempt(value: unknown): Attempt {
  const { files, inputs } = asObject(value);
  if (!Array.isArray(inputs)) throw new TypeError("inputs");
  const isInput = (input: unknown) => {
    const { atMs, action } = asObject(input);
    return typeof atMs === "number" && typeof asObject(action)["kind"] === "string";
  };
  if (!inputs.every(isInput)) throw new TypeError("an input");
  return { files: readFiles(files), inputs: inputs as Attempt["inputs"] };
}

function readFiles(value: unknown): Files {
  const files = asObject(value);
  if (!Object.values(files).every((text) => typeof text === "string")) throw new TypeError("files");
  return files as Files;
}

function asObject(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError("not an object");
  }
  return value as Record<string, unknown>;
}
