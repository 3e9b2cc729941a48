/*
 * What the simulator costs, as wall time and as a ratio to a bare loop that only pushes and pops the same number of events on the same
 * queue, in the same process: the ratio means the same on every machine. Then how the cost of a pod grows with their number, how many requests
 * a second are simulated, and, where @ngrok/webernetes is installed, the same rollouts and requests in it by CPU time (`--without-peer`
 * leaves them out). Run with `npm run bench`.
 */
import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { simulate } from "../../src/scenario/index.ts";
import { EventQueue } from "../../src/simulator/kernel/event-queue.ts";
import { loadPeer, type Peer } from "./peer.ts";
import { incident, rollout, steadyTraffic } from "./scenarios.ts";

interface Row {
  readonly name: string;
  readonly ms: number;
  readonly cpuMs: number;
  readonly events: number;
}

/** Wall time of pushing and popping `count` events, a thousand of them waiting at any time, as in a busy cluster. */
function bareLoop(count: number): number {
  const queue = new EventQueue();
  const waiting = Math.min(1000, count);
  const started = performance.now();
  let seq = 0;
  for (; seq < waiting; seq += 1) push(queue, (seq * 7919) % 1000, seq);
  for (let handled = 0; handled < count; handled += 1) {
    const event = queue.pop()!;
    if (seq < count) {
      push(queue, event.at + ((seq * 7919) % 1000), seq);
      seq += 1;
    }
  }
  return performance.now() - started;
}

function push(queue: EventQueue, at: number, seq: number): void {
  queue.push({ at, seq, actor: "bench", type: "event", data: undefined });
}

function measure(name: string, run: () => number): Row {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const events = run();
  const ms = performance.now() - started;
  return { name, ms, cpuMs: cpuMsSince(cpu), events };
}

function cpuMsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** The best of several rollouts of that many replicas. */
function rollOut(replicas: number, times: number): Row {
  const scenario = rollout(replicas);
  const name = `a rollout of ${replicas.toString().replace(/(?=...$)/, replicas > 999 ? "," : "")} replicas`;
  return best(times, () => measure(name, () => simulate(scenario).summary.events));
}

/** A rollout of 10,000 replicas, and the CPU time of as many pods a hundred at a time, taken by turns: of each the least of three. */
function rollOutMany(): { readonly large: Row; readonly cpuMsOfAsMany: number } {
  const small = rollout(100);
  const asMany = () => {
    const cpu = process.cpuUsage();
    // All of them, and not the least: clearing up behind a run is a part of what it costs.
    for (let i = 0; i < 100; i += 1) simulate(small);
    return cpuMsSince(cpu);
  };
  const rounds = Array.from({ length: 3 }, () => ({ large: rollOut(10_000, 1), few: asMany() }));
  return {
    large: rounds.map(({ large }) => large).reduce((a, b) => (b.cpuMs < a.cpuMs ? b : a)),
    cpuMsOfAsMany: Math.min(...rounds.map(({ few }) => few)),
  };
}

/** The least of several runs of the same thing: what is left when nothing disturbs it. */
function best(times: number, run: () => Row): Row {
  return Array.from({ length: times }, run).reduce((a, b) => (b.cpuMs < a.cpuMs ? b : a));
}

function printRows(rows: readonly Row[]): void {
  const header = ["what", "wall", "events", "events a second", "bare loop", "ratio"];
  const lines = rows.map(({ name, ms, events }) => {
    const bare = Math.min(...Array.from({ length: 5 }, () => bareLoop(events)));
    return [
      name,
      `${ms.toFixed(1)} ms`,
      String(events),
      String(Math.round((events / ms) * 1000)),
      `${bare.toFixed(2)} ms`,
      `${(ms / bare).toFixed(1)} ×`,
    ];
  });
  print([header, ...lines]);
}

function print(table: readonly (readonly string[])[]): void {
  const widths = table[0]!.map((_, i) => Math.max(...table.map((row) => row[i]!.length)));
  for (const row of table) {
    console.log(
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
        .join("  "),
    );
  }
}

/** Traffic to three replicas that stay: the requests of both simulators. */
const TRAFFIC = { count: 30_000, rps: 100, replicas: 3 };

/** The best of several runs of that traffic, with the requests that were answered in place of events. */
function answerRequests(times: number): Row {
  const scenario = steadyTraffic(TRAFFIC);
  const name = `${TRAFFIC.count / 1000},000 requests`;
  return best(times, () => measure(name, () => simulate(scenario).summary.requests.ok));
}

async function comparePeer(peer: Peer, requests: Row): Promise<void> {
  const lines: string[][] = [];
  const compare = async (ours: Row, run: () => Promise<void>) => {
    const cpu = process.cpuUsage();
    await run();
    const theirs = cpuMsSince(cpu);
    const ratio = `${(theirs / ours.cpuMs).toFixed(0)} ×`;
    lines.push([ours.name, `${ours.cpuMs.toFixed(1)} ms`, `${theirs.toFixed(0)} ms`, ratio]);
  };
  await compare(rollOut(10, 300), () => peer.rollout(10));
  await compare(rollOut(100, 150), () => peer.rollout(100));
  await compare(requests, () => peer.sendRequests(TRAFFIC));
  print([["CPU time", "Rollout Lab", "@ngrok/webernetes", "ratio"], ...lines]);
}

/** The command line's check of the incident's manifest over 200 seeds: start of the program, search for the remedy and report included. */
function checkIncident(): void {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const args = ["src/cli/rollout-lab.mjs", "check", "labs/requests-fail-on-deploy/start/web.yaml"];
  let leastMs = Infinity;
  for (let i = 0; i < 4; i += 1) {
    const started = performance.now();
    const { status } = spawnSync(process.execPath, args, { cwd: root });
    if (status !== 1) throw new Error(`check ended with ${status}, not 1: the incident is unsafe`);
    leastMs = Math.min(leastMs, performance.now() - started);
  }
  const seconds = (leastMs / 1000).toFixed(2);
  console.log(
    `check of the incident over 200 seeds: ${seconds} s on ${availableParallelism()} cores`,
  );
}

const fiveMinutes = incident({ durationMs: 300_000 });
for (let seed = 1; seed <= 5; seed += 1) simulate(fiveMinutes, { seed });
const small = rollOut(100, 30);
const { large, cpuMsOfAsMany } = rollOutMany();

printRows([
  best(20, () =>
    measure("5 minutes at 50 requests a second", () => simulate(fiveMinutes).summary.events),
  ),
  measure("the same under 200 seeds", () => {
    let events = 0;
    for (let seed = 1; seed <= 200; seed += 1)
      events += simulate(fiveMinutes, { seed }).summary.events;
    return events;
  }),
  small,
  rollOut(1000, 3),
  large,
]);
const growth = large.cpuMs / cpuMsOfAsMany;
console.log(`\nCPU time a pod, 10,000 replicas to 100: ${growth.toFixed(2)}`);
const requests = answerRequests(20);
const rate = Math.round((requests.events / requests.ms) * 1000);
console.log(`requests simulated a second: ${rate}`);

checkIncident();

const peer = process.argv.includes("--without-peer") ? undefined : await loadPeer();
if (peer !== undefined) {
  console.log();
  await comparePeer(peer, requests);
  // Its timers would keep the process.
  process.exit(0);
}
