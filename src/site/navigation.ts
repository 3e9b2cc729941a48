import { existsSync } from "node:fs";
import path from "node:path";
import type { StarlightUserConfig } from "@astrojs/starlight/types";
import type { Language } from "../../site.config.ts";
import { labsOfFolder } from "./labs-folder.ts";
import { frameWords } from "./words/frame.ts";

/** What each language calls itself. */
export const languageNames: Readonly<Record<Language, string>> = { en: "English", ko: "한국어" };

/** A part of the course. */
export interface Part {
  readonly id: string;
  readonly label: Readonly<Record<Language, string>>;
  /** What a reader has of it, in one sentence. */
  readonly about: Readonly<Record<Language, string>>;
  /** Its pages in reading order, by file name. Those that are not written yet are left out of the site. */
  readonly pages: readonly string[];
}

/** The reading order. */
const PLAN: readonly Part[] = [
  {
    id: "incident",
    label: { en: "The incident", ko: "사고" },
    about: {
      en: "One update that failed requests, second by second, and the two fields that stop it.",
      ko: "요청을 잃은 업데이트 한 번을 초 단위로 따라가고, 이를 막는 두 필드를 알아봅니다.",
    },
    pages: ["why-502-and-504"],
  },
  {
    id: "pipeline",
    label: { en: "The update pipeline", ko: "업데이트가 지나가는 길" },
    about: {
      en: "What happens between the command and the last new pod, and which component does it.",
      ko: "명령을 내린 뒤 마지막 새 파드가 뜨기까지, 어느 구성 요소가 무엇을 하는지 살펴봅니다.",
    },
    pages: [
      "pipeline-client",
      "pipeline-kube-apiserver",
      "pipeline-controllers",
      "pipeline-scheduler-and-kubelet",
      "pipeline-completion",
      "one-update-through-all-of-them",
    ],
  },
  {
    id: "strategies",
    label: { en: "Strategies", ko: "배포 전략" },
    about: {
      en: "The two that a Deployment has, those built above it, and how to choose.",
      ko: "Deployment가 가진 두 전략과 그 위에 쌓는 전략들, 그리고 고르는 법을 다룹니다.",
    },
    pages: [
      "recreate",
      "rolling-update",
      "surge-and-unavailable",
      "blue-green",
      "canary",
      "rolling-versus-canary",
      "progressive-delivery",
    ],
  },
  {
    id: "zero-downtime",
    label: { en: "Zero downtime", ko: "무중단 배포" },
    about: {
      en: "From the first probe to the last open connection: what has to be right so that no request is lost.",
      ko: "첫 프로브부터 마지막 열린 연결까지, 요청을 하나도 잃지 않으려면 무엇이 맞아야 하는지 봅니다.",
    },
    pages: [
      "why-rolling-update-drops-requests",
      "probes",
      "termination-sequence",
      "termination-grace-period",
      "pre-stop",
      "graceful-shutdown",
      "keep-alive",
      "cloud-load-balancers",
    ],
  },
  {
    id: "operating",
    label: { en: "Operating updates", ko: "업데이트 운영" },
    about: {
      en: "Rollouts that get stuck, changes that roll nothing, other workloads, drains, and a checklist.",
      ko: "멈춘 롤아웃, 롤아웃되지 않는 변경, 다른 워크로드, 드레인, 그리고 점검표를 다룹니다.",
    },
    pages: [
      "stuck-rollouts",
      "config-and-restarts",
      "statefulset-and-daemonset",
      "drains-budgets-autoscaling",
      "zero-downtime-checklist",
      "misconceptions",
    ],
  },
  {
    id: "reference",
    label: { en: "Reference", ko: "참고" },
    about: {
      en: "Words, fields, and how far the simulator can be trusted.",
      ko: "용어와 필드, 그리고 시뮬레이터를 어디까지 믿을 수 있는지 정리합니다.",
    },
    pages: ["glossary", "field-reference", "simulator", "measured", "for-authors", "for-operators"],
  },
];

// Builds run in the checkout's root.
const isWritten = (page: string) => existsSync(path.resolve("content/docs", `${page}.mdx`));

/** The parts with the pages that exist. */
export function parts(): Part[] {
  return PLAN.map((part) => ({ ...part, pages: part.pages.filter(isWritten) })).filter(
    ({ pages }) => pages.length > 0,
  );
}

const asGroup = ({ label, pages }: Part) => ({
  label: label.en,
  translations: { ko: label.ko },
  items: [...pages],
});

const labs = {
  label: "Labs",
  translations: { ko: "실습" },
  items: [
    ...labsOfFolder().map((lab) => ({
      label: lab.title.en,
      translations: { ko: lab.title.ko },
      link: `/labs/${lab.id}/`,
    })),
    {
      label: frameWords.en.progress.title,
      translations: { ko: frameWords.ko.progress.title },
      link: "/progress/",
    },
  ],
};

/** Chapters, then labs, then the reference. Previous and next follow it. */
export const sidebar: StarlightUserConfig["sidebar"] = [
  ...parts()
    .filter(({ id }) => id !== "reference")
    .map(asGroup),
  labs,
  ...parts()
    .filter(({ id }) => id === "reference")
    .map(asGroup),
];
