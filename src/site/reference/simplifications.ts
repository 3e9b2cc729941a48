import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { Language } from "../../../site.config.ts";

/** A mark `Simplified:` in the sources. */
export interface Simplification {
  /** From the checkout: `src/simulator/kubelet/prober.ts`. */
  readonly file: string;
  /** What it says, without the word. */
  readonly text: string;
}

// Builds run in the checkout's root.
const sources = path.resolve("src");
const translations = path.resolve("content/simplifications.ko.yaml");

/** Every mark in a source text: from the word to the end of its paragraph in the comment. */
export function marksIn(source: string): string[] {
  return [...source.matchAll(/Simplified:((?:(?!\*\/|\n\s*\*\s*\n|\n\s*(?!\/\/|\*)\S)[^])*)/g)].map(
    ([, text = ""]) => text.replaceAll(/\n\s*(?:\*|\/\/) ?/g, " ").trim(),
  );
}

/** Every mark of the sources that run in the cluster or stand before it, by file, those of one text and file once. */
export function simplifications(): readonly Simplification[] {
  const files = readdirSync(sources, { recursive: true, encoding: "utf8" })
    .map((file) => `src/${file.replaceAll(path.sep, "/")}`)
    .filter((file) => /^src\/(simulator|kubectl|manifest|scenario)\/.*\.ts$/.test(file))
    .filter((file) => !file.includes(".test."))
    .sort();
  return files.flatMap((file) => {
    const texts = new Set(marksIn(readFileSync(file, "utf8")));
    return [...texts].map((text) => ({ file, text }));
  });
}

/** The Korean renderings by the marks' texts. */
export function koreanSimplifications(): Readonly<Record<string, string>> {
  return parse(readFileSync(translations, "utf8")) as Record<string, string>;
}

/** Parts of the cluster in the order of the page, with the sources that belong to them. */
const PARTS = [
  { sources: "src/kubectl/", name: { en: "kubectl", ko: "kubectl" } },
  { sources: "src/simulator/api/", name: { en: "kube-apiserver", ko: "kube-apiserver" } },
  {
    sources: "src/simulator/controllers/argo-rollouts/",
    name: { en: "Argo Rollouts", ko: "Argo Rollouts" },
  },
  { sources: "src/simulator/controllers/", name: { en: "Controllers", ko: "컨트롤러" } },
  { sources: "src/simulator/scheduler/", name: { en: "kube-scheduler", ko: "kube-scheduler" } },
  { sources: "src/simulator/kubelet/", name: { en: "kubelet", ko: "kubelet" } },
  { sources: "src/simulator/network/", name: { en: "Routers and roads", ko: "라우터와 경로" } },
  { sources: "src/simulator/runtime/", name: { en: "Applications", ko: "애플리케이션" } },
  { sources: "src/", name: { en: "The cluster as a whole", ko: "클러스터 전체" } },
] as const;

/** What the site lists: the marks of each part of the cluster in a language. */
export function listedSimplifications(lang: Language) {
  const korean = koreanSimplifications();
  const marks = simplifications();
  const partOf = (file: string) => PARTS.find((part) => file.startsWith(part.sources));
  return PARTS.map((part) => ({
    name: part.name[lang],
    items: marks
      .filter(({ file }) => partOf(file) === part)
      .map(({ file, text }) => ({
        file: file.replace(/^src\/(simulator\/)?/, ""),
        text: lang === "ko" ? (korean[text] ?? text) : text.charAt(0).toUpperCase() + text.slice(1),
      })),
  })).filter(({ items }) => items.length > 0);
}
