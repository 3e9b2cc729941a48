import { describe, expect, it } from "vitest";
import { conditionProblem, contextOf, fill, holds, templateProblem } from "./expressions.ts";
import { someFacts } from "./testing/some-facts.ts";

const subject = contextOf({
  runs: [
    someFacts({ seed: 1, failed: 3 }),
    someFacts({ seed: 2, failed: 0, terminations: [{ pod: "web-a", signalAfter: 30.004 }] }),
  ],
  objects: { "deployment/web": { spec: { replicas: 3, template: { spec: {} } } } },
});

describe("conditions", () => {
  it.each([
    ["run.requests.failed == 3", true],
    ["runs.all(r, r.requests.failed == 0)", false],
    ["runs.exists(r, r.requests.failed == 0)", true],
    ["sum(runs.map(r, r.requests.failed)) == 3", true],
    ["max(runs.map(r, r.requests.failed)) == 3 && min(runs.map(r, r.requests.failed)) == 0", true],
    ["runs[1].terminations[0].signalAfter >= 30.0", true],
    ["runs[1].terminations[0].signalAfter >= 30", true],
    ['run.requests.byOutcome[?"504"].orValue(0) == 0', true],
    ['objects["deployment/web"].spec.replicas == 3', true],
    [
      'objects["deployment/web"].spec.template.spec.?terminationGracePeriodSeconds.orValue(30) > 30',
      false,
    ],
    // What is not there makes a condition false, not an error.
    ["run.terminations[0].signalAfter >= 0.0", false],
    ['objects["deployment/other"].spec.replicas == 3', false],
  ])("%s is %s", (expression, expected) => {
    expect(conditionProblem(expression)).toBeUndefined();
    expect(holds(expression, subject)).toBe(expected);
  });

  it.each([
    ["run.request.failed == 0", "No such key: request"],
    ["run.requests.failed ==", "Unexpected token: EOF"],
    ["run.requests.failed", "wanted a bool, and this is int"],
    ["failed == 0", "Unknown variable: failed"],
    ['run.hooks.cut == "none"', "no such overload"],
  ])("%s is told to be wrong", (expression, problem) =>
    expect(conditionProblem(expression)).toContain(problem),
  );
});

describe("templates", () => {
  it("are filled in: whole numbers as they are, seconds with two digits, a missing fact as a dash", () => {
    const template =
      "{{ run.requests.failed }} lost, {{ runs[1].terminations[0].signalAfter }} s, {{ run.terminations[0].pod }}";
    expect(templateProblem(template)).toBeUndefined();
    expect(fill(template, subject)).toBe("3 lost, 30.00 s, –");
  });

  it("group the digits of large counts, as the sentences beside them do", () => {
    expect(fill("{{ 1577 }} lost, {{ 999 }} at worst", subject)).toBe("1,577 lost, 999 at worst");
  });

  it.each(["{{ run.failed }}", "{{ run.requests.failed", "lost }} all"])(
    "%s is told to be wrong",
    (template) => expect(templateProblem(template)).toBeDefined(),
  );
});
