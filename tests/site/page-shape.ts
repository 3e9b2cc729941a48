import { readFileSync } from "node:fs";
import path from "node:path";
import { headingIds } from "../../src/site/build/heading-ids.ts";

/** What is said in words, and so is another in each language. */
const WORDS = new Set([
  "lang",
  "caption",
  "title",
  "description",
  "heads",
  "question",
  "reveal",
  "kind",
]);

/** A component as it stands in a page: its name and what decides what it shows, without the words. */
export interface PlacedComponent {
  readonly name: string;
  readonly props: Readonly<Record<string, string>>;
}

/** The components of a page in order. */
export function componentsIn(prose: string): PlacedComponent[] {
  return [...prose.matchAll(/<([A-Z]\w*)/g)].map(({ 1: name = "", 0: tag, index }) => ({
    name,
    props: propsFrom(prose, index + tag.length),
  }));
}

/** Attributes from a place within a tag up to its end: `id="incident"`, `knobs={{ maxSurge: 1 }}`. */
function propsFrom(text: string, from: number): Record<string, string> {
  const props: Record<string, string> = {};
  const attribute = /\s*(?:([\w:-]+)(?:=("[^"]*"|'[^']*'|\{))?|\/?>)/gy;
  attribute.lastIndex = from;
  for (;;) {
    const match = attribute.exec(text);
    if (match?.[1] === undefined) return props;
    let value = match[2] ?? "true";
    if (value === "{") {
      const end = closingBrace(text, attribute.lastIndex);
      value = `{${text.slice(attribute.lastIndex, end)}}`;
      attribute.lastIndex = end + 1;
    }
    if (!WORDS.has(match[1])) props[match[1]] = value.replaceAll(/\s+|,(?=\s*[\]}])/g, "");
  }
}

function closingBrace(text: string, from: number): number {
  let depth = 1;
  let quote = "";
  for (let i = from; i < text.length; i += 1) {
    const char = text[i]!;
    if (quote !== "") {
      if (char === quote) quote = "";
    } else if (`"'\``.includes(char)) quote = char;
    else if (char === "{") depth += 1;
    else if (char === "}" && (depth -= 1) === 0) return i;
  }
  return text.length;
}

/** Code without its comments, which are written in the page's language, and the mark of what is changed. */
function codeOf(language: string, meta: string, body: string): string {
  const code = body
    .split("\n")
    .map((line) => line.replace(/(^|\s)#.*$/, "").trimEnd())
    .filter((line) => line !== "");
  return [`${language} ${meta.trim()}`, ...code].join("\n");
}

/** What two languages of one page have in common, read off its source. */
export function shapeOf(file: string) {
  const text = readFileSync(file, "utf8").replace(/^---\n[^]*?^---\n/, "");
  const fences = [...text.matchAll(/^```(\w+)([^\n]*)\n([^]*?)^```$/gm)];
  const prose = text.replaceAll(/^```[^]*?^```$/gm, "");
  const components = componentsIn(prose);
  const headings = [...prose.matchAll(/^(#{2,4}) /gm)].map(([, marks]) => marks?.length);
  const written = (wanted: readonly string[]) =>
    components
      .filter(({ name }) => wanted.includes(name))
      .map(({ name, props }) => `${name} ${JSON.stringify(props)}`);
  return {
    headings,
    fences: fences.map(([, language]) => language),
    code: fences
      .filter(([, language]) => language !== "mermaid")
      .map(([, language = "", meta = "", body = ""]) => codeOf(language, meta, body)),
    messagesPerDiagram: fences
      .filter(([, language]) => language === "mermaid")
      .map(([, , , body]) => body?.match(/--?[>x)]/g)?.length ?? 0),
    components: components.map(({ name }) => name).filter((name) => name !== "Fact"),
    figures: written(["Figure", "RunDiagram", "FactTable", "Kubectl", "Lab"]),
    // A sentence may name its numbers in another order in another language.
    facts: written(["Fact"]).sort(),
    questions: components.filter(({ name }) => name === "Predict").length,
    links: [...prose.matchAll(/\]\(([^)]+)\)|href="([^"]+)"/g)].map(([, a, b]) => a ?? b).sort(),
  };
}

/** The ids of a page's headings, and its links to a heading of it or of another page. */
export function anchorsOf(docs: string, page: string) {
  const source = readFileSync(path.join(docs, page), "utf8");
  const links = [...source.matchAll(/\]\((?!https?:)([^)\s]*)#([^)\s]+)\)/g)].map(
    ([, target = "", id = ""]) => ({
      page: target === "" ? page : `${path.basename(target)}.mdx`,
      id: decodeURIComponent(id),
    }),
  );
  return { ids: headingIds(source), links };
}
