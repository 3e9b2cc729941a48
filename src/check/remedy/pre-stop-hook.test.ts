import { describe, expect, it } from "vitest";
import { hookSleeping } from "./pre-stop-hook.ts";

const exec = (...command: string[]) => ({ exec: { command } });
const SLEEP = { sleep: { seconds: 5 } };

it.each([
  ["none", undefined, true, { hook: SLEEP }],
  ["sleep", exec("sleep", "2"), true, { hook: exec("sleep", "5") }],
  [
    "a script that sleeps",
    exec("sh", "-c", "sleep 2s; x"),
    true,
    { hook: exec("sh", "-c", "sleep 5; x") },
  ],
  [
    "a script that does something else",
    exec("/bin/bash", "-ec", "if [ -f a ]; then b; fi"),
    true,
    { hook: exec("/bin/bash", "-ec", "sleep 5 && if [ -f a ]; then b; fi") },
  ],
  [
    "a program",
    exec("/wait", "--for", "it's done"),
    true,
    { hook: exec("sh", "-c", "sleep 5 && exec /wait --for 'it'\\''s done'") },
  ],
  ["a program in an image without a shell", exec("/wait"), false, { hook: SLEEP, loses: "/wait" }],
  ["a script in an image without a shell", exec("sh", "-c", "a"), false, { hook: SLEEP }],
])("a hook that is %s", (_, preStop, shell, expected) => {
  expect(hookSleeping({ lifecycle: { preStop } }, 5, shell)).toEqual(expected);
});

describe("a hook that sends a request", () => {
  const ports = [{ name: "admin", containerPort: 8081 }];
  const sleeping = (httpGet: object, shell = true) =>
    hookSleeping({ ports, lifecycle: { preStop: { httpGet } } }, 5, shell);

  it.each([
    [{ port: 80 }, "wget -q -O- http://127.0.0.1:80/", "GET /"],
    [{ port: "admin", path: "/drain" }, "wget -q -O- http://127.0.0.1:8081/drain", "GET /drain"],
    [
      {
        port: 8443,
        path: "/drain?now=1&a=b",
        scheme: "HTTPS",
        httpHeaders: [{ name: "X-Key", value: "a b" }],
      },
      "wget -q -O- --no-check-certificate --header 'X-Key: a b' 'https://127.0.0.1:8443/drain?now=1&a=b'",
      "GET /drain?now=1&a=b",
    ],
  ])("%j is sent by wget after the sleep", (httpGet, script, sends) => {
    expect(sleeping(httpGet)).toEqual({ hook: exec("sh", "-c", `sleep 5 && ${script}`), sends });
  });

  it("is lost without a shell, and that is said", () => {
    const httpGet = { port: 8081, path: "/drain" };
    expect(sleeping(httpGet, false)).toEqual({ hook: SLEEP, loses: "GET /drain" });
  });

  it("to a port that no container names fails as it is, and is not missed", () => {
    expect(sleeping({ port: "web" })).toEqual({ hook: SLEEP });
  });
});
