import { describe, expect, it } from "vitest";
import type { Decision } from "../../simulator/record.ts";
import { CAUSES } from "../causes.ts";
import type { Language } from "../language.ts";
import { PHASES } from "../phases.ts";
import { DECISION_CODES, missingValues, type DecisionCode } from "./codes.ts";
import { decisionRule, decisionSentence } from "./sentence.ts";

const languages: readonly Language[] = ["en", "ko"];
const codes = Object.keys(DECISION_CODES) as DecisionCode[];
const hangul = /[\uac00-\ud7a3]/;

function decision(code: string, values: Decision["values"]): Decision {
  return { atMs: 0, actor: "kubelet/node-1", code, object: "pod/web-1", values, upstream: "" };
}

/** Every value by its type: numbers that differ, texts that can be found again. */
function sample(code: DecisionCode): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(DECISION_CODES[code]).map(([name, type], i) => [
      name,
      type === "number" ? 41 + i : `<${name}>`,
    ]),
  );
}

describe.each(codes)("%s", (code) => {
  it.each(languages)("is told in %s with its values", (lang) => {
    const values = sample(code);
    const text = decisionSentence(decision(code, values), lang);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
    expect(hangul.test(text)).toBe(lang === "ko");
    expect(hangul.test(decisionRule(code, lang) ?? "")).toBe(lang === "ko");
  });
  it("is told by its code when a value is missing", () => {
    const [first, ...rest] = Object.entries(sample(code));
    const lacking = decision(code, Object.fromEntries(rest));
    expect(missingValues(code, lacking.values)).toEqual([first![0]]);
    expect(decisionSentence(lacking, "en")).toMatch(code);
  });
});

describe("a code that nobody knows", () => {
  it("is told by its code and values", () => {
    const text = decisionSentence(decision("scheduler.dream", { victims: 2 }), "ko");
    expect(text).toBe("scheduler.dream: victims 2");
    expect(decisionRule("scheduler.dream", "ko")).toBeUndefined();
  });
});

describe("sentences", () => {
  it.each<[string, DecisionCode, Decision["values"], string, string]>([
    [
      "the count that allowed it",
      "deployment.scale-down-old",
      { replicaSet: "web-1", from: 3, to: 2, available: 4, min: 3 },
      "Scaled down by 1, from 3 to 2: 4 available, 3 needed.",
      "이전 ReplicaSet을 3개에서 2개로 줄입니다. available 파드 4개, 하한 3개입니다.",
    ],
    [
      "the hundredth at which a hook was cut",
      "kubelet.hook-cut",
      { container: "web", tookMs: 30_000, graceSeconds: 30 },
      "preStop is cut off at 30.00 s: the grace period of 30 s is over.",
      "유예 시간 30초가 다 되어 preStop이 30.00초에 중단됐습니다.",
    ],
    [
      "the floor of two seconds",
      "kubelet.stop-signal",
      {
        container: "web",
        signal: "SIGQUIT",
        graceSeconds: 30,
        hookMs: 30_000,
        remainingSeconds: 2,
        floored: 1,
      },
      "SIGQUIT is sent to web with 2 s left of 30, after 30.00 s of preStop; never fewer than 2 s are given.",
      "web 컨테이너에 SIGQUIT 신호를 보냅니다. preStop에 30.00초를 써서 유예 시간 30초 중 2초 남았습니다. 남은 시간이 없어도 최소 2초는 줍니다.",
    ],
  ])("give %s", (_, code, values, en, ko) => {
    expect(decisionSentence(decision(code, values), "en")).toBe(en);
    expect(decisionSentence(decision(code, values), "ko")).toBe(ko);
  });
});

describe("causes and phases", () => {
  it.each(Object.entries({ ...CAUSES, ...PHASES }))("%s is told in both languages", (_, words) => {
    for (const text of Object.values(words.en)) expect(text).toMatch(/^[^\uac00-\ud7a3]+$/);
    expect(hangul.test(Object.values(words.ko).join(" "))).toBe(true);
    for (const text of Object.values(words.ko)) expect(text).not.toBe("");
  });
});
