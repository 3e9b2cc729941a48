import { expect, test } from "@playwright/test";
import { aliasBomb } from "./alias-bomb.ts";
import { labFile, WorkbenchPage, type Language } from "./workbench-page.ts";

const start = labFile("start/web.yaml");

interface BadInput {
  readonly name: string;
  readonly text: string;
  /** Line and message of the first problem. */
  readonly line: number;
  readonly message: RegExp;
}

const badInputs: readonly BadInput[] = [
  {
    name: "YAML that does not parse",
    text: start.replace("replicas: 3", "replicas: [3"),
    line: 18,
    message: /yaml/,
  },
  {
    name: "an unknown field",
    text: start.replace("  replicas: 3", "  replica: 3"),
    line: 17,
    message: /unknown field "spec.replica"/,
  },
  {
    name: "a wrong type",
    text: start.replace("replicas: 3", "replicas: three"),
    line: 17,
    message: /cannot unmarshal|expected|string/,
  },
  {
    name: "an impossible value",
    text: start.replace("replicas: 3", "replicas: -1"),
    line: 17,
    message: /must be greater than or equal to 0/,
  },
  {
    name: "a million replicas",
    text: start.replace("replicas: 3", "replicas: 1000000"),
    line: 17,
    message: /1,000,000/,
  },
  { name: "five megabytes", text: `${start}# ${"x".repeat(5_000_000)}\n`, line: 1, message: /MiB/ },
  { name: "an alias bomb", text: aliasBomb, line: 1, message: /./ },
];

for (const lang of ["en", "ko"] satisfies Language[]) {
  test(`bad input is told, and changes nothing, ${lang}`, async ({ page }) => {
    const lab = new WorkbenchPage(page, lang);
    const saved = async () => {
      const { labs } = JSON.parse((await lab.saved()) ?? "{}");
      const { draft: _, ...kept } = labs["requests-fail-on-deploy"];
      return kept;
    };
    await lab.open();
    await lab.paste(start.replace("periodSeconds: 5", "periodSeconds: 4"));
    await lab.deploy.click();
    await lab.judged();
    const before = {
      picture: await lab.picture(),
      story: await lab.story.innerText(),
      checks: await lab.checks.locator(".rl-checks").innerText(),
      saved: await saved(),
    };

    for (const { name, text, line, message } of badInputs) {
      await test.step(name, async () => {
        await lab.paste(start);
        await expect(lab.editorState("good")).toBeVisible();
        await lab.paste(text);
        const first = lab.problems.first();
        await expect(first).toContainText(message);
        await expect(first).toContainText(lang === "en" ? `line ${line}, column` : `${line}행 `);

        for (const button of [lab.deploy, lab.button(lab.words.applyNow)]) {
          await button.click();
          await expect(lab.result).toContainText(lang === "en" ? "Not applied" : "적용하지 않았");
          await lab.button(lab.words.undo).focus();
        }
        expect((await lab.text()) === text).toBe(true);
        expect(await lab.picture()).toBe(before.picture);
        expect(await lab.story.innerText()).toBe(before.story);
        expect(await lab.checks.locator(".rl-checks").innerText()).toBe(before.checks);
        expect(await saved()).toEqual(before.saved);
      });
    }
  });
}

test("a problem leads to its line", async ({ page }) => {
  const lab = new WorkbenchPage(page);
  await lab.open();
  await lab.paste(start.replace("  replicas: 3", "  replica: 3"));
  await lab.problems.first().click();
  await expect(lab.editor).toBeFocused();
  await expect(page.locator(".cm-activeLine")).toContainText("replica: 3");
  await expect(page.locator(".rl-gutter-mark.error")).toHaveText("✕");
});
