import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "@playwright/test";
import type { Locator, Page } from "@playwright/test";

const folder = fileURLToPath(new URL("../../labs/requests-fail-on-deploy", import.meta.url));

/** A file of the lab's folder. */
export function labFile(name: string): string {
  return readFileSync(path.join(folder, name), "utf8");
}

export type Language = "en" | "ko";

/** What the tests look for by name. */
const words = {
  en: {
    deploy: "Deploy 1.1 with this manifest",
    applyNow: /^Apply now/,
    undo: "Undo",
    reset: "Reset",
    manifest: "Manifest",
    hint: /^Hint \d/,
    compare: "Compare with the solution",
    story: "What happened",
    checks: "Checks",
    restoreTry: "Restore my last try",
    place: /line \d+, column \d+/,
    cantSave: "Can't save",
  },
  ko: {
    deploy: "이 매니페스트로 1.1 배포",
    applyNow: /^지금 적용/,
    undo: "되돌리기",
    reset: "초기화",
    manifest: "매니페스트",
    hint: /^힌트 보기/,
    compare: "해답과 비교",
    story: "실행 결과",
    checks: "검사",
    restoreTry: "마지막 시도 불러오기",
    place: /\d+행 \d+열/,
    cantSave: "저장할 수 없습니다",
  },
} as const;

/** The lab's page as a learner has it. */
export class WorkbenchPage {
  readonly page: Page;
  readonly lang: Language;
  readonly words: (typeof words)[Language];

  constructor(page: Page, lang: Language = "en") {
    this.page = page;
    this.lang = lang;
    this.words = words[lang];
  }

  /** Goes to the page and waits until its cluster runs. */
  async open(): Promise<void> {
    await this.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await this.page.goto(`${this.lang === "en" ? "" : "ko/"}labs/requests-fail-on-deploy/`);
    await expect(this.page.locator("rl-timeline .tl-svg").first()).toBeVisible();
    await expect(this.editorState("good")).toBeVisible();
  }

  get bench(): Locator {
    return this.page.locator("rl-workbench");
  }

  get editor(): Locator {
    return this.page.getByRole("textbox", { name: this.words.manifest, exact: true });
  }

  get deploy(): Locator {
    return this.button(this.words.deploy);
  }

  get problems(): Locator {
    return this.page.locator(".rl-problem");
  }

  /** The line below the buttons. */
  get result(): Locator {
    return this.page.locator(".rl-result").getByRole("status");
  }

  get story(): Locator {
    return this.bench.getByRole("region", { name: this.words.story });
  }

  get checks(): Locator {
    return this.bench.getByRole("region", { name: this.words.checks, exact: true });
  }

  /** What happened to a known wrong answer. */
  get answer(): Locator {
    return this.page.locator(".rl-answer");
  }

  button(name: string | RegExp): Locator {
    return this.bench.getByRole("button", { name });
  }

  /** The line on what the API server would say, in one of its states. */
  editorState(state: "good" | "error" | "warning"): Locator {
    return this.page.locator(`.rl-problems-status[data-state="${state}"]`);
  }

  /** Puts a text in place of the editor's, as a learner does: select all, paste. */
  async paste(text: string): Promise<void> {
    await this.page.evaluate((value) => navigator.clipboard.writeText(value), text);
    await this.editor.focus();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.press("ControlOrMeta+v");
  }

  /** The editor's text, as copying gives it. */
  async text(): Promise<string> {
    await this.editor.focus();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.press("ControlOrMeta+c");
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Ids are not on the page: `passed` and `failed` in the order of the lab's file, once all are judged. */
  async judged(): Promise<string[]> {
    const items = this.checks.locator(".rl-checks > li");
    await expect(items.first()).toHaveClass(/passed|failed/, { timeout: 30_000 });
    return items.evaluateAll((all) => all.map((item) => item.className));
  }

  /** The picture, by all that is drawn in it, once it has been drawn for the width that it has. */
  async picture(): Promise<string> {
    await this.page.evaluate(async () => {
      await document.fonts.ready;
      for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
    });
    return this.page.locator("rl-timeline .tl-svg").first().innerHTML();
  }

  saved(): Promise<string | null> {
    return this.page.evaluate(() => localStorage.getItem("rollout-lab/progress"));
  }
}
