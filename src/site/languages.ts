import { siteConfig } from "../../site.config.ts";
import type { Language } from "../../site.config.ts";
import { offeredLanguages } from "./offered-languages.ts";

const base = (import.meta.env?.BASE_URL ?? "/").replace(/\/$/, "");

/** The front page's path on the host, in the default language. */
export const homePath = `${base}/`;

/** The language of a page by its path on the host, base path included. */
export function languageOf(pathname: string): Language {
  const first = pathname.slice(base.length).split("/")[1];
  return siteConfig.languages.slice(1).find((language) => language === first) ?? defaultLanguage();
}

/** The same page in another language: `/base/x/` and `/base/ko/x/`. */
export function pathInLanguage(pathname: string, language: Language): string {
  const current = languageOf(pathname);
  const path = pathname
    .slice(base.length)
    .split("/")
    .slice(current === defaultLanguage() ? 1 : 2);
  return [base, ...(language === defaultLanguage() ? [] : [language]), ...path].join("/");
}

function defaultLanguage(): Language {
  return offeredLanguages(siteConfig)[0];
}
