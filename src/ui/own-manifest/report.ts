import type { CheckReport, Distribution, UnitReport } from "../../check/index.ts";
import { governingField, tellFailure } from "../../check/words/failure.ts";
import { tellHopeless } from "../../check/words/hopeless.ts";
import { tellIgnored } from "../../check/words/ignored.ts";
import { CHECK_WORDS } from "../../check/words/labels.ts";
import { tellNote } from "../../check/words/notes.ts";
import { tellCosts, tellNumbers } from "../../check/words/numbers.ts";
import {
  tellAttempt,
  tellPart,
  tellIntroduction,
  tellRemedy,
  tellWhy,
  tellWithout,
} from "../../check/words/remedy.ts";
import {
  tellRefused,
  tellStuck,
  tellUnreachable,
  tellVerdict,
  verdictWord,
} from "../../check/words/verdict.ts";
import type { FailureCause } from "../../simulator/index.ts";
import { CAUSES } from "../../words/causes.ts";
import type { Language } from "../../words/language.ts";
import { make } from "../elements.ts";
import { OWN_WORDS } from "./words.ts";

/** What a report on a workload leads to. */
export interface ReportLinks {
  readonly showWorst: (unit: UnitReport) => void;
  readonly applyPatch: (unit: UnitReport) => void;
  /** The patched text beside the present one. */
  readonly compare: (unit: UnitReport) => HTMLElement;
}

/** What a check says of one workload: the verdict, the numbers, why, and what ends it. */
export function unitDom(unit: UnitReport, lang: Language, links: ReportLinks): HTMLElement {
  const { verdict, runs, notes } = unit;
  const words = CHECK_WORDS[lang];
  const unreachable = tellUnreachable(unit, lang);
  const hindrance = tellRefused(unit, lang) ?? tellStuck(unit, lang);
  const tones: Readonly<Record<string, string>> = {
    unsafe: "bad",
    refused: "bad",
    unfinished: "bad",
    safe: "good",
  };
  return make(
    "article",
    { class: `rl-verdict ${tones[verdict] ?? "plain"}` },
    make(
      "h3",
      {},
      make("b", { class: "rl-verdict-word" }, verdictWord(verdict, lang)),
      ` ${tellVerdict(unit, lang)}`,
    ),
    unreachable !== undefined && make("p", {}, unreachable),
    runs && table(tellNumbers(unit, runs, lang)),
    hindrance !== undefined && make("p", {}, hindrance),
    ...(runs !== undefined && runs.failedInAll > 0 ? causes(unit, runs, lang, links) : []),
    ...remedy(unit, lang, links),
    ...(notes.length === 0
      ? []
      : [heading(words.notes), list(notes.map((note) => [tellNote(note, lang)]))]),
  );
}

/** What was passed over. */
export function ignoredDom({ ignored }: CheckReport, lang: Language): HTMLElement | undefined {
  if (ignored.length === 0) return undefined;
  const lines = ignored.map((one) => [tellIgnored(one, lang)]);
  return make("div", {}, heading(CHECK_WORDS[lang].ignored), list(lines));
}

function causes(
  unit: UnitReport,
  runs: Distribution,
  lang: Language,
  { showWorst }: ReportLinks,
): HTMLElement[] {
  const words = CHECK_WORDS[lang];
  const own = OWN_WORDS[lang];
  const items = Object.entries(runs.byCause)
    .sort(([, a], [, b]) => b - a)
    .map(([cause, count]) => {
      const { name, sentence } = CAUSES[cause as FailureCause][lang];
      const field = governingField(unit, cause as FailureCause);
      return [`${words.times(name, count)} ${sentence} ${words.governs(field)}`];
    });
  const [first] = unit.worst?.ledger.failures ?? [];
  return [
    heading(own.why),
    list(items),
    ...(first === undefined
      ? []
      : [make("p", {}, words.example(unit.worst!.seed, tellFailure(first, lang)))]),
    ...(unit.worst === undefined
      ? []
      : [
          make(
            "p",
            {},
            button(own.showWorst, "small", () => showWorst(unit)),
          ),
        ]),
  ];
}

function remedy(unit: UnitReport, lang: Language, links: ReportLinks): HTMLElement[] {
  const words = CHECK_WORDS[lang];
  const found = unit.remedy;
  if (found === undefined) return [];
  const summary = make("p", {}, tellRemedy(found, lang));
  if (found.kind === "not-needed") return [heading(words.remedy), summary];
  if (found.kind === "none") {
    const tried = found.attempts.map((attempt) => [tellAttempt(attempt, lang)]);
    return [
      heading(words.remedy),
      summary,
      ...tellHopeless(unit, lang).map((reason) => make("p", {}, reason)),
      ...(tried.length === 0 ? [] : [heading(words.tried), list(tried)]),
    ];
  }
  const own = OWN_WORDS[lang];
  const parts = found.parts.map((part) => [
    make("code", {}, tellPart(part, found.parts)),
    ` ${tellWhy(part, lang)} ${tellWithout(part, lang)}`,
  ]);
  const introduction = tellIntroduction(found, lang);
  return [
    heading(words.remedy),
    list(parts),
    summary,
    heading(own.patch),
    links.compare(unit),
    make(
      "p",
      {},
      button(own.applyPatch, "primary", () => links.applyPatch(unit)),
    ),
    heading(words.withIt),
    table(tellCosts(found.runs, lang)),
    ...(introduction === undefined ? [] : [make("p", {}, introduction)]),
  ];
}

function heading(text: string): HTMLElement {
  return make("h4", {}, text);
}

function list(items: readonly (readonly (string | HTMLElement)[])[]): HTMLElement {
  return make("ul", {}, ...items.map((item) => make("li", {}, ...item)));
}

function table(rows: readonly (readonly [string, string])[]): HTMLElement {
  const body = rows.map(([name, value]) =>
    make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, value)),
  );
  return make("table", { class: "rl-numbers" }, make("tbody", {}, ...body));
}

function button(label: string, look: string, onclick: () => void): HTMLElement {
  return make("button", { type: "button", class: `rl-button ${look}`, onclick }, label);
}
