import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseYaml } from "./parser.ts";
import { valueOf } from "./resolve.ts";
import { YamlSyntaxError } from "./tokens.ts";

function read(text: string): unknown {
  const node = parseYaml(text);
  return node === undefined ? null : valueOf(node);
}

function refusal(text: string): { message: string; line: number; column: number } {
  try {
    read(text);
  } catch (error) {
    if (!(error instanceof YamlSyntaxError)) throw error;
    const { line, column } = error.mark;
    return { message: error.message, line: line + 1, column: column + 1 };
  }
  throw new Error(`accepted: ${text}`);
}

describe("a scalar becomes what go-yaml 2 makes of it", () => {
  it.each([
    ["3", 3],
    ["2.5", 2.5],
    ["2.0", 2],
    ["1e3", 1000],
    ["0755", 493],
    ["0x1F", 31],
    ["1_000", 1000],
    ["-1", -1],
    ["9223372036854775807", 9223372036854775807n],
    ["y", true],
    ["No", false],
    ["on", true],
    ["~", null],
    ["", null],
    ["1:30", "1:30"],
    ["2026-01-01", "2026-01-01"],
    ["1.25.3", "1.25.3"],
    ["25%", "25%"],
    ["128Mi", "128Mi"],
    ['"3"', "3"],
    ["'yes'", "yes"],
    ["!!str 5", "5"],
    ["!version 5", "5"],
    ["! 5", "5"],
    ["!!int '5'", 5],
    ["!!float 5", 5],
    ["!!timestamp 2026-01-01", "2026-01-01"],
    ["1e400", "1e400"],
    ["_1", "_1"],
    ["._5", "._5"],
    ['"a\\tb\\u00e9"', "a\tbé"],
  ])("%s", (text, value) => {
    expect(read(`v: ${text}\n`)).toEqual({ v: value });
  });
});

describe("collections and block scalars read as in the yaml package", () => {
  it.each([
    "a:\n- 1\n- b: 2\n  c: [3, {d: e}, f: g]\n",
    "a: |\n  one\n   two\n\n  three\nb: >-\n  folded\n  line\n\n  next\n",
    "a: |+\n  keep\n\n\nb: |2\n   indented\n",
    "? complex\n: value\nlist: [a, b, ]\nempty: {}\n",
    "base: &base {x: 1, y: 2}\nother:\n  <<: *base\n  y: 3\n",
    'text: one\n  two\n\n  three\nquoted: "a\n  b"\n',
    "# only a comment at first\na: b # and one behind\n",
    "%YAML 1.1\n---\na: b\n...\n",
    "a: 'it''s'\nb: \"\\\n  joined\"\nc: -x\nd: a:b\ne: http://x/#y\n",
  ])("%j", (text) => {
    expect(read(text)).toEqual(parse(text, { version: "1.1", merge: true }));
  });
});

describe("what is refused is worded as kubectl words it", () => {
  it.each([
    ["a: b: c\n", "yaml: mapping values are not allowed in this context", 1, 5],
    ["x: y\na: b: c\n", "yaml: line 2: mapping values are not allowed in this context", 2, 5],
    ["a:\n\tb: 1\n", "yaml: line 2: found character that cannot start any token", 2, 1],
    ["a: 1\n b: 2\n", "yaml: line 2: mapping values are not allowed in this context", 2, 3],
    ["a:\n  b: 1\n c: 2\n", "yaml: line 2: did not find expected key", 3, 2],
    ["a: [1, 2\nb: 3\n", "yaml: line 1: did not find expected ',' or ']'", 2, 2],
    ["a: {x: 1\n", "yaml: line 1: did not find expected ',' or '}'", 2, 1],
    ["- a\nb: c\n", "yaml: line 1: did not find expected '-' indicator", 2, 1],
    ["a: 'b\n", "yaml: line 2: found unexpected end of stream", 2, 1],
    ["a: @b\n", "yaml: found character that cannot start any token", 1, 4],
    ['a: "\\q"\n', "yaml: found unknown escape character", 1, 5],
    ["a: *b\n", "yaml: unknown anchor 'b' referenced", 1, 4],
    ["a: &a\n  b: *a\n", "yaml: anchor 'a' value contains itself", 2, 6],
    ["a: b\nc\nd: e\n", "yaml: line 3: could not find expected ':'", 3, 1],
    [
      "a: {{ .Values.tag }}\n",
      'yaml: invalid map key: map[interface {}]interface {}{".Values.tag":interface {}(nil)}',
      1,
      5,
    ],
    ["? [a, 1]\n: b\n", 'yaml: invalid map key: []interface {}{"a", 1}', 1, 3],
    [
      "~: [a]\n",
      'unsupported map key of type: %!s(<nil>), key: <nil>, value: []interface {}{"a"}',
      1,
      1,
    ],
    ["a: !!int one\n", "yaml: cannot decode !!str `one` as a !!int", 1, 10],
    ["a: !!int 1.0\n", "yaml: cannot decode !!float `1.0` as a !!int", 1, 10],
    ["a: .NaN\n", "json: unsupported value: NaN", 1, 4],
    ["a: -.inf\n", "json: unsupported value: -Inf", 1, 4],
    ["a: \x01\n", "yaml: control characters are not allowed", 1, 4],
  ])("%j", (text, message, line, column) => {
    const got = refusal(text);
    expect(got).toEqual({ message, line, column });
  });

  it("refuses aliases that multiply", () => {
    const names = "abcdefghij".split("");
    const lines = names.map((name, i) => {
      const items =
        i === 0
          ? "x,x,x,x,x,x,x,x"
          : Array(8)
              .fill(`*${names[i - 1]}`)
              .join();
      return `${name}: &${name} [${items}]\n`;
    });
    expect(refusal(lines.join("")).message).toBe("yaml: document contains excessive aliasing");
  });

  it("refuses deep nesting before it can hurt", () => {
    expect(refusal("[".repeat(100_000)).message).toBe("yaml: nested deeper than 100 levels");
  });
});
