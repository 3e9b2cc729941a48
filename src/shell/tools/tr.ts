import { printing } from "../stage.ts";
import { CLASSES } from "./character-classes.ts";
import { optionsOf } from "./options.ts";
import { invalid, type Tool } from "./tool.ts";

/** `a-z` as its letters. */
function letters(set: string): string[] {
  const plain = set
    .replace(/\\n/g, "\n")
    .replace(/\\t/g, "\t")
    .replace(/\[:[a-z]+:\]/g, (name) => CLASSES[name]?.replace("\\s", " \t\n") ?? name);
  return [
    ...plain.replace(/(.)-(.)/gs, (_, from: string, to: string) => {
      let all = "";
      for (let c = from.charCodeAt(0); c <= to.charCodeAt(0); c += 1) all += String.fromCharCode(c);
      return all;
    }),
  ];
}

/** tr (GNU coreutils). */
export const tr: Tool = (args) => {
  const { on, words, unknown } = optionsOf(args, "ds", "", { delete: "d", "squeeze-repeats": "s" });
  if (unknown !== undefined) return invalid("tr", unknown);
  const [from = "", to = ""] = words;
  const [set, other] = [letters(from), letters(to)];
  const change = (text: string) => {
    if (on.has("d")) return [...text].filter((c) => !set.includes(c)).join("");
    const mapped = [...text].map((c) => {
      const at = set.indexOf(c);
      return at < 0 || other.length === 0 ? c : (other[at] ?? other.at(-1)!);
    });
    if (!on.has("s")) return mapped.join("");
    const squeezed = other.length === 0 ? set : other;
    return mapped.filter((c, i) => c !== mapped[i - 1] || !squeezed.includes(c)).join("");
  };
  return { feed: change, closed: false, finish: () => printing("") };
};
