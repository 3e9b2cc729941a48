import type { Decision } from "../../simulator/record.ts";
import type { InBoth, Language } from "../language.ts";
import { isDecisionCode, missingValues, type DecisionCode } from "./codes.ts";
import { analysisWords, rolloutWords } from "./argo-rollouts.ts";
import { daemonSetWords } from "./daemon-set.ts";
import { deploymentWords } from "./deployment.ts";
import { disruptionWords } from "./disruption.ts";
import { kubeletWords } from "./kubelet.ts";
import { networkWords } from "./network.ts";
import { podWords } from "./pods.ts";
import type { CodeWords, WordsFor } from "./shape.ts";
import { statefulSetWords } from "./stateful-set.ts";

/** The words of every code. */
const DECISION_WORDS: WordsFor<DecisionCode> = {
  ...deploymentWords,
  ...statefulSetWords,
  ...daemonSetWords,
  ...disruptionWords,
  ...rolloutWords,
  ...analysisWords,
  ...podWords,
  ...kubeletWords,
  ...networkWords,
};

/**
 * The decision with its numbers, in a sentence. A code that is not known, or that lacks a value, is told by its code and the values that it
 * has.
 */
export function decisionSentence(decision: Decision, lang: Language): string {
  const { code, values } = decision;
  if (!isDecisionCode(code) || missingValues(code, values).length > 0) {
    const told = Object.entries(values).map(([name, value]) => `${name} ${value}`);
    return told.length === 0 ? code : `${code}: ${told.join(", ")}`;
  }
  const words = DECISION_WORDS[code] as InBoth<CodeWords<DecisionCode>>;
  return words[lang].text(values as never);
}

/** The rule that the decision follows; undefined for a code that is not known. */
export function decisionRule(code: string, lang: Language): string | undefined {
  return isDecisionCode(code) ? DECISION_WORDS[code][lang].rule : undefined;
}
