import type { AstroIntegration } from "astro";
import { siteConfig } from "../../../site.config.ts";
import { labFiles } from "../labs-folder.ts";

const labPage = "./src/site/pages/lab.astro";
const ownManifestPage = "./src/site/pages/own-manifest.astro";
const progressPage = "./src/site/pages/progress.astro";

/** Adds the pages that are not documents: Astro looks for its own in `pages/`, ours are in `src/`. */
export function sitePages(): AstroIntegration {
  return {
    name: "site-pages",
    hooks: {
      "astro:config:setup": ({ injectRoute, addWatchFile }) => {
        for (const file of labFiles()) addWatchFile(file);
        injectRoute({ pattern: "/labs/[lab]", entrypoint: labPage });
        injectRoute({ pattern: "/workbench", entrypoint: ownManifestPage });
        injectRoute({ pattern: "/progress", entrypoint: progressPage });
        for (const language of siteConfig.languages.slice(1)) {
          injectRoute({ pattern: `/${language}/labs/[lab]`, entrypoint: labPage });
          injectRoute({ pattern: `/${language}/workbench`, entrypoint: ownManifestPage });
          injectRoute({ pattern: `/${language}/progress`, entrypoint: progressPage });
        }
      },
    },
  };
}
