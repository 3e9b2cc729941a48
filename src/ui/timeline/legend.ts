import type { RequestOutcome } from "../../simulator/record.ts";
import { outcomeWords } from "../../words/causes.ts";
import type { InBoth, Language } from "../../words/language.ts";
import { PHASES } from "../../words/phases.ts";
import { markPath } from "./marks.ts";
import type { Legend, Scene } from "./scene.ts";
import { escapeText } from "./svg.ts";

interface LegendWords {
  readonly label: string;
  readonly version: (image: string) => string;
  /** A later version with the same image. */
  readonly again: (image: string, owner: string) => string;
  readonly route: string;
  readonly routes: string;
  readonly gap: string;
  readonly failed: (outcome: string) => string;
  readonly decision: string;
  readonly ready: string;
  readonly bounds: string;
}

const WORDS: InBoth<LegendWords> = {
  en: {
    label: "Legend",
    version: (image) => `${image}: pods and answers`,
    again: (image, owner) => `${image} again: pods of ${owner}`,
    route: "a router would choose the pod",
    routes: "a line for each router: it would choose the pod",
    gap: "a router still chooses a pod whose port is closed: requests are lost here",
    failed: (outcome) => `a failed request, ${outcome} (with a number: so many)`,
    decision: "a decision of a controller",
    ready: "ready pods (bold), pods not being deleted (thin)",
    bounds: ", bounds by maxUnavailable and maxSurge (dotted)",
  },
  ko: {
    label: "범례",
    version: (image) => `${image}: 파드와 응답`,
    again: (image, owner) => `${image}: 같은 이미지를 쓰는 ${owner}의 파드`,
    route: "라우터가 이 파드를 선택 대상으로 두는 구간",
    routes: "라우터마다 선 하나: 이 파드를 선택 대상으로 두는 구간",
    gap: "포트가 닫힌 파드를 라우터가 아직 선택하는 구간. 여기서 요청이 유실됩니다",
    failed: (outcome) => `실패한 요청 ${outcome} (숫자는 묶은 건수)`,
    decision: "컨트롤러의 결정",
    ready: "Ready 파드 수(굵은 선), 삭제 중이 아닌 파드 수(가는 선)",
    bounds: ", maxUnavailable과 maxSurge가 정하는 하한과 상한(점선)",
  },
};

/** The legend of a scene as a list: what occurs in it, each with a swatch drawn as in the picture. */
export function legendToHtml(scene: Scene, id: string): string {
  const { legend, lang } = scene;
  const words = WORDS[lang];
  const items = [
    ...legend.versions.map(({ hue, image, owner }) =>
      item(
        bar(`v${hue} ready`),
        owner === undefined ? words.version(image) : words.again(image, owner),
      ),
    ),
    ...(legend.routers > 0
      ? [item(line("tl-route"), legend.routers > 1 ? words.routes : words.route)]
      : []),
    ...(legend.gap ? [item(gap(id), words.gap)] : []),
    ...legend.outcomes.map((o) => item(mark(o), words.failed(outcomeWords(o, lang)))),
    ...phaseItems(legend, lang, id),
    ...(legend.ready === "bounded" ? [item(bounds() + counts(), words.ready + words.bounds)] : []),
    ...(legend.ready === "unbounded" ? [item(counts(), words.ready)] : []),
    ...(legend.decisions ? [item(diamond(), words.decision)] : []),
  ];
  return `<ul class="tl-legend" aria-label="${words.label}">${items.join("")}</ul>`;
}

function phaseItems(legend: Legend, lang: Language, id: string): string[] {
  return legend.phases
    .filter((phase) => phase !== "ready")
    .map((phase) => {
      const striped = phase === "pre-stop" || phase === "stopping";
      return item(bar(`tl-any ${phase}`, striped ? `${id}-stripe` : ""), PHASES[phase][lang].name);
    });
}

function item(swatch: string, text: string): string {
  return `<li><svg class="tl-key" viewBox="0 0 28 14" width="28" height="14" aria-hidden="true">${swatch}</svg>${escapeText(text)}</li>`;
}

function bar(look: string, hatch = ""): string {
  const box = `x="0.5" y="1.5" width="27" height="11"`;
  const over = hatch === "" ? "" : `<rect class="tl-hatch" ${box} fill="url(#${hatch})"/>`;
  return `<rect class="tl-bar ${look}" ${box}/>${over}`;
}

function gap(id: string): string {
  const box = `x="0" y="0" width="28" height="14"`;
  return `<rect class="tl-gap" ${box}/><rect class="tl-hatch" ${box} fill="url(#${id}-lost)"/><rect class="tl-route lost" x="0" y="1" width="28" height="3"/>`;
}

function mark(outcome: RequestOutcome): string {
  return `<path class="tl-mark" d="${markPath(outcome, 14, 7, 4.5)}"/>`;
}

function line(look: string): string {
  return `<rect class="${look}" x="0" y="6" width="28" height="2"/>`;
}

function bounds(): string {
  return `<path class="tl-bound" d="M0 1.5h28"/>`;
}

function counts(): string {
  return `<path class="tl-active" d="M0 4.5h28"/><path class="tl-ready" d="M0 10h28"/>`;
}

function diamond(): string {
  return `<path class="tl-decision" d="M14 2.5l4.5 4.5l-4.5 4.5l-4.5 -4.5z"/>`;
}
