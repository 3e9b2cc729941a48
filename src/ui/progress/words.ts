import { FILE_MAX, type FileProblem } from "../storage/progress-file.ts";
import type { InBoth } from "../../words/language.ts";

/** What the page of progress says of its own. */
export interface ProgressWords {
  readonly solved: (day: string) => string;
  readonly tried: (day: string) => string;
  readonly draft: string;
  readonly save: string;
  readonly saveRecord: string;
  readonly recordIs: string;
  readonly choose: string;
  readonly refused: Readonly<Record<FileProblem["kind"], string>>;
  readonly taken: (labs: number) => string;
  readonly nothingNew: string;
  readonly unknown: (names: string) => string;
  readonly unreadable: (names: string) => string;
}

const MB = FILE_MAX / 1_000_000;

export const PROGRESS_WORDS: InBoth<ProgressWords> = {
  en: {
    solved: (day) => `solved on ${day}`,
    tried: (day) => `last tried on ${day}`,
    draft: "begun",
    save: "Save all progress as a file",
    saveRecord: "Save the record of solved labs",
    recordIs:
      "The record is for whoever wants to see that labs were solved: rollout-lab verify replays it.",
    choose: "Take progress in from a file",
    refused: {
      "too-large": `This file is larger than ${MB} MB, and no progress is. Nothing was taken in.`,
      "no-json":
        "This file can’t be read: it is of another kind, or was cut off. Nothing was taken in.",
      foreign: "This file holds something else than progress in labs. Nothing was taken in.",
      newer: "A newer edition of this site wrote this file. Nothing was taken in.",
    },
    taken: (labs) =>
      `Taken in: ${labs === 1 ? "something new about one lab" : `something new about ${labs} labs`}. What was here before is as it was.`,
    nothingNew: "Everything in this file was here already.",
    unknown: (names) => `Kept as well, although this site does not have these labs: ${names}.`,
    unreadable: (names) => `Passed over, since what the file says of them can’t be read: ${names}.`,
  },
  ko: {
    solved: (day) => `${day} 해결`,
    tried: (day) => `${day} 마지막 시도`,
    draft: "시작함",
    save: "진행 상황을 파일로 저장",
    saveRecord: "해결한 실습의 기록 저장",
    recordIs:
      "이 기록은 실습을 정말 해결했는지 확인할 사람에게 줍니다. rollout-lab verify가 다시 실행해 확인합니다.",
    choose: "파일에서 진행 상황 가져오기",
    refused: {
      "too-large": `파일이 ${MB}MB보다 큽니다. 진행 상황 파일은 그만큼 커지지 않습니다. 아무것도 가져오지 않았습니다.`,
      "no-json":
        "읽을 수 없는 파일입니다. 다른 종류이거나 잘린 파일입니다. 아무것도 가져오지 않았습니다.",
      foreign: "실습 진행 상황이 아닌 다른 내용이 든 파일입니다. 아무것도 가져오지 않았습니다.",
      newer: "이 사이트의 더 새로운 판에서 만든 파일입니다. 아무것도 가져오지 않았습니다.",
    },
    taken: (labs) => `실습 ${labs}개에 새 내용을 더했습니다. 원래 있던 것은 그대로입니다.`,
    nothingNew: "파일의 내용이 이미 모두 여기에 있습니다.",
    unknown: (names) => `이 사이트에 없는 실습의 내용도 함께 보관했습니다: ${names}.`,
    unreadable: (names) => `파일에 적힌 내용을 읽을 수 없어 건너뛴 실습: ${names}.`,
  },
};
