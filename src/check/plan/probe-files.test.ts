import { expect, it } from "vitest";
import { probeFiles } from "./probe-files.ts";

const probe = (...command: string[]) => ({ readinessProbe: { exec: { command } } });

it.each([
  ["cat", probe("cat", "/tmp/healthy"), ["/tmp/healthy"]],
  ["a script that tests", probe("sh", "-c", "test -f /tmp/ready"), ["/tmp/ready"]],
  ["a bracket", probe("/bin/sh", "-c", "[ -e /run/up ] || exit 1"), ["/run/up"]],
  ["another program", probe("/app/healthcheck", "/etc/app.yaml"), []],
  ["a file that must not be there", probe("sh", "-c", "test ! -f /tmp/draining"), []],
  ["a file that is bad news", probe("sh", "-c", "test -f /tmp/draining && exit 1; exit 0"), []],
  [
    "a file that the command makes",
    { ...probe("cat", "/tmp/healthy"), args: ["/bin/sh", "-c", "touch /tmp/healthy; sleep 600"] },
    [],
  ],
  [
    "a file that the preStop hook takes away",
    {
      ...probe("cat", "/tmp/ready"),
      lifecycle: { preStop: { exec: { command: ["rm", "/tmp/ready"] } } },
    },
    ["/tmp/ready"],
  ],
  [
    "two probes of one file",
    { ...probe("cat", "/tmp/a"), livenessProbe: { exec: { command: ["ls", "/tmp/a"] } } },
    ["/tmp/a"],
  ],
  ["no exec probe", { readinessProbe: { httpGet: { port: 80 } } }, []],
])("%s", (_, container, files) => expect(probeFiles(container)).toEqual(files));
