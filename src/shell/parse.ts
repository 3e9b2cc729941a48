/* A line of the shell as a tree: the part of bash's grammar that people type (bash's parse.y, in small). */

/** A word, in pieces that are put together when it is expanded. */
export type Word = readonly Piece[];

export type Piece =
  | { readonly kind: "text"; readonly text: string; readonly quoted: boolean }
  | { readonly kind: "variable"; readonly name: string; readonly quoted: boolean }
  | { readonly kind: "command"; readonly list: List; readonly quoted: boolean }
  | { readonly kind: "arithmetic"; readonly text: string; readonly quoted: boolean };

export interface Redirection {
  readonly stream: 0 | 1 | 2;
  readonly mode: "write" | "append" | "read" | "both";
  readonly target: Word;
}

export type Command =
  | {
      readonly kind: "simple";
      readonly assignments: readonly { readonly name: string; readonly value: Word }[];
      readonly words: readonly Word[];
      readonly redirections: readonly Redirection[];
    }
  | {
      readonly kind: "for";
      readonly name: string;
      readonly words: readonly Word[];
      readonly body: List;
    }
  | {
      readonly kind: "while";
      readonly until: boolean;
      readonly condition: List;
      readonly body: List;
    }
  | {
      readonly kind: "if";
      readonly arms: readonly { readonly condition: List; readonly body: List }[];
      readonly otherwise?: List;
    }
  | { readonly kind: "group"; readonly body: List };

/** Commands that hand what they print to the next one. `negated`: `! command`. */
export interface Pipeline {
  readonly commands: readonly Command[];
  readonly negated: boolean;
}

/** Pipelines one after another: always (`;`), after success (`&&`) or after failure (`||`). */
export type List = readonly {
  readonly pipeline: Pipeline;
  readonly when: "always" | "success" | "failure";
}[];

/** A line that is no command; the message is bash's. */
export class ShellSyntaxError extends Error {}

/** Commands within commands, at most. */
const DEPTH_MAX = 32;

const RESERVED = new Set(["do", "done", "then", "else", "elif", "fi", "}", ")", "esac"]);

/** Reads a line. */
export function parseLine(line: string): List {
  const parser = new Parser(line);
  const list = parser.list();
  parser.end();
  return list;
}

class Parser {
  private readonly line: string;
  private at = 0;
  private depth = 0;

  constructor(line: string, at = 0, depth = 0) {
    this.line = line;
    this.at = at;
    this.depth = depth;
  }

  get position(): number {
    return this.at;
  }

  end(): void {
    this.blanks();
    if (this.at < this.line.length) throw unexpected(this.token());
  }

  list(): List {
    if ((this.depth += 1) > DEPTH_MAX) throw new ShellSyntaxError("commands are nested too deeply");
    const entries: List[number][] = [];
    let when: List[number]["when"] = "always";
    for (;;) {
      this.blanks(true);
      if (this.at >= this.line.length || this.isClosing()) break;
      const pipeline = this.pipeline();
      entries.push({ pipeline, when });
      this.blanks();
      if (this.take("&&")) when = "success";
      else if (this.take("||")) when = "failure";
      else if (this.take(";") || this.take("\n")) {
        if (this.peek(";")) throw unexpected(";;");
        when = "always";
        continue;
      } else if (this.peek("&")) {
        throw new ShellSyntaxError("commands in the background (&) are not simulated");
      } else break;
      this.blanks(true);
      if (this.at >= this.line.length)
        throw new ShellSyntaxError("syntax error: unexpected end of file");
    }
    this.depth -= 1;
    return entries;
  }

  private pipeline(): Pipeline {
    let negated = false;
    while (this.word("!")) negated = !negated;
    const commands = [this.command()];
    for (;;) {
      this.blanks();
      if (this.peek("||") || !this.take("|")) return { commands, negated };
      this.blanks(true);
      if (this.at >= this.line.length)
        throw new ShellSyntaxError("syntax error: unexpected end of file");
      commands.push(this.command());
    }
  }

  private command(): Command {
    this.blanks();
    if (this.take("(")) {
      const body = this.list();
      if (!this.take(")")) throw unexpected(this.token());
      return { kind: "group", body };
    }
    if (this.word("{")) {
      const body = this.list();
      this.expect("}");
      return { kind: "group", body };
    }
    if (this.word("for")) return this.forLoop();
    if (this.word("while")) return this.whileLoop(false);
    if (this.word("until")) return this.whileLoop(true);
    if (this.word("if")) return this.ifCommand();
    return this.simple();
  }

