import { expect, test } from "@playwright/test";
import { addressOf, builtSites } from "../browser/built-sites.ts";

const { base } = builtSites.underBase;
const home = addressOf(builtSites.underBase);

/** What is typed, and a page (none: the front page) that must be among the first ten found. Korean as it is typed: with particles. */
const queries: readonly { lang: "en" | "ko"; typed: string; page: string }[] = [
  { lang: "ko", typed: "무중단", page: "why-rolling-update-drops-requests" },
  { lang: "ko", typed: "배포", page: "recreate" },
  { lang: "ko", typed: "파드를", page: "termination-sequence" },
  { lang: "ko", typed: "유예 시간", page: "termination-grace-period" },
  { lang: "ko", typed: "프로브가", page: "probes" },
  { lang: "ko", typed: "쿠버네티스 배포", page: "" },
  { lang: "ko", typed: "롤백", page: "stuck-rollouts" },
  { lang: "ko", typed: "커넥션", page: "keep-alive" },
  { lang: "en", typed: "502 bad gateway", page: "why-502-and-504" },
  { lang: "en", typed: "504 gateway timeout", page: "why-502-and-504" },
  { lang: "en", typed: "HPA", page: "drains-budgets-autoscaling" },
  { lang: "en", typed: "grace period", page: "termination-grace-period" },
  { lang: "en", typed: "stuck", page: "stuck-rollouts" },
];

for (const { lang, typed, page: wanted } of queries) {
  test(`search finds ${wanted || "the front page"} by ${typed}, ${lang}`, async ({ page }) => {
    const start = lang === "en" ? "" : `${lang}/`;
    await page.goto(home + start);
    const found = await page.evaluate(
      async ([script, query]) => {
        const pagefind = await import(script!);
        const { results } = await pagefind.search(query);
        const shown = results.slice(0, 10) as { data(): Promise<{ url: string }> }[];
        return Promise.all(shown.map(async (result) => (await result.data()).url));
      },
      [`${base}pagefind/pagefind.js`, typed],
    );
    expect(found).toContain(`${base}${start}${wanted === "" ? "" : `${wanted}/`}`);
  });
}
