import { duration } from "../format.ts";
import type { Language } from "../language.ts";
import type { Message } from "./messages.ts";
import { PARTICIPANTS, PARTICIPANT_ORDER, type Participant } from "./participants.ts";

const ARROWS = { call: "->>", heard: "-)", lost: "-x" } as const;

/** Messages as a Mermaid sequence diagram, with the time since the update before each. */
export function mermaidOf(
  messages: readonly Message[],
  updateMs: number,
  told: { readonly title: string; readonly description: string; readonly lang: Language },
): string {
  const there = new Set<Participant>(messages.flatMap(({ from, to }) => [from, to]));
  return [
    "sequenceDiagram",
    `  accTitle: ${told.title}`,
    `  accDescr: ${told.description}`,
    ...PARTICIPANT_ORDER.filter((id) => there.has(id)).map(
      (id) => `  participant ${id} as ${PARTICIPANTS[id][told.lang]}`,
    ),
    ...messages.map((message) => `  ${line(message, updateMs, told.lang)}`),
  ].join("\n");
}

function line({ kind, from, to, text, atMs }: Message, updateMs: number, lang: Language): string {
  // A semicolon and a hash mean something else to Mermaid, and a line's end ends the message.
  const safe = text
    .replaceAll(/[#;]/g, (sign) => `#${sign.charCodeAt(0)};`)
    .replaceAll(/\s+/g, " ");
  if (kind === "heard") return `${from}${ARROWS.heard}${to}: ${safe}`;
  const timed = `${duration(atMs - updateMs, lang)} · ${safe}`;
  return kind === "note" ? `Note over ${from}: ${timed}` : `${from}${ARROWS[kind]}${to}: ${timed}`;
}
