export {
  attemptOf,
  filesByName,
  scenarioOf,
  typed,
  untouched,
  type Attempt,
  type Files,
} from "./attempt.ts";
export type { Lab, LabFile } from "./lab.ts";
export type { CheckResult, Judgement } from "./judge.ts";
export { filesInMemory, type ReadFile } from "../scenario/read-files.ts";
export { readRecord, verifyRecord, type CompletionRecord } from "./record.ts";
