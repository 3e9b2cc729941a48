export {
  attemptOf,
  filesByName,
  scenarioOf,
  typed,
  untouched,
  type Attempt,
  type Files,
} from "./attempt.ts";
export type { Answer, Check, Lab, LabFile, WorkedOut } from "./lab.ts";
export {
  judge,
  judgeAtOnce,
  type CheckResult,
  type Judgement,
  type Progress,
  type Simulate,
} from "./judge.ts";
export { runFacts, type RolloutFacts, type RunFacts, type TerminationFacts } from "./facts.ts";
export { filesInMemory, type ReadFile } from "../scenario/read-files.ts";
export type { Diagnostic } from "../scenario/schema/diagnostic.ts";
export { Misshapen, object, readAttempt, readFiles } from "./read-attempt.ts";
export {
  readRecord,
  RECORD_LIMITS,
  verifyRecord,
  type CompletionRecord,
  type SolvedLab,
  type Verdict,
} from "./record.ts";
