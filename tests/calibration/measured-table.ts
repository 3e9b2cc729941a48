import type { MeasuredRow, MeasuredTable, Spread } from "../../src/site/reference/measured.ts";
import { playInstants, playSeeds, RECORDINGS, type Recording } from "./recorded-traffic.ts";

const SEEDS = 16;

/** Whole runs by what they are made of: a repeat is the same to the simulator. */
const played = new Map<string, Spread>();

function wholeRunsOf(recording: Recording): Spread {
  const { run, road, rps, keepAlive, replicas, grace, period, preStop, strategy, stop } = recording;
  const { startupMs, shell, bad } = recording;
  const setup = { road, rps, keepAlive, replicas, grace, period, preStop, strategy, stop };
  // Blue/Green and the canary are other actions.
  const action = /^P1[01][a-z\d]*/.exec(run)?.[0];
  const key = JSON.stringify({ ...setup, startupMs, shell, bad, action });
  const known = played.get(key) ?? playSeeds(recording, SEEDS);
  played.set(key, known);
  return known;
}

/** What each recording shows, by the beginning of its name; the first that fits. */
const WHAT: readonly (readonly [prefix: string, en: string, ko: string])[] = [
  [
    "A3",
    "nginx that closes its port gracefully, no preStop",
    "포트를 정상 종료로 닫는 nginx, preStop 없음",
  ],
  ["B3", "nginx that stops at once, no preStop", "바로 종료하는 nginx, preStop 없음"],
  ["C2", "preStop sleep 10, nginx that stops at once", "preStop sleep 10, 바로 종료하는 nginx"],
  ["D-", "kept connections, no preStop", "연결을 유지하는 클라이언트, preStop 없음"],
  ["G-", "no readiness probe, 3 s to start", "readiness 프로브 없음, 시작에 3초"],
  ["H-", "readiness probe, 3 s to start", "readiness 프로브 있음, 시작에 3초"],
  ["I-", "strategy Recreate", "Recreate 전략"],
  ["J2", "preStop sleep 2", "preStop sleep 2"],
  ["K-", "an image that does not exist", "존재하지 않는 이미지"],
  ["L-", "a shell that ignores SIGTERM, grace 10", "SIGTERM을 무시하는 셸, 유예 10초"],
  ["M-", "ten kept connections, no preStop", "유지하는 연결 10개, preStop 없음"],
  ["O-", "ten kept connections, preStop 10", "유지하는 연결 10개, preStop 10"],
  [
    "P10d10",
    "Blue/Green by selector, blue deleted 10 s later",
    "selector로 전환하는 블루/그린, 10초 뒤 blue 삭제",
  ],
  ["P10keep", "Blue/Green by selector, blue kept", "selector로 전환하는 블루/그린, blue 유지"],
  [
    "P10now",
    "Blue/Green by selector, blue deleted at once",
    "selector로 전환하는 블루/그린, blue 바로 삭제",
  ],
  ["P11", "canary of one pod of four", "파드 4개 중 1개인 카나리"],
  [
    "P1-",
    "the incident: a reverse proxy, a readiness probe, no preStop",
    "사고 상황: 리버스 프록시, readiness 프로브 있음, preStop 없음",
  ],
  ["P2", "preStop sleep 40, grace 60", "preStop sleep 40, 유예 60초"],
  ["P3", "preStop sleep 40 with the default grace of 30", "preStop sleep 40, 기본 유예 30초"],
  ["P4", "preStop in an image without sleep", "sleep이 없는 이미지의 preStop"],
  ["P5n1", "preStop of 1 s", "preStop 1초"],
  ["P5n2", "preStop of 2 s", "preStop 2초"],
  ["P5n5", "preStop of 5 s", "preStop 5초"],
  ["P6g30", "a server without a shell, grace 30", "셸이 없는 서버, 유예 30초"],
  ["P6g5", "a server without a shell, grace 5", "셸이 없는 서버, 유예 5초"],
  ["P6p10", "preStop sleep 10, grace 12", "preStop sleep 10, 유예 12초"],
  ["P7q", "preStop nginx -s quit", "preStop nginx -s quit"],
  ["P7ts", "preStop sleep 3 and then nginx -s quit", "preStop으로 sleep 3 뒤 nginx -s quit"],
  ["P8p10", "10 replicas, 25%/25%, preStop 10", "레플리카 10개, 25%/25%, preStop 10"],
  ["P8", "10 replicas, 25%/25%, no preStop", "레플리카 10개, 25%/25%, preStop 없음"],
  ["P9", "Recreate behind a reverse proxy", "리버스 프록시 뒤의 Recreate"],
];

function rowOf(recording: Recording): MeasuredRow {
  const { run, road, rps, total, refused, unanswered, reset, pods } = recording;
  const [, en, ko] = WHAT.find(([prefix]) => run.startsWith(prefix))!;
  return {
    run,
    what: { en, ko },
    road,
    rps,
    requests: total,
    measured: { refused, unanswered, reset },
    ...(pods === undefined ? {} : { byInstants: playInstants(recording) }),
    wholeRuns: wholeRunsOf(recording),
  };
}

/** Plays every recording. */
export function measuredTable(): MeasuredTable {
  return { schema: "rollout-lab/measured/v1", seeds: SEEDS, rows: RECORDINGS.map(rowOf) };
}
