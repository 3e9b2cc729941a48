import type { Timeline } from "../../simulator/record.ts";
import { eventRows, TABLE, type EventRow } from "../../words/events.ts";
import type { Interval } from "../../words/findings.ts";
import type { Language } from "../../words/language.ts";
import { escapeText } from "./svg.ts";

/** The picture's content as a table that opens on demand; of the interval, at most `limit` rows. */
export function tableToHtml(
  timeline: Timeline,
  interval: Interval,
  lang: Language,
  limit: number,
): string {
  const all = eventRows(timeline, lang).filter(
    ({ atMs }) => atMs >= interval.fromMs && atMs <= interval.toMs,
  );
  const words = TABLE[lang];
  const shown = all.slice(0, limit);
  const cut = all.length > limit ? `<p>${words.cut(all.length - limit)}</p>` : "";
  const head = [words.time, words.what, words.object, words.why].map(
    (name) => `<th scope="col">${name}</th>`,
  );
  return (
    `<details class="tl-table"><summary>${words.caption(all.length)}</summary>` +
    `<div class="tl-table-scroll" tabindex="0" role="region" aria-label="${words.caption(all.length)}"><table>` +
    `<thead><tr>${head.join("")}</tr></thead><tbody>${shown.map(row).join("")}</tbody></table>${cut}</div></details>`
  );
}

function row({ atMs, what, object, why }: EventRow): string {
  return `<tr><td>${(atMs / 1000).toFixed(3)}</td><td>${escapeText(what)}</td><td>${escapeText(object)}</td><td>${escapeText(why)}</td></tr>`;
}
