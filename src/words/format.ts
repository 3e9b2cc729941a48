import type { Language } from "./language.ts";

/** A point of virtual time: `12.15 s`, `12.10 s`, `12.15초`; whole seconds without a fraction. */
export function instant(ms: number, lang: Language): string {
  // Both decimals or none: `65.22 s to 70.4 s` would look as if one of them were less exact.
  const seconds = (ms / 1000).toFixed(2).replace(/\.00$/, "");
  return lang === "ko" ? `${seconds}초` : `${seconds} s`;
}

/** A point of virtual time to the millisecond, for lists: `12.150 s`, `12.150초`. */
export function timestamp(ms: number, lang: Language): string {
  return `${(ms / 1000).toFixed(3)}${lang === "ko" ? "초" : " s"}`;
}

/** A length of time: milliseconds below a second, else seconds: `138 ms`, `1.20 s`, `138ms`, `1.20초`. */
export function duration(ms: number, lang: Language): string {
  if (ms < 1000) return lang === "ko" ? `${Math.round(ms)}ms` : `${Math.round(ms)} ms`;
  return instant(ms, lang);
}

/** A number with at most so many decimals, without trailing zeros. */
export function decimals(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** `1 pod`, `2 pods`, `1,200 pods`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** The part of a pod's name that tells it from its siblings: `x2x7q`; of a StatefulSet's pods, whose number alone says little, `web-0`. */
export function podSuffix(name: string): string {
  return /[^-]+-\d{1,3}$/.exec(name)?.[0] ?? name.slice(name.lastIndexOf("-") + 1);
}

/** `web` of `deployment/web`. */
export function objectName(object: string): string {
  return object.slice(object.indexOf("/") + 1);
}

/** A list in a sentence. */
export function listed(items: readonly string[], lang: Language): string {
  if (items.length <= 1) return items.join("");
  const joiner = lang === "ko" ? ", " : " and ";
  return `${items.slice(0, -1).join(", ")}${joiner}${items.at(-1)}`;
}

/** A whole number with a comma every three digits. */
export function grouped(value: number): string {
  let rest = String(Math.round(value));
  let text = "";
  while (rest.length > 3) {
    text = `,${rest.slice(-3)}${text}`;
    rest = rest.slice(0, -3);
  }
  return rest + text;
}

/** A share in percent: two digits at most, and never 0 where there is some. */
export function percent(part: number, whole: number): string {
  const value = (100 * part) / Math.max(1, whole);
  const number = part > 0 && value < 0.1 ? "< 0.1" : decimals(value, value < 10 ? 1 : 0);
  return `${number}%`;
}
