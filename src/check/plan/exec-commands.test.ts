import { expect, it } from "vitest";
import { hookCommands, probeCommands, probeFiles } from "./exec-commands.ts";

const probe = (...command: string[]) => ({ readinessProbe: { exec: { command } } });

it.each([
  ["cat", probe("cat", "/run/healthy"), ["/run/healthy"]],
  ["a script that tests", probe("sh", "-c", "test -f /run/ready"), ["/run/ready"]],
  ["a bracket", probe("/bin/sh", "-c", "[ -e /run/up ] || exit 1"), ["/run/up"]],
  ["another program", probe("/app/healthcheck", "/etc/app.yaml"), []],
  ["a file that must not be there", probe("sh", "-c", "test ! -f /run/draining"), []],
  ["a file that is bad news", probe("sh", "-c", "test -f /run/draining && exit 1; exit 0"), []],
  [
    "a file that the command makes",
    { ...probe("cat", "/run/healthy"), args: ["/bin/sh", "-c", "touch /run/healthy; sleep 600"] },
    [],
  ],
  [
    "a file that the preStop hook takes away",
    {
      ...probe("cat", "/run/ready"),
      lifecycle: { preStop: { exec: { command: ["rm", "/run/ready"] } } },
    },
    ["/run/ready"],
  ],
  [
    "two probes of one file",
    { ...probe("cat", "/run/a"), livenessProbe: { exec: { command: ["ls", "/run/a"] } } },
    ["/run/a"],
  ],
  ["a script with branches", probe("sh", "-c", "if [ -f /run/a ]; then\nexit 1\nfi"), []],
  ["no exec probe", { readinessProbe: { httpGet: { port: 80 } } }, []],
])("%s", (_, container, files) => expect(probeFiles(container)).toEqual(files));

it.each([
  [["/usr/bin/pg_isready", "-U", "app"], ["pg_isready"]],
  [["sh", "-c", "exec pg_isready -U app && cat /run/a"], ["pg_isready"]],
  [["bash", "-c", "if curl -f localhost; then exit 0; fi"], ["sh -c …"]],
  [["sh", "-c", "exec pg_isready\n/opt/other"], ["pg_isready"]],
  [["cat", "/run/a"], []],
])("%j runs what is not simulated: %j", (command, programs) =>
  expect(probeCommands(probe(...command))).toEqual(programs),
);

it.each([
  [["sh", "-c", "sleep 5 && /app/drain.sh"], ["drain.sh"]],
  [["sleep", "10"], []],
  [["kong", "quit", "--wait=15"], []],
])("a hook %j runs what is not simulated: %j", (command, programs) =>
  expect(hookCommands({ lifecycle: { preStop: { exec: { command } } } })).toEqual(programs),
);
