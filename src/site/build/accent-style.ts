import type { SiteConfig } from "../../../site.config.ts";

/** An accent of the company's own as a style element in every page's head, over the site's tokens. */
export function accentStyle(accent: SiteConfig["accent"]) {
  if (!accent) return [];
  const content =
    `:root{--rl-accent:${accent.dark};--rl-focus:${accent.dark}}` +
    `:root[data-theme="light"]{--rl-accent:${accent.light};--rl-focus:${accent.light}}`;
  return [{ tag: "style" as const, content }];
}
