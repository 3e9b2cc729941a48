import { expect, it } from "vitest";
import { waitsMs } from "./shell-sleepers.ts";

it.each<[string[], number | undefined]>([
  [["python3", "-c", "import time; time.sleep(10)"], 10_000],
  [["/usr/bin/python3.12", "-c", "from time import sleep;sleep(2.5)"], 2500],
  [["perl", "-e", "sleep 15"], 15_000],
  [["ruby", "-e", "sleep(5)"], 5000],
  [["node", "-e", "setTimeout(() => {}, 8000)"], 8000],
  [["kong", "quit", "--wait=15"], 15_000],
  [["kong", "quit", "-w", "10"], 10_000],
  [["kong", "quit"], undefined],
  [["python", "-c", "while True: work(); time.sleep(5)"], undefined],
  [["sleep", "5"], undefined],
  [[], undefined],
])("%j waits %s ms", (words, ms) => expect(waitsMs(words)).toBe(ms));
