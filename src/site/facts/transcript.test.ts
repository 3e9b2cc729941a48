import { describe, expect, it } from "vitest";
import { transcript } from "./transcript.ts";

describe("a transcript", () => {
  it("is of a step of the figure", async () => {
    expect(await transcript({ figure: "incident", step: 2 })).toBe(
      "$ kubectl set image deployment/web web=shop-web:1.1\ndeployment.apps/web image updated",
    );
  });
  it("is of commands at a moment after the last step", async () => {
    const command = "rollout status deployment/web --watch=false";
    const at = (after: number) => transcript({ figure: "incident", after, commands: [command] });
    expect(await at(1)).toMatch(/^\$ kubectl rollout status .*\nWaiting for deployment "web"/);
    expect(await at(30)).toContain('deployment "web" successfully rolled out');
  });
  it("may be of a command that is refused, when that is said", async () => {
    const refused = { figure: "pipeline/request", knobs: { file: "typo" }, step: 2 };
    await expect(transcript(refused)).rejects.toThrow(/ended with 1, and 0 was wanted/);
    expect(await transcript({ ...refused, fails: true })).toContain("strict decoding error");
  });
  it("of a moment before the last step is an error", async () => {
    const early = { figure: "incident", after: -1, commands: ["get pods"] };
    await expect(transcript(early)).rejects.toThrow(/after is -1; wanted seconds since/);
  });
  it("of a step that is not there is an error", async () => {
    await expect(transcript({ figure: "incident", step: 3 })).rejects.toThrow(/2 steps, no 3/);
  });
});
