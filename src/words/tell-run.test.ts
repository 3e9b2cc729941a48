import { describe, expect, it } from "vitest";
import { syntheticTimeline } from "../../tests/ui/synthetic-timeline.ts";
import type { Decision, Timeline } from "../simulator/record.ts";
import { explain } from "./explain.ts";
import { failed } from "./findings.ts";
import { indexTimeline } from "./labels.ts";
import { tellRun } from "./tell-run.ts";

const incident = syntheticTimeline();
const quiet = syntheticTimeline({ preStopMs: 5000 });

function withDecisions(timeline: Timeline, decisions: readonly Partial<Decision>[]): Timeline {
  const base = { atMs: 42_000, actor: "kubelet/node-1", object: "pod/web-1", upstream: "" };
  return {
    ...timeline,
    decisions: decisions.map((d) => ({ code: "", values: {}, ...base, ...d })),
  };
}

/** A pod that stays with its router while its container is started again at 32 s, and loses a request before and one after. */
function restarted(): Timeline {
  const [pod] = quiet.pods;
  const name = "web-1";
  const request = { source: "users", router: "kube-proxy/node-1", pod: name } as const;
  const listening = [{ fromMs: 1000, toMs: 30_000 }, { fromMs: 32_000 }];
  return {
    ...quiet,
    endMs: 60_000,
    pods: [{ ...pod!, name, createdMs: 0, listening }],
    routes: [{ router: "kube-proxy/node-1", pod: name, fromMs: 2000 }],
    requests: [
      {
        ...request,
        id: 1,
        sentMs: 30_500,
        doneMs: 30_501,
        outcome: "502",
        cause: "connection-refused",
      },
      {
        ...request,
        id: 2,
        sentMs: 45_000,
        doneMs: 45_002,
        outcome: "503",
        cause: "application-error",
      },
    ],
  };
}

describe("the run in sentences", () => {
  it("counts what failed, and how", () => {
    const lost = incident.requests.filter(failed);
    const by502 = lost.filter(({ outcome }) => outcome === "502").length;
    const [first] = tellRun(incident, "en");
    expect(first?.text).toContain(`${lost.length} of 1,400 requests failed`);
    expect(first?.text).toContain(`${by502}\u00a0×\u00a0502`);
    expect(tellRun(incident, "ko")[0]?.text).toContain(`1,400건 중 ${lost.length}건`);
  });
  it("tells each burst with the instants of its race", () => {
    const burst = tellRun(incident, "en").find(({ text }) => text.startsWith("From"));
    expect(burst?.text).toMatch(/Its port closed at [\d.]+ s; routers went on choosing it for/);
    expect(burst?.subject?.kind).toBe("requests");
  });
  it("tells of a port that a restarted container has opened again", () => {
    const told = (lang: "en" | "ko") =>
      tellRun(restarted(), lang)
        .map(({ text }) => text)
        .join("\n");
    expect(told("en")).toContain(
      "At 30.50 s 1 request failed on its way to web-1 (1\u00a0×\u00a0502). Its port was closed from 30 s to 32 s, and routers chose it all the same.",
    );
    expect(told("en")).toContain(
      "At 45 s 1 request failed on its way to web-1 (1\u00a0×\u00a0503).\n",
    );
    expect(told("ko")).toContain("30초부터 32초까지 닫혀");
  });
  it("tells of no instant after the run's end", () => {
    const { requests, ...rest } = restarted();
    const late = {
      ...requests[0]!,
      sentMs: 59_000,
      doneMs: 94_000,
      outcome: "504",
      cause: "slow",
    } as const;
    const told = tellRun({ ...rest, requests: [late] }, "en").map(({ text }) => text);
    expect(told).toContain("At 60 s 1 request failed on its way to web-1 (1\u00a0×\u00a0504).");
  });
  it("names the field that governs the main cause", () => {
    expect(tellRun(incident, "en").map(({ field }) => field)).toContain("lifecycle.preStop");
  });
  it("says so when nothing failed", () => {
    const [first] = tellRun(quiet, "en");
    expect(first).toMatchObject({ tone: "good", text: "None of 1,400 requests failed." });
    expect(tellRun(quiet, "ko")[0]?.text).toBe("요청 1,400건이 모두 성공했습니다.");
  });
  it("tells what became of a hook that outlasts the grace period", () => {
    const cut = withDecisions(quiet, [
      {
        code: "kubelet.hook-cut",
        values: { container: "web", tookMs: 30_000, graceSeconds: 30 },
      },
      { code: "kubelet.stop-signal", values: { signal: "SIGQUIT", remainingSeconds: 2 } },
    ]);
    const told = tellRun(cut, "en").find(({ text }) => text.includes("cut off"));
    expect(told?.text).toBe(
      "In 1 pod preStop was cut off at 30.00 s: the grace period of 30 s, which began with the deletion, was over. SIGQUIT followed, with 2 s left for the process.",
    );
    expect(told?.field).toBe("terminationGracePeriodSeconds");
  });
  it.each([
    ["before the stop signal", 1000, "bad", "itself made the process close its port"],
    ["after the stop signal", 9000, "good", "went on serving meanwhile"],
  ])("tells a hook apart whose port closed %s", (_, closedMs, tone, part) => {
    const values = { container: "web" };
    const run = withDecisions(quiet, [
      { code: "kubelet.hook-done", values: { ...values, tookMs: 1000, remainingSeconds: 29 } },
      { code: "app.listener-closed", values, atMs: closedMs },
      { code: "kubelet.stop-signal", values, atMs: 8000 },
    ]);
    expect(tellRun(run, "en").find(({ text }) => text.includes(part))?.tone).toBe(tone);
  });
  it("has the same sentences in both languages", () => {
    const shape = (lang: "en" | "ko") =>
      tellRun(incident, lang).map(({ tone, field, atMs }) => ({ tone, field, atMs }));
    expect(shape("ko")).toEqual(shape("en"));
  });
});

describe("why a request failed", () => {
  const request = incident.requests.find(({ cause }) => cause === "connection-refused")!;
  const subject = { kind: "requests", ids: [request.id] } as const;
  const { steps, field } = explain(subject, indexTimeline(incident), "en");
  it("follows it from client to answer among the moments of the pod's end", () => {
    const texts = steps.map(({ text }) => text);
    const inOrder = [
      "port closes",
      "(users) sends",
      "chooses",
      "has its answer: 502",
      "drops the pod",
    ];
    const places = inOrder.map((part) => texts.findIndex((text) => text.includes(part)));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(field).toBe("lifecycle.preStop");
  });
  it("has its moments in order of time", () => {
    const times = steps.map(({ atMs }) => atMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });
});
