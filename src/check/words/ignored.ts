import type { Language } from "../../words/language.ts";
import type { Ignored } from "../input/read-input.ts";
import { CHECK_WORDS } from "./labels.ts";

/** What was passed over, where it stands, and why. */
export function tellIgnored(
  { file, line, kind, apiVersion, name, field }: Ignored,
  lang: Language,
): string {
  if (kind === "") return `${file}:${line}: ${CHECK_WORDS[lang].noManifest}`;
  const object = `${kind} ${name} (${apiVersion})`;
  return `${file}:${line}: ${field === undefined ? object : CHECK_WORDS[lang].forField(object, field)}`;
}
