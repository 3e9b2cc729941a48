import type { Language, SiteConfig } from "../../site.config.ts";

/** Where the pages of each language lie in `content/docs`; it does not change with the default language. */
export const FOLDERS: Readonly<Record<Language, string>> = { en: "", ko: "ko" };

/**
 * The languages that the site is built in, the default first.
 *
 * @throws where `site.config.ts` names none, one twice, or one that the site is not written in
 */
export function offeredLanguages(
  config: Pick<SiteConfig, "languages">,
): readonly [Language, ...Language[]] {
  const known = Object.keys(FOLDERS).join(" and ");
  const [first, ...others] = config.languages;
  if (first === undefined) throw new Error("site.config.ts: `languages` names no language");
  for (const [i, language] of config.languages.entries()) {
    if (!Object.hasOwn(FOLDERS, language)) {
      throw new Error(
        `site.config.ts: \`languages\` names ${language}; the site is written in ${known}. ` +
          "Another language needs its words in the code and its pages in content/docs.",
      );
    }
    if (config.languages.indexOf(language) !== i) {
      throw new Error(`site.config.ts: \`languages\` names ${language} twice`);
    }
  }
  return [first, ...others];
}

/** The files of `content/docs` that become pages: those of languages that are not offered do not. */
export function pagePatterns(languages: readonly Language[]): string[] {
  const pages = "**/[^_]*.{md,mdx}";
  const own = languages.map((language) => FOLDERS[language]);
  // English lies beside the folders of the others.
  if (!own.includes("")) return own.map((folder) => `${folder}/${pages}`);
  const others = Object.values(FOLDERS).filter((folder) => !own.includes(folder));
  return [pages, ...others.map((folder) => `!${folder}/**`)];
}

/**
 * A page's id, which is its address, from its file: the default language's pages lie at the base,
 * wherever their files are.
 */
export function pageId(file: string, languages: readonly Language[]): string {
  const page = file.replace(/\.mdx?$/, "").replace(/(^|\/)index$/, "$1") || "index";
  const folder = Object.values(FOLDERS).find((name) => name !== "" && page.startsWith(`${name}/`));
  const language = (Object.keys(FOLDERS) as Language[]).find(
    (code) => FOLDERS[code] === (folder ?? ""),
  )!;
  const inside = folder === undefined ? page : page.slice(folder.length + 1) || "index";
  if (language === languages[0]) return inside;
  return inside === "index" ? language : `${language}/${inside}`;
}
