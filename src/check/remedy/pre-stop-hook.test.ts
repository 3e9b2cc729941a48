import { expect, it } from "vitest";
import { hookSleeping } from "./pre-stop-hook.ts";

const exec = (...command: string[]) => ({ exec: { command } });
const SLEEP = { sleep: { seconds: 5 } };

it.each([
  ["none", undefined, true, SLEEP],
  ["sleep", exec("sleep", "2"), true, exec("sleep", "5")],
  ["a script that sleeps", exec("sh", "-c", "sleep 2s; x"), true, exec("sh", "-c", "sleep 5; x")],
  [
    "a script that does something else",
    exec("/bin/bash", "-ec", "if [ -f a ]; then b; fi"),
    true,
    exec("/bin/bash", "-ec", "sleep 5 && if [ -f a ]; then b; fi"),
  ],
  [
    "a program",
    exec("/wait", "--for", "it's done"),
    true,
    exec("sh", "-c", "sleep 5 && exec /wait --for 'it'\\''s done'"),
  ],
  ["a program in an image without a shell", exec("/wait"), false, SLEEP],
  ["a request", { httpGet: { port: 80 } }, true, SLEEP],
])("a hook that is %s", (_, hook, shell, expected) => {
  expect(hookSleeping(hook, 5, shell)).toEqual(expected);
});
