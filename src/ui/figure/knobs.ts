import type { InBoth, Language } from "../../words/language.ts";
import type { Knob } from "./figure.ts";

type Label = string | InBoth<string>;

const inBoth = (text: Label): InBoth<string> =>
  typeof text === "string" ? { en: text, ko: text } : text;

/** `5 s`, `5초`. */
export const inSeconds = (value: number, lang: Language): string =>
  lang === "ko" ? `${value}초` : `${value} s`;

/** `0` in words, everything else in seconds. */
export const secondsOr =
  (none: InBoth<string>) =>
  (value: number, lang: Language): string =>
    value === 0 ? none[lang] : inSeconds(value, lang);

/** A slider over some numbers, or over texts that have an order. */
export function slider<V extends number | string>(
  label: Label,
  stops: readonly V[],
  initial: V,
  say: Knob<V>["say"] = String,
): Knob<V> {
  return { kind: "slider", label: inBoth(label), stops, initial, say };
}

/** Off and on. */
export function toggle(label: Label, initial = false): Knob<boolean> {
  return { kind: "switch", label: inBoth(label), stops: [false, true], initial, say: String };
}

/** One of a few, each with its name: `choice("Strategy", { RollingUpdate: "RollingUpdate", Recreate: "Recreate" }, "RollingUpdate")`. */
export function choice<const N extends Readonly<Record<string, Label>>>(
  label: Label,
  names: N,
  initial: keyof N & string,
): Knob<keyof N & string> {
  return {
    kind: "choice",
    label: inBoth(label),
    stops: Object.keys(names) as (keyof N & string)[],
    initial,
    say: (value, lang) => inBoth(names[value]!)[lang],
  };
}

const NONE = { en: "none", ko: "없음" };

/** kube-proxy's own schedule in place of a fixed delay. */
export const ROUTING_AS_KUBE_PROXY = -1;

/** Knobs that many figures share; each takes where it stands at first. */
export const ready = {
  preStop: (initial = 0) =>
    slider("preStop: sleep", [0, 1, 2, 3, 5, 10, 15, 20, 30, 40], initial, secondsOr(NONE)),
  grace: (initial = 30) =>
    slider("terminationGracePeriodSeconds", [5, 10, 15, 20, 30, 45, 60, 90], initial, inSeconds),
  routing: (initial = ROUTING_AS_KUBE_PROXY) =>
    slider(
      { en: "Routing delay", ko: "라우터 반영 지연" },
      [ROUTING_AS_KUBE_PROXY, 0, 0.1, 0.5, 1, 2, 3, 5, 10, 20],
      initial,
      (value, lang) =>
        value !== ROUTING_AS_KUBE_PROXY
          ? inSeconds(value, lang)
          : { en: "kube-proxy's (about 1 s)", ko: "kube-proxy 기본(약 1초)" }[lang],
    ),
  replicas: (initial = 3) => slider("replicas", [1, 2, 3, 4, 5, 6, 8, 10], initial),
  maxSurge: (initial = 1) => slider("maxSurge", [0, 1, 2, 3, 4, 5], initial),
  maxUnavailable: (initial = 0) => slider("maxUnavailable", [0, 1, 2, 3, 4, 5], initial),
  minReadySeconds: (initial = 0) =>
    slider("minReadySeconds", [0, 1, 2, 5, 10, 20, 30], initial, inSeconds),
  /** From the process's start until the health endpoint answers. */
  startup: (initial = 3) =>
    slider(
      { en: "Start of the application", ko: "애플리케이션 시작 시간" },
      [0, 1, 2, 3, 5, 8, 12, 20, 30],
      initial,
      inSeconds,
    ),
  strategy: (initial: "RollingUpdate" | "Recreate" = "RollingUpdate") =>
    choice(
      { en: "strategy.type", ko: "strategy.type" },
      { RollingUpdate: "RollingUpdate", Recreate: "Recreate" },
      initial,
    ),
} as const;
