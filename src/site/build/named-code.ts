import { select, setProperty } from "@astrojs/starlight/expressive-code/hast";
import type { ExpressiveCodePlugin } from "@astrojs/starlight/expressive-code";

const LONGEST = 60;

/**
 * Gives code blocks names. One that scrolls becomes a place that screen readers list, and a list of places without names
 * is of no use. The name is the first line with its number in the page, since several may begin alike.
 */
export function namedCode(): ExpressiveCodePlugin {
  return {
    name: "named-code",
    hooks: {
      postprocessRenderedBlock({ codeBlock, renderData }) {
        const pre = select("pre", renderData.blockAst);
        if (pre) setProperty(pre, "aria-label", nameOf(codeBlock.code, codeBlock.parentDocument));
      },
    },
  };
}

interface Place {
  readonly positionInDocument?: { readonly groupIndex: number } | undefined;
}

function nameOf(code: string, place: Place | undefined): string {
  const lines = code.split("\n").map((line) => line.trim());
  const first = lines.find((line) => line !== "") ?? "";
  const short = first.length > LONGEST ? `${first.slice(0, LONGEST)}…` : first;
  const index = place?.positionInDocument?.groupIndex;
  return index === undefined ? short : `${index + 1}: ${short}`;
}
