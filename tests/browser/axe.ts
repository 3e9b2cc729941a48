import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** What axe is asked. */
export interface AxeQuestion {
  /** Only these rules; all when left out. */
  readonly rules?: readonly string[];
  /** Selector of the part that it looks at; the whole page when left out. */
  readonly within?: string;
  /** Leave out what is neither serious nor critical. */
  readonly seriousOnly?: boolean;
}

/**
 * What axe has against a page, or a part of it: `rule: the elements`. It works in the page itself, which the library calls its legacy mode: to
 * gather what frames of other hosts say it would open another window for each look, and there are none here.
 */
export async function axeFindings(
  page: Page,
  { rules = [], within, seriousOnly = false }: AxeQuestion = {},
): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  if (rules.length > 0) axe.withRules([...rules]);
  if (within !== undefined) axe.include(within);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => !seriousOnly || impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
