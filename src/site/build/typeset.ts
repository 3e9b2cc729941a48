import type { MdastPluginDefinition } from "satteri";

/** Text whose lines do not end between a number and its unit: `5 s`, `140 ms`. */
function withUnits(text: string): string {
  return text.replaceAll(/(\d) (?=m?s\b)/g, "$1\u00a0");
}

/** Text of captions and questions as Markdown sets its own: with curly quotes and apostrophes, and numbers that keep their units. */
export function typeset(text: string): string {
  return withUnits(text.replaceAll(/"([^"]*)"/g, "“$1”").replaceAll(/(?<=\w)'/g, "’"));
}

/** Markdown plugin: numbers keep their units; code stays as it was written. */
export function keptUnits(): MdastPluginDefinition {
  return {
    name: "kept-units",
    text(node) {
      const value = withUnits(node.value);
      return value === node.value ? undefined : { ...node, value };
    },
  };
}
