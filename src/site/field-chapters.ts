import type { Language } from "../../site.config.ts";
import { homePath, pathInLanguage } from "./languages.ts";

const LIMITS = { page: "surge-and-unavailable", heading: "two-limits-rounded-apart" };
const CHOICE = { page: "rolling-versus-canary", heading: "which-one-then" };

/** Where the chapters speak of a field: the page, and the id of its heading, which is the same in every language. */
const CHAPTERS: Readonly<Record<string, { readonly page: string; readonly heading: string }>> = {
  "lifecycle.preStop": { page: "pre-stop", heading: "how-long" },
  terminationGracePeriodSeconds: {
    page: "termination-grace-period",
    heading: "working-out-the-number",
  },
  readinessProbe: { page: "probes", heading: "three-probes" },
  progressDeadlineSeconds: { page: "stuck-rollouts", heading: "the-deadline-only-speaks" },
  strategy: CHOICE,
  "strategy.type": CHOICE,
  "strategy.rollingUpdate.maxSurge": LIMITS,
  "strategy.rollingUpdate.maxUnavailable": LIMITS,
};

/** Addresses of chapters by field, as JSON for the timeline's "why?". */
export function fieldChapters(lang: Language): string {
  const addresses = Object.entries(CHAPTERS).map(([field, { page, heading }]) => [
    field,
    `${pathInLanguage(`${homePath}${page}/`, lang)}#${heading}`,
  ]);
  return JSON.stringify(Object.fromEntries(addresses));
}
