import { defineCollection } from "astro:content";
import { docsSchema } from "@astrojs/starlight/schema";
import { glob } from "astro/loaders";
import { siteConfig } from "./site.config.ts";
import { offeredLanguages, pageId, pagePatterns } from "./src/site/offered-languages.ts";

const languages = offeredLanguages(siteConfig);

// The files that Starlight's own loader takes, but the default language's at the base wherever they lie.
const loader = glob({
  base: "./content/docs",
  pattern: pagePatterns(languages),
  generateId: ({ entry }) => pageId(entry, languages),
});

export const collections = { docs: defineCollection({ loader, schema: docsSchema() }) };
