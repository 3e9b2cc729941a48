/*
 * The part of PromQL that analyses of a rollout are usually written in: rate, irate and increase of a selector with a range, sum (with or
 * without by), histogram_quantile, arithmetic, `or vector(0)`.
 * Simplified: there are no scrapes, so a rate is exactly the requests of the range by its length, and irate is the same; a histogram has no
 * buckets, so a quantile is that of the requests themselves; sum knows one group.
 */
import { durationMs } from "../duration.ts";
import { fits, meaningOf, type Matcher, type Sample } from "./series.ts";
import { ExpressionError, TokenReader } from "./tokens.ts";

/** A vector of at most one value, as Prometheus returns after a sum; `durations` where it is a histogram, in the metric's unit. */
interface Vector {
  readonly values: readonly number[];
  readonly durations?: readonly number[];
}

/** Answers a query at a moment: no value where no request ever fitted. */
export function answer(query: string, samples: readonly Sample[], nowMs: number): number[] {
  const reader = new TokenReader(query);
  const vector = new Query(reader, samples, nowMs).whole();
  return [...vector.values];
}

const FUNCTIONS = ["rate", "irate", "increase"];

class Query {
  private readonly reader: TokenReader;
  private readonly samples: readonly Sample[];
  private readonly nowMs: number;

  constructor(reader: TokenReader, samples: readonly Sample[], nowMs: number) {
    this.reader = reader;
    this.samples = samples;
    this.nowMs = nowMs;
  }

  whole(): Vector {
    const vector = this.alternatives();
    this.reader.end();
    return vector;
  }

  private alternatives(): Vector {
    let left = this.sum();
    while (this.reader.accept("or") || this.reader.accept("OR")) {
      if (this.reader.accept("on")) this.labels();
      const right = this.sum();
      if (left.values.length === 0) left = right;
    }
    return left;
  }

  private sum(): Vector {
    let left = this.product();
    for (;;) {
      if (this.reader.accept("+")) left = combine(left, this.product(), (a, b) => a + b);
      else if (this.reader.accept("-")) left = combine(left, this.product(), (a, b) => a - b);
      else return left;
    }
  }

  private product(): Vector {
    let left = this.factor();
    for (;;) {
      if (this.reader.accept("*")) left = combine(left, this.factor(), (a, b) => a * b);
      else if (this.reader.accept("/")) left = combine(left, this.factor(), (a, b) => a / b);
      else return left;
    }
  }

  private factor(): Vector {
    const { reader } = this;
    if (reader.accept("-")) {
      return { values: this.factor().values.map((value) => -value) };
    }
    if (reader.accept("(")) {
      const vector = this.alternatives();
      reader.expect(")");
      return vector;
    }
    const { kind, text } = reader.current;
    if (kind === "number") return { values: [Number(reader.take().text)] };
    if (kind !== "word") throw reader.wanted("a number, a function or a metric");
    reader.take();
    if (FUNCTIONS.includes(text)) return this.overRange(text);
    switch (text) {
      case "sum":
        return this.aggregate();
      case "histogram_quantile":
        return this.quantile();
      case "vector":
      case "scalar":
        return this.inParentheses();
      default:
        throw new ExpressionError(
          `${text} is not simulated: known are sum, rate, irate, increase, histogram_quantile, vector, scalar and arithmetic`,
        );
    }
  }

  private inParentheses(): Vector {
    this.reader.expect("(");
    const vector = this.alternatives();
    this.reader.expect(")");
    return vector;
  }

  private aggregate(): Vector {
    if (this.reader.accept("by") || this.reader.accept("without")) this.labels();
    const vector = this.inParentheses();
    if (this.reader.accept("by") || this.reader.accept("without")) this.labels();
    return vector;
  }

  /** `(le, service)` */
  private labels(): void {
    this.reader.expect("(");
    while (!this.reader.accept(")")) {
      this.reader.take();
      this.reader.accept(",");
      if (this.reader.current.kind === "end") throw this.reader.wanted('")"');
    }
  }

  private quantile(): Vector {
    this.reader.expect("(");
    const [share = Number.NaN] = this.alternatives().values;
    this.reader.expect(",");
    const { durations } = this.alternatives();
    this.reader.expect(")");
    if (durations === undefined) {
      throw new ExpressionError("histogram_quantile wants the rate of a histogram (…_bucket)");
    }
    return { values: durations.length === 0 ? [Number.NaN] : [quantileOf(durations, share)] };
  }

  private overRange(name: string): Vector {
    this.reader.expect("(");
    const metric = this.word();
    const matchers = this.reader.accept("{") ? this.matchers() : [];
    this.reader.expect("[");
    const rangeMs = this.range();
    this.reader.expect(")");
    const { kind, unitsPerSecond } = meaningOf(metric);
    const series = this.samples.filter((sample) => fits(sample, matchers));
    if (series.length === 0)
      return { values: [], ...(kind === "histogram" ? { durations: [] } : {}) };
    const recent = series.filter(({ record }) => record.doneMs > this.nowMs - rangeMs);
    const count = name === "increase" ? recent.length : recent.length / (rangeMs / 1000);
    if (kind === "counter") return { values: [count] };
    const durations = recent.map(
      ({ record }) => ((record.doneMs - record.sentMs) / 1000) * unitsPerSecond,
    );
    return { values: [count], durations };
  }

  private word(): string {
    const { kind } = this.reader.current;
    if (kind !== "word") throw this.reader.wanted("a metric's name");
    return this.reader.take().text;
  }

  private matchers(): Matcher[] {
    const matchers: Matcher[] = [];
    while (!this.reader.accept("}")) {
      const label = this.word();
      const operator = this.reader.take().text;
      if (!["=", "!=", "=~", "!~"].includes(operator)) throw this.reader.wanted("=, !=, =~ or !~");
      if (this.reader.current.kind !== "text") throw this.reader.wanted("a quoted text");
      const value = this.reader.take().text;
      matchers.push({ label, operator: operator as Matcher["operator"], value });
      if (!this.reader.accept(",") && this.reader.current.text !== "}") {
        throw this.reader.wanted('"," or "}"');
      }
    }
    return matchers;
  }

  /** `5m]`, `1h30m]` */
  private range(): number {
    let text = "";
    while (!this.reader.accept("]")) {
      if (this.reader.current.kind === "end") throw this.reader.wanted('"]"');
      text += this.reader.take().text;
    }
    const ms = durationMs(text);
    if (ms === undefined || ms <= 0) throw new ExpressionError(`"${text}" is no range such as 5m`);
    return ms;
  }
}

/** Each operand has one value or none; of none nothing comes. */
function combine(left: Vector, right: Vector, act: (a: number, b: number) => number): Vector {
  const [a] = left.values;
  const [b] = right.values;
  return { values: a === undefined || b === undefined ? [] : [act(a, b)] };
}

/** The smallest duration that at least that share of all does not exceed. */
function quantileOf(durations: readonly number[], share: number): number {
  if (Number.isNaN(share)) return Number.NaN;
  if (share < 0) return -Infinity;
  if (share > 1) return Infinity;
  const sorted = durations.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}