  private forLoop(): Command {
    this.blanks();
    const name = /^[A-Za-z_]\w*/.exec(this.line.slice(this.at))?.[0];
    if (name === undefined)
      throw new ShellSyntaxError(`syntax error near unexpected token \`${this.token()}'`);
    this.at += name.length;
    const words: Word[] = [];
    if (this.word("in")) {
      for (;;) {
        this.blanks();
        const found = this.wordHere();
        if (found === undefined) break;
        words.push(found);
      }
    }
    this.separator();
    const body = this.block("do", "done");
    return { kind: "for", name, words, body };
  }

  private whileLoop(until: boolean): Command {
    const condition = this.list();
    const body = this.block("do", "done");
    return { kind: "while", until, condition, body };
  }

  private ifCommand(): Command {
    const arms: { condition: List; body: List }[] = [];
    do {
      const condition = this.list();
      this.expect("then");
      arms.push({ condition, body: this.list() });
    } while (this.word("elif"));
    const otherwise = this.word("else") ? this.list() : undefined;
    this.expect("fi");
    return { kind: "if", arms, ...(otherwise === undefined ? {} : { otherwise }) };
  }

  private block(open: string, close: string): List {
    this.blanks(true);
    this.expect(open);
    const body = this.list();
    this.expect(close);
    return body;
  }

  private simple(): Command {
    const assignments: { name: string; value: Word }[] = [];
    const words: Word[] = [];
    const redirections: Redirection[] = [];
    for (;;) {
      this.blanks();
      const redirection = this.redirection();
      if (redirection !== undefined) {
        redirections.push(redirection);
        continue;
      }
      const assigned =
        words.length === 0 ? /^([A-Za-z_]\w*)=/.exec(this.line.slice(this.at)) : null;
      if (assigned !== null) {
        this.at += assigned[0].length;
        assignments.push({ name: assigned[1]!, value: this.wordHere() ?? [] });
        continue;
      }
      const word = this.wordHere();
      if (word === undefined) break;
      words.push(word);
    }
    if (words.length + assignments.length + redirections.length === 0)
      throw unexpected(this.token());
    return { kind: "simple", assignments, words, redirections };
  }

  private redirection(): Redirection | undefined {
    const match = /^(\d?)(>>|>&|<<<|<<|>|<)|^(&>)/.exec(this.line.slice(this.at));
    if (match === null) return undefined;
    const [whole, number, operator, both] = match;
    if (operator === "<<" || operator === "<<<") {
      throw new ShellSyntaxError("here-documents are not simulated");
    }
    this.at += whole.length;
    this.blanks();
    const target = this.wordHere();
    if (target === undefined) throw unexpected(this.token());
    const stream = (
      number === "" || number === undefined ? (operator === "<" ? 0 : 1) : Number(number)
    ) as 0 | 1 | 2;
    if (both !== undefined) return { stream: 1, mode: "both", target };
    if (operator === ">&") return { stream, mode: "both", target };
    return {
      stream,
      mode: operator === ">>" ? "append" : operator === "<" ? "read" : "write",
      target,
    };
  }

  /** The word that begins here; undefined where none does. */
  private wordHere(): Word | undefined {
    const pieces: Piece[] = [];
    for (;;) {
      const c = this.line[this.at];
      if (c === undefined || /[\s;|&()<>]/.test(c)) break;
      if (c === "#" && pieces.length === 0) break;
      pieces.push(...this.pieces(c));
    }
    return pieces.length === 0 ? undefined : pieces;
  }

