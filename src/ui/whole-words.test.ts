import { describe, expect, it } from "vitest";
import { wholeWords, withParticles } from "./whole-words.ts";

describe("a code in running text", () => {
  it.each([
    ["db-2", "[db-2]"],
    ["kubectl drain node-2 --timeout=60s", "kubectl drain [node-2] [--timeout=60s]"],
    ["web-7fbfb755c6-2khx5", "[web-7fbfb755c6-2khx5]"],
    ["deployment/web", "[deployment/web]"],
    ["checkout:2.4", "checkout:2.4"],
    ["kubectl rollout status", "kubectl rollout status"],
    ["terminationGracePeriodSeconds", "terminationGracePeriodSeconds"],
    [
      "pkg/controller/deployment/rolling.go reconcile-old",
      "pkg/controller/deployment/rolling.go [reconcile-old]",
    ],
  ])("%s: no line ends within brackets of %s", (code, marked) => {
    const parts = wholeWords(code);
    expect(parts.map(({ text, whole }) => (whole ? `[${text}]` : text)).join("")).toBe(marked);
  });
});

it.each([
  ["26건(0.4%)이 실패", "26건(0.4%)\u2060이 실패"],
  ["25%는 내림", "25%\u2060는 내림"],
  ["파드(3개) 하나", "파드(3개) 하나"],
  ["1 pod (0.4%) failed", "1 pod (0.4%) failed"],
])("%s keeps the particle beside what it belongs to", (text, set) => {
  expect(withParticles(text)).toBe(set);
});
