import type { InBoth } from "../../words/language.ts";
import { FRAGMENT_MAX } from "./shared-try.ts";

/** What is said about links that share. */
export interface ShareWords {
  readonly copyMoment: string;
  readonly copyTry: string;
  readonly saveJson: string;
  readonly saveMermaid: string;
  readonly saveSvg: string;
  readonly savePng: string;
  readonly noPng: string;
  readonly copied: string;
  readonly copyByHand: string;
  readonly tooLong: string;
  readonly offered: (lines: number) => string;
  readonly take: string;
  readonly leave: string;
  readonly broken: string;
  readonly tooLongToOpen: string;
  readonly otherLab: (lab: string) => string;
  readonly unknownFile: (file: string) => string;
  readonly refused: string;
  readonly taken: string;
}

const KIB = FRAGMENT_MAX / 1024;

export const SHARE_WORDS: InBoth<ShareWords> = {
  en: {
    copyMoment: "Copy a link to this moment",
    copyTry: "Copy a link to my try",
    saveJson: "Save the run as JSON",
    saveMermaid: "Save it as a Mermaid diagram",
    saveSvg: "Save the timeline as SVG",
    savePng: "Save it as PNG",
    noPng: "This browser could not draw the picture. Save it as SVG instead.",
    copied:
      "The link is copied. All that it says stands in the link itself; nothing is stored anywhere.",
    copyByHand: "The browser does not let the page copy. Here is the link:",
    tooLong: `A link with these texts would be longer than ${KIB} kB, and would not arrive whole everywhere. Save the texts as files instead.`,
    offered: (lines) =>
      lines === 0
        ? "This link brings somebody’s texts for this lab."
        : `This link brings somebody’s texts for this lab, and ${lines === 1 ? "a line" : `${lines} lines`} typed into the terminal.`,
    take: "Put them in place of mine",
    leave: "Leave them",
    broken:
      "This link holds a try that can’t be read: it was cut off or changed on its way. The lab starts as always.",
    tooLongToOpen: `This link is longer than the ${KIB} kB that a try may have. The lab starts as always.`,
    otherLab: (lab) =>
      `This link holds a try of the lab “${lab}”, which is not this one. The lab starts as always.`,
    unknownFile: (file) =>
      `This link holds a file “${file}”, which this lab does not have. The lab starts as always.`,
    refused:
      "The API server would refuse these texts; they are in the editor, and the cluster stays as it was.",
    taken: "The try of the link is in place. Undo in the editor (Ctrl+Z) brings your text back.",
  },
  ko: {
    copyMoment: "이 시점의 링크 복사",
    copyTry: "내 시도를 담은 링크 복사",
    saveJson: "실행을 JSON으로 저장",
    saveMermaid: "Mermaid 다이어그램으로 저장",
    saveSvg: "타임라인을 SVG로 저장",
    savePng: "PNG로 저장",
    noPng: "이 브라우저에서는 그림을 그릴 수 없습니다. SVG로 저장해 주세요.",
    copied: "링크를 복사했습니다. 내용은 모두 링크 안에 들어 있고 어디에도 저장하지 않습니다.",
    copyByHand: "브라우저가 복사를 막고 있습니다. 링크는 다음과 같습니다.",
    tooLong: `이 내용을 담으면 링크가 ${KIB}kB를 넘어 온전히 전달되지 않을 수 있습니다. 매니페스트를 파일로 저장해 주세요.`,
    offered: (lines) =>
      lines === 0
        ? "이 링크에는 다른 사람이 쓴 이 실습의 매니페스트가 들어 있습니다."
        : `이 링크에는 다른 사람이 쓴 이 실습의 매니페스트와 터미널 명령 ${lines}개가 들어 있습니다.`,
    take: "내 것 대신 넣기",
    leave: "넣지 않기",
    broken:
      "링크에 담긴 시도를 읽을 수 없습니다. 전달되는 동안 잘렸거나 바뀌었습니다. 실습은 평소대로 시작합니다.",
    tooLongToOpen: `링크가 시도를 담을 수 있는 ${KIB}kB보다 깁니다. 실습은 평소대로 시작합니다.`,
    otherLab: (lab) =>
      `이 링크에는 이 실습이 아니라 “${lab}” 실습의 시도가 들어 있습니다. 실습은 평소대로 시작합니다.`,
    unknownFile: (file) =>
      `이 링크에는 이 실습에 없는 파일 “${file}”이 들어 있습니다. 실습은 평소대로 시작합니다.`,
    refused: "API 서버가 받아들이지 않을 내용입니다. 편집기에는 넣었고 클러스터는 그대로입니다.",
    taken: "링크에 담긴 시도를 넣었습니다. 편집기에서 Ctrl+Z를 누르면 내 매니페스트로 돌아갑니다.",
  },
};
