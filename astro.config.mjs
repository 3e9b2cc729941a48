import { defineConfig } from "astro/config";
import { satteri } from "@astrojs/markdown-satteri";
import mdx from "@astrojs/mdx";
import starlight from "@astrojs/starlight";
import { siteConfig } from "./site.config.ts";
import { languageNames, sidebar } from "./src/site/navigation.ts";
import { offeredLanguages } from "./src/site/offered-languages.ts";
import { contentSecurityPolicy } from "./src/site/build/content-security-policy.ts";
import { offline } from "./src/site/offline/integration.ts";
import { accentStyle } from "./src/site/build/accent-style.ts";
import { sitePages } from "./src/site/build/site-pages.ts";
import { mermaidFences } from "./src/site/diagrams/mermaid-fences.ts";
import { breakableCode } from "./src/site/build/breakable-code.ts";
import { koreanWords } from "./src/site/build/korean-words.ts";
import { sharedHeadingIds } from "./src/site/build/heading-ids.ts";
import { readableTables } from "./src/site/build/readable-tables.ts";
import { tableHeads } from "./src/site/build/table-heads.ts";
import { keptUnits } from "./src/site/build/typeset.ts";

const [defaultLanguage, ...otherLanguages] = offeredLanguages(siteConfig);

/** Starlight serves the `root` locale at `/` and every other one under its code. */
const locales = {
  root: { label: languageNames[defaultLanguage], lang: defaultLanguage },
  ...Object.fromEntries(
    otherLanguages.map((language) => [
      language,
      { label: languageNames[language], lang: language },
    ]),
  ),
};

export default defineConfig({
  // Starlight has `${srcDir}/content/docs` fixed, so that the checkout's root is the source folder.
  srcDir: "./",
  outDir: process.env.OUT_DIR ?? "./dist",
  site: process.env.SITE || undefined,
  base: process.env.BASE_PATH || "/",
  trailingSlash: "always",
  devToolbar: { enabled: false },
  markdown: {
    processor: satteri({
      mdastPlugins: [mermaidFences(), keptUnits()],
      hastPlugins: [
        sharedHeadingIds(),
        tableHeads(),
        readableTables(),
        breakableCode(),
        koreanWords,
      ],
    }),
  },
  integrations: [
    starlight({
      title: siteConfig.title,
      description: siteConfig.description[defaultLanguage],
      logo: { ...siteConfig.logo, alt: "" },
      favicon: "/favicon.svg",
      locales,
      sidebar,
      social: siteConfig.repository
        ? [{ icon: "github", label: "Source", href: siteConfig.repository }]
        : [],
      editLink: siteConfig.repository
        ? { baseUrl: `${siteConfig.repository}/edit/main/` }
        : undefined,
      // From git's history; a checkout without one builds pages without it.
      lastUpdated: true,
      customCss: ["./src/site/styles/index.css"],
      components: {
        PageTitle: "./src/site/components/PageTitle.astro",
        Hero: "./src/site/components/Hero.astro",
        LanguageSelect: "./src/site/components/LanguageSelect.astro",
        Search: "./src/site/components/Search.astro",
        Footer: "./src/site/components/Footer.astro",
      },
      head: accentStyle(siteConfig.accent),
      credits: false,
    }),
    mdx(),
    sitePages(),
    contentSecurityPolicy(),
    offline(),
  ],
  vite: {
    // Astro marks its own modules with a directive that the bundler would warn about, page by page.
    build: { rolldownOptions: { checks: { moduleLevelDirective: false } } },
  },
});