  private pieces(c: string): Piece[] {
    if (c === "'") return [this.singleQuoted()];
    if (c === '"') return this.doubleQuoted();
    if (c === "$" || c === "`") return [this.dollar(false)];
    if (c === "\\") {
      this.at += 2;
      return [{ kind: "text", text: this.line[this.at - 1] ?? "", quoted: true }];
    }
    const text = /^[^\s;|&()<>'"$`\\]+/.exec(this.line.slice(this.at))![0];
    this.at += text.length;
    return [{ kind: "text", text, quoted: false }];
  }

  private singleQuoted(): Piece {
    const end = this.line.indexOf("'", this.at + 1);
    if (end < 0) throw unclosed("'");
    const text = this.line.slice(this.at + 1, end);
    this.at = end + 1;
    return { kind: "text", text, quoted: true };
  }

  private doubleQuoted(): Piece[] {
    this.at += 1;
    const pieces: Piece[] = [{ kind: "text", text: "", quoted: true }];
    for (;;) {
      const c = this.line[this.at];
      if (c === undefined) throw unclosed('"');
      if (c === '"') {
        this.at += 1;
        return pieces;
      }
      if (c === "$" || c === "`") {
        pieces.push(this.dollar(true));
        continue;
      }
      const next = this.line[this.at + 1] ?? "";
      const escapes = c === "\\" && /["\\$`]/.test(next);
      pieces.push({ kind: "text", text: escapes ? next : c, quoted: true });
      this.at += escapes ? 2 : 1;
    }
  }

  /** `$name`, `${name}`, `$(command)`, `$((1 + 2))` or a dollar sign. */
  private dollar(quoted: boolean): Piece {
    const rest = this.line.slice(this.at);
    if (rest.startsWith("`")) {
      const end = this.line.indexOf("`", this.at + 1);
      if (end < 0) throw unclosed("`");
      const list = parseLine(this.line.slice(this.at + 1, end));
      this.at = end + 1;
      return { kind: "command", list, quoted };
    }
    if (rest.startsWith("$((")) {
      const end = rest.indexOf("))");
      if (end < 0) throw unclosed("(");
      this.at += end + 2;
      return { kind: "arithmetic", text: rest.slice(3, end), quoted };
    }
    if (rest.startsWith("$(")) {
      const inner = new Parser(this.line, this.at + 2, this.depth);
      const list = inner.list();
      this.at = inner.position;
      this.blanks(true);
      if (!this.take(")")) throw unclosed("(");
      return { kind: "command", list, quoted };
    }
    const braced = /^\$\{([A-Za-z_]\w*|[?#@*0-9])\}/.exec(rest);
    const plain = /^\$([A-Za-z_]\w*|[?#@*0-9$])/.exec(rest);
    const match = braced ?? plain;
    if (match === null) {
      if (rest.startsWith("${"))
        throw new ShellSyntaxError(`${/^\$\{[^}]*\}?/.exec(rest)![0]}: bad substitution`);
      this.at += 1;
      return { kind: "text", text: "$", quoted };
    }
    this.at += match[0].length;
    return { kind: "variable", name: match[1]!, quoted };
  }

  private blanks(newlines = false): void {
    const pattern = newlines ? /^(?:[\s]|\\\n|#[^\n]*)*/ : /^(?:[ \t\r]|\\\n)*/;
    this.at += pattern.exec(this.line.slice(this.at))![0].length;
    if (!newlines && this.line[this.at] === "#") {
      const end = this.line.indexOf("\n", this.at);
      this.at = end < 0 ? this.line.length : end;
    }
  }

  private separator(): void {
    this.blanks();
    if (!this.take(";")) this.take("\n");
  }

  private take(text: string): boolean {
    if (!this.peek(text)) return false;
    this.at += text.length;
    return true;
  }

  private peek(text: string): boolean {
    return this.line.startsWith(text, this.at);
  }

  /** Takes a reserved word, which is one only where a command may begin. */
  private word(text: string): boolean {
    this.blanks(true);
    if (!this.peek(text)) return false;
    const after = this.line[this.at + text.length];
    if (after !== undefined && !/[\s;|&()]/.test(after)) return false;
    this.at += text.length;
    return true;
  }

  private expect(text: string): void {
    if (this.word(text)) return;
    if (this.at >= this.line.length)
      throw new ShellSyntaxError("syntax error: unexpected end of file");
    throw unexpected(this.token());
  }

  private isClosing(): boolean {
    const word = /^[^\s;|&()]+|^\)/.exec(this.line.slice(this.at))?.[0] ?? "";
    return RESERVED.has(word);
  }

  private token(): string {
    return /^(\|\||&&|;;|[;|&()<>]|[^\s;|&()<>]+)/.exec(this.line.slice(this.at))?.[0] ?? "newline";
  }
}

function unexpected(token: string): ShellSyntaxError {
  return new ShellSyntaxError(`syntax error near unexpected token \`${token}'`);
}

function unclosed(quote: string): ShellSyntaxError {
  return new ShellSyntaxError(
    `unexpected EOF while looking for matching \`${quote === "(" ? ")" : quote}'`,
  );
}
