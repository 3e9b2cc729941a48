/* awk at its commonest: patterns, print, printf and sums. */
import { failing, ignoringInput, fromFiles, LineFilter } from "../stage.ts";
import {
  AwkError,
  ExpressionReader,
  numberOf,
  textOf,
  tokensOf,
  type Expression,
  type Scope,
} from "./awk-expressions.ts";
import type { Tool } from "./tool.ts";
import { optionsOf } from "./options.ts";
import { formatted } from "./printf.ts";

type Statement = (scope: Scope) => string;

interface Rule {
  readonly when: "begin" | "end" | Expression | undefined;
  readonly run: Statement;
}

class ProgramReader extends ExpressionReader {
  rules(): Rule[] {
    const rules: Rule[] = [];
    while (this.at < this.tokens.length) {
      if (this.take(";") || this.take("\n")) continue;
      rules.push(this.rule());
    }
    return rules;
  }

  private rule(): Rule {
    const token = this.tokens[this.at]!;
    let when: Rule["when"];
    if (token.kind === "name" && (token.text === "BEGIN" || token.text === "END")) {
      this.at += 1;
      when = token.text === "BEGIN" ? "begin" : "end";
    } else if (!this.peek("{")) when = this.expression();
    const run = this.take("{") ? this.block() : ({ fields }: Scope) => `${fields[0]}\n`;
    return { when, run };
  }

  private block(): Statement {
    const statements: Statement[] = [];
    while (!this.take("}")) {
      if (this.at >= this.tokens.length)
        throw new AwkError("syntax error at source line 1: unexpected end");
      if (this.take(";") || this.take("\n")) continue;
      statements.push(this.statement());
    }
    return (scope) => statements.map((statement) => statement(scope)).join("");
  }

  private statement(): Statement {
    const token = this.tokens[this.at]!;
    if (token.kind === "name" && (token.text === "print" || token.text === "printf")) {
      this.at += 1;
      return token.text === "print" ? this.print() : this.printf();
    }
    if (token.kind === "name" && token.text === "if") {
      this.at += 1;
      this.expect("(");
      const condition = this.expression();
      this.expect(")");
      const body = this.take("{") ? this.block() : this.statement();
      return (scope) =>
        textOf(condition(scope)) === "0" || condition(scope) === "" ? "" : body(scope);
    }
    if (token.kind === "name") return this.assignment(token.text);
    throw new AwkError(`syntax error at source line 1: unexpected ${token.text}`);
  }

  private list(): Expression[] {
    const list: Expression[] = [];
    const ends = () =>
      this.at >= this.tokens.length || [";", "}", "\n"].some((sign) => this.peek(sign));
    while (!ends()) {
      list.push(this.expression());
      if (!this.take(",")) break;
    }
    if (!ends())
      throw new AwkError("syntax error at source line 1: redirections of awk are not simulated");
    return list;
  }

  private print(): Statement {
    const list = this.list();
    return (scope) => {
      const separator = textOf(scope.variables.get("OFS") ?? " ");
      const texts = list.length === 0 ? [scope.fields[0]!] : list.map((one) => textOf(one(scope)));
      return `${texts.join(separator)}\n`;
    };
  }

  private printf(): Statement {
    const [format, ...values] = this.list();
    if (format === undefined) throw new AwkError("printf: no format");
    return (scope) =>
      formatted(
        textOf(format(scope)),
        values.map((one) => textOf(one(scope))),
      );
  }

  private assignment(name: string): Statement {
    this.at += 1;
    const sign = ["=", "+=", "-=", "++", "--"].find((one) => this.take(one));
    if (sign === undefined) throw new AwkError(`syntax error at source line 1: unexpected ${name}`);
    const value = sign === "++" || sign === "--" ? () => 1 : this.expression();
    return (scope) => {
      const before = numberOf(scope.variables.get(name) ?? 0);
      const by = value(scope);
      const after = sign === "=" ? by : before + (sign.startsWith("+") ? 1 : -1) * numberOf(by);
      scope.variables.set(name, after);
      return "";
    };
  }
}

class Awk extends LineFilter {
  private readonly rules: readonly Rule[];
  private readonly scope: { fields: string[]; variables: Map<string, string | number> };
  private count = 0;
  private begun = false;

  constructor(rules: readonly Rule[], variables: Map<string, string | number>) {
    super();
    this.rules = rules;
    this.scope = { fields: [""], variables };
  }

  protected line(line: string): string {
    const { variables } = this.scope;
    const first = this.begin();
    const separator = textOf(variables.get("FS") ?? " ");
    const fields =
      separator === " "
        ? line
            .trim()
            .split(/\s+/)
            .filter((field) => field !== "")
        : line.split(separator.length === 1 ? separator : new RegExp(separator));
    this.count += 1;
    variables.set("NR", this.count);
    variables.set("NF", fields.length);
    this.scope.fields = [line, ...fields];
    return first + this.run((when) => when !== "begin" && when !== "end" && this.isMet(when));
  }

  protected override end(): string {
    return this.begin() + this.run((when) => when === "end");
  }

  private begin(): string {
    if (this.begun) return "";
    this.begun = true;
    return this.run((when) => when === "begin");
  }

  private isMet(when: Expression | undefined): boolean {
    if (when === undefined) return true;
    const value = when(this.scope);
    return typeof value === "number" ? value !== 0 : value !== "";
  }

  private run(isWanted: (when: Rule["when"]) => boolean): string {
    return this.rules
      .filter(({ when }) => isWanted(when))
      .map(({ run }) => run(this.scope))
      .join("");
  }
}

export const awk: Tool = (args, environment) => {
  const { values, words, unknown } = optionsOf(args, "", "Fv");
  if (unknown !== undefined) return failing(`awk: not an option: -${unknown}`, 2);
  const [program, ...paths] = words;
  if (program === undefined) return failing("usage: awk [-F fs][-v var=value][prog] [file ...]", 2);
  const variables = new Map<string, string | number>();
  const separator = values.get("F");
  if (separator !== undefined)
    variables.set("FS", separator === "\\t" || separator === "t" ? "\t" : separator);
  const [name, value] = values.get("v")?.split(/=(.*)/s) ?? [];
  if (name !== undefined && value !== undefined) variables.set(name, value);
  try {
    const stage = new Awk(new ProgramReader(tokensOf(program)).rules(), variables);
    return paths.length === 0
      ? stage
      : ignoringInput(() => fromFiles("awk", paths, environment, stage));
  } catch (error) {
    if (error instanceof AwkError || error instanceof SyntaxError)
      return failing(`awk: ${error.message}`, 2);
    throw error;
  }
};
