import { describe, expect, it } from "vitest";
import { NEW_SHELL, runLine, type ShellState, type ShellWorld } from "./index.ts";

/** A terminal without a cluster: files, and a clock that goes on when a line waits. */
class Terminal {
  now = 0;
  state: ShellState = NEW_SHELL;
  private readonly files: Readonly<Record<string, string>>;

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.files = files;
  }

  type(line: string): { out: string; code: number; ms: number } {
    const began = this.now;
    const { program, state } = runLine(line, this.world(), this.state);
    let out = "";
    for (let i = 0; i < 200_000; i += 1) {
      const { done, value } = program.next();
      if (done === true) {
        this.state = { ...state(), status: value };
        return { out, code: value, ms: this.now - began };
      }
      if ("stdout" in value) out += value.stdout;
      else if ("stderr" in value) out += value.stderr;
      else if ("waitMs" in value) this.now += value.waitMs;
    }
    throw new Error(`${line} does not end`);
  }

  private world(): ShellWorld {
    return {
      api: {
        handle: () => ({
          status: 404,
          body: { kind: "Status", message: "not here" },
          warnings: [],
        }),
      },
      now: () => this.now,
      read: (path) => (path === "." ? { names: Object.keys(this.files) } : this.files[path]),
      hasEditor: false,
      request: ({ host }) =>
        host === "web"
          ? { status: 200, afterMs: 20, body: "hello\n", stands: () => true }
          : { error: "unknown-host", afterMs: 0 },
    };
  }
}

const table = "NAME STATUS AGE\nweb-1 Running 5\nweb-2 Pending 3\nweb-3 Running 9\n";
const files = {
  "pods.txt": table,
  "a.yaml": "kind: Pod\n",
  "o.json": '{"items":[{"n":"a","v":1},{"n":"b","v":2}]}',
};

describe("a line prints what bash would print", () => {
  it.each([
    ["echo a  'b  c' \"d\"", "a b  c d\n"],
    ["X=5; echo $X ${X}s '$X' \"$X\"", "5 5s $X 5\n"],
    ["echo $(echo in; echo side)", "in side\n"],
    ["echo $((2 + 3 * 4))", "14\n"],
    ["true && echo yes || echo no", "yes\n"],
    ["false && echo yes || echo no", "no\n"],
    ["! false; echo $?", "0\n"],
    ["for i in 1 2 3; do echo n$i; done", "n1\nn2\nn3\n"],
    ["i=0; while [ $i -lt 3 ]; do i=$((i+1)); echo $i; done", "1\n2\n3\n"],
    ["if test -f a.yaml; then echo there; else echo gone; fi", "there\n"],
    ["grep Running pods.txt | wc -l", "2\n"],
    ["grep -v NAME pods.txt | sort -k3 -n | head -1", "web-2 Pending 3\n"],
    ["cat pods.txt | tail -n +2 | cut -d' ' -f1", "web-1\nweb-2\nweb-3\n"],
    ["awk '$2==\"Running\" {print $1, $3*2}' pods.txt", "web-1 10\nweb-3 18\n"],
    ["awk 'NR>1 {s+=$3} END {print s}' pods.txt", "17\n"],
    ["jq -r '.items[].n' o.json", "a\nb\n"],
    ["jq -c '[.items[] | select(.v > 1) | {n, w: (.v * 10)}]' o.json", '[{"n":"b","w":20}]\n'],
    ["jq '.items | length' o.json", "2\n"],
    ["cat pods.txt | while read name rest; do echo $name; done | head -2", "NAME\nweb-1\n"],
    ["echo one > f; echo two >> f; cat f", "one\ntwo\n"],
    ["ls *.yaml", "a.yaml\n"],
    ["nope", "bash: nope: command not found\n"],
    ["cat nope", "cat: nope: No such file or directory\n"],
    ["nope 2> /dev/null; echo $?", "127\n"],
    ["vi a.yaml", "bash: vi: use the editor of the page\n"],
    ["echo (", "bash: syntax error near unexpected token `('\n"],
    ["for i in 1; do echo", "bash: syntax error: unexpected end of file\n"],
    ["echo 'a", "bash: unexpected EOF while looking for matching `''\n"],
    ["sleep 5 &", "bash: commands in the background (&) are not simulated\n"],
    ["curl -s web", "hello\n"],
    ["curl -s -o /dev/null -w '%{http_code} %{time_total}\\n' http://web/", "200 0.020000\n"],
    ["curl http://gone", "curl: (6) Could not resolve host: gone\n"],
  ])("%s", (line, out) => {
    expect(new Terminal(files).type(line).out).toBe(out);
  });

  it("lets virtual time pass", () => {
    expect(new Terminal().type("for i in 1 2 3; do date +%S; sleep 1.5; done")).toEqual({
      out: "00\n01\n03\n",
      code: 0,
      ms: 4500,
    });
  });

  it("remembers variables, status, files and history from line to line", () => {
    const terminal = new Terminal();
    terminal.type("A=1");
    terminal.type("echo $A > kept");
    terminal.type("false");
    expect(terminal.type("echo $?").out).toBe("1\n");
    expect(terminal.type("cat kept").out).toBe("1\n");
    expect(terminal.type("history | tail -2").out).toBe("    4  echo $?\n    5  cat kept\n");
  });

  it("ends a command that nobody reads any more, and a loop without end", () => {
    const terminal = new Terminal();
    expect(terminal.type("while true; do echo y; sleep 1; done | head -2").out).toBe("y\ny\n");
    expect(terminal.type("while true; do :; done")).toMatchObject({
      out: "bash: the loop was stopped after 10000 rounds\n",
      code: 1,
    });
    expect(terminal.type("watch -n 1 date | head -3").ms).toBeLessThan(3000);
  });
});
