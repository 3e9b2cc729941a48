import type { InBoth } from "../words/language.ts";
import { judge, type Judgement, type Progress, type Simulate } from "./judge.ts";
import { attemptOf, untouched } from "./attempt.ts";
import type { Answer, Lab } from "./lab.ts";

/** One thing that has to be true of a lab. */
export interface Proof {
  readonly what: string;
  readonly holds: boolean;
  /** What is the case instead; empty when it holds. */
  readonly instead: string;
}

/** A proof done, or how far the runs for the next one have come. */
export type ProofStep = { readonly proof: Proof } | (Progress & { readonly of: string });

/** Over how many seeds a solution has to pass, at least. */
const SOLUTION_SEEDS = 200;

/**
 * Proves of a lab that its start does not pass, its solution does, each wrong answer fails the checks that it names, no others, and shows
 * its own hint, and that every text is there in both languages.
 */
export function* proveLab(
  lab: Lab,
  simulate: Simulate,
  solutionSeeds = SOLUTION_SEEDS,
): Generator<ProofStep, void, void> {
  const start = yield* judged("the start", judge(lab, untouched(lab), simulate));
  yield proof("the start does not pass", start.kind === "judged" && !start.passed, told(start));
  const solving = judge(lab, attemptOf(lab.solution), simulate, solutionSeeds);
  const solution = yield* judged("the solution", solving);
  yield proof(
    `the solution passes in ${solutionSeeds} runs`,
    solution.kind === "judged" && solution.passed,
    told(solution),
  );
  const filled = textsOf(start);
  for (const [index, answer] of lab.answers.entries()) {
    const judging = judge(lab, attemptOf(answer), simulate);
    const judgement = yield* judged(answer.name, judging);
    yield* proveAnswer(answer, index, judgement);
    filled.push(...textsOf(judgement));
  }
  yield proveTexts([...textsOfLab(lab), ...filled]);
}

function* judged(
  of: string,
  judging: ReturnType<typeof judge>,
): Generator<ProofStep, Judgement, void> {
  for (;;) {
    const step = judging.next();
    if (step.done === true) return step.value;
    yield { ...step.value, of };
  }
}

function* proveAnswer(answer: Answer, index: number, judgement: Judgement): Generator<ProofStep> {
  const { name } = answer;
  const failed = judgement.kind === "judged" ? failedChecks(judgement) : undefined;
  const named = [...answer.fails].sort().join(", ");
  yield proof(`${name} fails ${named}`, failed === named, told(judgement));
  const shown = judgement.kind === "judged" ? judgement.answer?.index : undefined;
  const instead =
    shown === undefined ? "no hint is shown" : `the hint of answer ${shown + 1} is shown`;
  yield proof(`${name} shows its own hint`, shown === index, instead);
}

function proof(what: string, holds: boolean, instead: string): ProofStep {
  return { proof: { what, holds, instead: holds ? "" : instead } };
}

function failedChecks(judgement: Extract<Judgement, { kind: "judged" }>): string {
  return judgement.checks
    .filter(({ passed }) => !passed)
    .map(({ id }) => id)
    .sort()
    .join(", ");
}

function told(judgement: Judgement): string {
  if (judgement.kind === "refused") {
    const { line, column, message } = judgement.diagnostics[0]!;
    return `it is refused: ${line}:${column}: ${message}`;
  }
  if (judgement.passed) return "it passes";
  const reasons = judgement.checks
    .filter(({ passed }) => !passed)
    .map(({ id, failure }) => `${id} (${failure?.en ?? ""})`);
  return `it fails ${reasons.join(", ")}`;
}

function textsOfLab(lab: Lab): InBoth<string>[] {
  return [
    lab.title,
    lab.summary,
    lab.task,
    ...lab.checks.flatMap(({ title, failure, hint }) => [title, failure, hint]),
    ...lab.hints.map(({ text }) => text),
    ...lab.answers.map(({ hint }) => hint),
  ];
}

function textsOf(judgement: Judgement): InBoth<string>[] {
  if (judgement.kind === "refused") return [];
  const { checks, answer } = judgement;
  const texts = checks.flatMap(({ failure, hint }) => [failure, hint]);
  return [...texts, answer?.hint].filter((text) => text !== undefined);
}

/** A missing fact is filled in as a dash, and Korean without Hangul has not been written yet. */
function proveTexts(texts: readonly InBoth<string>[]): ProofStep {
  const untranslated = texts.filter(({ en, ko }) => ko === en || !/[가-힣]/.test(ko));
  const unfilled = texts.filter(({ en, ko }) => /(^|\s)–/.test(en) || /(^|\s)–/.test(ko));
  const instead = [
    ...untranslated.map(({ en }) => `not in Korean: ${en}`),
    ...unfilled.map(({ en }) => `a value is missing: ${en}`),
  ];
  return proof("every text is there in both languages", instead.length === 0, instead.join("; "));
}
