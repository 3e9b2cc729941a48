import type { RequestHead } from "../../scenario.ts";
import type { Method } from "../entrance.ts";

/** What a rule matches against. */
export interface Request extends RequestHead {
  readonly method: Method;
}

/** Whether a path lies below a prefix, element by element: `/foo` takes `/foo` and `/foo/bar`, and not `/foobar`. */
export function hasPrefix(path: string, prefix: string): boolean {
  const wanted = prefix.replace(/\/+$/, "");
  return wanted === "" || path === wanted || path.startsWith(`${wanted}/`);
}

/** Whether a host is one that a rule names: the same, or below `*.`; a rule without a host takes all. */
export function takesHost(rule: string | undefined, host: string | undefined): boolean {
  if (rule === undefined || rule === "" || host === undefined) return true;
  if (!rule.startsWith("*.")) return rule === host;
  return host.endsWith(rule.slice(1)) && host.length > rule.length - 1;
}

/** Whether a text matches a regular expression; one that is none matches nothing. */
export function matchesPattern(text: string, pattern: string): boolean {
  try {
    return new RegExp(pattern).test(text);
  } catch {
    return false;
  }
}
