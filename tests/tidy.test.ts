/**
 * The style that a machine can hold and ESLint cannot: which room may know which, and what files
 * are called and hold. What the pure rooms may not touch is in eslint.config.mjs.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const checkout = fileURLToPath(new URL("..", import.meta.url));

/** What may import what: a room imports from those to its left, and from itself. */
const ranks: Readonly<Record<string, number>> = {
  "simulator/kernel": 0,
  "simulator/api": 1,
  "simulator/parts": 2,
  "simulator/whole": 3,
  kubectl: 4,
  manifest: 4,
  shell: 4,
  scenario: 4,
  words: 5,
  check: 6,
  labs: 7,
  ui: 8,
  site: 9,
};

/** Parts of the cluster that talk through the API server only. */
const strangers = ["controllers", "kubelet", "network"];

interface SourceFile {
  /** From the checkout, with slashes. */
  readonly name: string;
  readonly text: string;
  readonly isTest: boolean;
}

const sources = filesIn("src", /\.(ts|mjs|astro|css)$/);
const typescript = sources.filter(({ name }) => /\.(ts|mjs)$/.test(name));

function filesIn(folder: string, pattern: RegExp): SourceFile[] {
  return readdirSync(path.join(checkout, folder), { recursive: true, encoding: "utf8" })
    .map((file) => `${folder}/${file.replaceAll(path.sep, "/")}`)
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => ({
      name,
      text: readFileSync(path.join(checkout, name), "utf8"),
      isTest: name.includes(".test."),
    }));
}

/** Finds in a file; each finding is "file:line: what". */
function find(files: readonly SourceFile[], look: (file: SourceFile, tell: Tell) => void) {
  const findings: string[] = [];
  for (const file of files) {
    look(file, (position, what) => {
      const line = file.text.slice(0, position).split("\n").length;
      findings.push(`${file.name}:${line}: ${what}`);
    });
  }
  return findings;
}

type Tell = (position: number, what: string) => void;

function importsOf(file: SourceFile): { specifier: string; position: number }[] {
  return [...file.text.matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g)].map((match) => ({
    specifier: match[1] ?? "",
    position: match.index,
  }));
}

/**
 * "ui" for src/ui/…, "" outside of src/. The simulator's own files are the language of its parts
 * (facts, decisions, records), but for the two that put the parts together.
 */
function roomOf(name: string): string {
  const [top = "", room = "", part = ""] = name.split("/");
  if (top !== "src") return "";
  if (room !== "simulator") return room;
  if (part === "kernel" || part === "api") return `simulator/${part}`;
  return ["index.ts", "cluster.ts"].includes(part) ? "simulator/whole" : "simulator/parts";
}

describe("rooms", () => {
  it("import in one direction", () => {
    const findings = find(typescript, (file, tell) => {
      const room = roomOf(file.name);
      for (const { specifier, position } of importsOf(file)) {
        if (!specifier.startsWith(".")) continue;
        const target = path.posix.join(path.posix.dirname(file.name), specifier);
        const targetRoom = roomOf(target);
        if (room === "cli" && ["ui", "site"].includes(targetRoom)) {
          tell(position, `cli/ must run without a page, and imports ${target}`);
        }
        if (targetRoom === "cli" && room !== "cli") tell(position, `only cli/ imports ${target}`);
        if (file.isTest && room.startsWith("simulator")) continue;
        if ((ranks[targetRoom] ?? -1) > (ranks[room] ?? Infinity)) {
          tell(position, `${room} must not know ${targetRoom}, and imports ${target}`);
        }
      }
    });
    expect(findings).toEqual([]);
  });

  it.each(strangers)("simulator/%s talks to the others through the API server only", (part) => {
    const own = typescript.filter(
      ({ name, isTest }) => !isTest && name.startsWith(`src/simulator/${part}/`),
    );
    const others = strangers.filter((other) => other !== part);
    const findings = find(own, (file, tell) => {
      for (const { specifier, position } of importsOf(file)) {
        const target = path.posix.join(path.posix.dirname(file.name), specifier);
        const other = others.find((name) => target.startsWith(`src/simulator/${name}/`));
        if (other) tell(position, `imports ${target}`);
      }
    });
    expect(findings).toEqual([]);
  });
});

describe("files", () => {
  it("are named for what they hold", () => {
    // These are Kubernetes' own names, as its source and documentation use them.
    const kubernetesOwn = /(kube-?controller|image|status|probe|field)-?manager/i;
    const vague = /(^|[/.-])(utils?|helpers?|common|misc|manager)([/.-]|$)/i;
    const names = sources.map(({ name }) => name.replace(kubernetesOwn, ""));
    expect(names.filter((name) => vague.test(name))).toEqual([]);
    const classes = find(typescript, (file, tell) => {
      for (const match of file.text.matchAll(/\b(?:class|interface)\s+(\w*Manager)\b/g)) {
        if (kubernetesOwn.test(match[1] ?? "")) continue;
        tell(match.index, `${match[1]} says nothing; name what it does`);
      }
    });
    expect(classes).toEqual([]);
  });

  it("promise nothing for another day", () => {
    const all = [...sources, ...filesIn("content", /\.mdx?$/)];
    const findings = find(all, (file, tell) => {
      for (const match of file.text.matchAll(/\b(TODO|FIXME|XXX|HACK)\b/g)) {
        tell(match.index, `${match[1]}: do it, or write an issue`);
      }
    });
    expect(findings).toEqual([]);
  });

  it("name no place outside of the checkout", () => {
    const all = [...sources, ...filesIn("content", /\.mdx?$/), ...filesIn("tests", /\.(ts|mjs)$/)];
    const outside = new RegExp(["/work/", "/tmp/", "\\.\\./shared", "/root/"].join("|"));
    const findings = find(all, (file, tell) => {
      if (file.name === "tests/tidy.test.ts") return;
      const match = outside.exec(file.text);
      if (match) tell(match.index, `names ${match[0]}, which is on one machine only`);
    });
    expect(findings).toEqual([]);
  });
});
