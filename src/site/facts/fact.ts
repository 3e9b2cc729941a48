import type { KnobValues } from "../../ui/figure/figure.ts";
import { grouped } from "../../words/format.ts";
import type { Language } from "../../words/language.ts";
import { evaluateFact, type FactValue } from "./expression.ts";
import { figureRun } from "./figure-runs.ts";

/** How a fact is written: `12,345`; `1.8 s`; `140 ms` (of seconds); `12%` (of a share of 1). */
export type FactForm = "number" | "seconds" | "milliseconds" | "percent";

/** A number about a figure that is not typed but found. */
export interface FactRequest {
  readonly figure: string;
  /** Knobs that do not stand as at first. */
  readonly knobs?: KnobValues;
  /** CEL over `run`, `runs`, `decisions`, `update` and `pods`. */
  readonly expr: string;
  /** How many seeds are in `runs`. */
  readonly seeds?: number;
  readonly as?: FactForm;
  /** Decimals; 1 for seconds, else none. */
  readonly digits?: number;
}

/**
 * The fact as text.
 *
 * @throws where the figure or the expression is wrong, with both
 */
export async function factText(request: FactRequest, lang: Language): Promise<string> {
  const { figure, knobs, expr, seeds = 1, as = "number", digits } = request;
  try {
    const first = await figureRun(figure, knobs);
    const others = Array.from({ length: seeds - 1 }, (_, i) => figureRun(figure, knobs, i + 1));
    const value = evaluateFact(expr, [first, ...(await Promise.all(others))]);
    return written(value, as, digits, lang);
  } catch (error) {
    const knobsText = knobs === undefined ? "" : ` with ${JSON.stringify(knobs)}`;
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`Fact of the figure "${figure}"${knobsText}: ${expr}: ${message}`, {
      cause: error,
    });
  }
}

function written(
  value: FactValue,
  form: FactForm,
  digits: number | undefined,
  lang: Language,
): string {
  if (typeof value === "string") return value;
  const number = (n: number, decimals: number) => {
    if (decimals === 0) return grouped(n);
    const [whole = "", rest = ""] = n.toFixed(decimals).split(".");
    return `${grouped(Number(whole))}.${rest}`;
  };
  const unit = (text: string, sign: string, koSign: string) =>
    lang === "ko" ? `${text}${koSign}` : `${text}\u00a0${sign}`;
  switch (form) {
    case "number":
      return number(value, digits ?? (Number.isInteger(value) ? 0 : 1));
    case "seconds":
      return unit(number(value, digits ?? 1), "s", "초");
    case "milliseconds":
      return unit(number(value * 1000, digits ?? 0), "ms", "ms");
    case "percent":
      return `${number(value * 100, digits ?? 0)}%`;
  }
}
