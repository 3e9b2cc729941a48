import type { CheckReport, Distribution, UnitReport } from "../check/index.ts";
import { CHECK_WORDS } from "../check/words/labels.ts";
import { governingField, tellFailure } from "../check/words/failure.ts";
import { tellHopeless } from "../check/words/hopeless.ts";
import { tellIgnored } from "../check/words/ignored.ts";
import { tellNote } from "../check/words/notes.ts";
import { tellCosts, tellNumbers } from "../check/words/numbers.ts";
import {
  tellAttempt,
  tellPart,
  tellIntroduction,
  tellRemedy,
  tellWhy,
  tellWithout,
} from "../check/words/remedy.ts";
import {
  tellAnswer,
  tellRefused,
  tellStuck,
  tellUnreachable,
  tellVerdict,
  verdictWord,
} from "../check/words/verdict.ts";
import { CAUSES } from "../words/causes.ts";
import type { Language } from "../words/language.ts";
import type { FailureCause } from "../simulator/index.ts";
import { paragraph, table } from "./text-layout.ts";

/** The report for a terminal: the answer first, then what each workload's runs came to, why, and what ends it. */
export function reportText(report: CheckReport, lang: Language): string {
  const words = CHECK_WORDS[lang];
  const blocks = [
    tellAnswer(report, lang),
    ...report.units.map((unit) => unitText(unit, lang)),
    ...(report.ignored.length === 0 ? [] : [ignoredText(report, lang)]),
  ];
  if (report.units.some(({ worst }) => worst !== undefined)) blocks.push(words.replay);
  return blocks.join("\n\n");
}

function unitText(unit: UnitReport, lang: Language): string {
  const { verdict, file, line, namespace, runs, notes } = unit;
  const words = CHECK_WORDS[lang];
  const where = namespace === "default" ? "" : `, ${words.namespace} ${namespace}`;
  const head = `${verdictWord(verdict, lang)}  ${tellVerdict(unit, lang)} (${file}:${line}${where})`;
  const unreachable = tellUnreachable(unit, lang);
  const hindrance = tellRefused(unit, lang) ?? tellStuck(unit, lang);
  const sections = [
    ...(unreachable === undefined ? [] : [paragraph(unreachable, "  ")]),
    ...(runs === undefined ? [] : [table(tellNumbers(unit, runs, lang), "  ")]),
    ...(hindrance === undefined ? [] : [paragraph(hindrance, "  ")]),
    ...(runs === undefined || runs.failedInAll === 0 ? [] : [whyText(unit, runs, lang)]),
    ...remedyText(unit, lang),
    ...(notes.length === 0
      ? []
      : [
          section(
            words.notes,
            notes.map((note) => paragraph(tellNote(note, lang), "  - ")),
          ),
        ]),
  ];
  return [head, ...sections].join("\n\n");
}

function section(title: string, lines: readonly string[]): string {
  return [title, ...lines].join("\n");
}

function whyText(unit: UnitReport, runs: Distribution, lang: Language): string {
  const { worst } = unit;
  const words = CHECK_WORDS[lang];
  const causes = Object.entries(runs.byCause)
    .sort(([, a], [, b]) => b - a)
    .map(([cause, count]) => {
      const { name, sentence } = CAUSES[cause as FailureCause][lang];
      const field = governingField(unit, cause as FailureCause);
      return paragraph(`${words.times(name, count)} ${sentence} ${words.governs(field)}`, "  - ");
    });
  const [first] = worst?.ledger.failures ?? [];
  const example =
    first === undefined
      ? []
      : [paragraph(words.example(worst!.seed, tellFailure(first, lang)), "  ")];
  return section(words.why, [...causes, ...example]);
}

function remedyText(unit: UnitReport, lang: Language): string[] {
  const words = CHECK_WORDS[lang];
  const { remedy, patch } = unit;
  if (remedy === undefined) return [];
  const summary = paragraph(tellRemedy(remedy, lang), "  ");
  if (remedy.kind === "not-needed") return [section(words.remedy, [summary])];
  if (remedy.kind === "none") {
    const tried = remedy.attempts.map((attempt) => paragraph(tellAttempt(attempt, lang), "  - "));
    const reasons = tellHopeless(unit, lang).map((reason) => paragraph(reason, "  "));
    return [
      section(words.remedy, [summary, ...reasons]),
      ...(tried.length === 0 ? [] : [section(words.tried, tried)]),
    ];
  }
  const parts = remedy.parts.map(
    (part) =>
      `  - ${tellPart(part, remedy.parts)}\n${paragraph(`${tellWhy(part, lang)} ${tellWithout(part, lang)}`, "    ")}`,
  );
  const introduction = tellIntroduction(remedy, lang);
  return [
    section(words.remedy, [...parts, summary]),
    (patch?.diff ?? "").trimEnd(),
    section(words.withIt, [table(tellCosts(remedy.runs, lang), "  ")]),
    ...(introduction === undefined ? [] : [paragraph(introduction, "  ")]),
  ];
}

function ignoredText({ ignored }: CheckReport, lang: Language): string {
  return section(
    CHECK_WORDS[lang].ignored,
    ignored.map((one) => `  - ${tellIgnored(one, lang)}`),
  );
}
