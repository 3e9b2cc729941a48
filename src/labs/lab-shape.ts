import { LIMITS } from "../simulator/scenario.ts";
import { scenarioSpec } from "../scenario/schema/scenario-shape.ts";
import {
  defaulted,
  duration,
  integer,
  list,
  oneOf,
  optional,
  record,
  refined,
  required,
  text,
  type Shape,
  type ValueOf,
} from "../scenario/schema/shape.ts";
import type { InBoth } from "../words/language.ts";
import { conditionProblem, templateProblem } from "./expressions.ts";

/** A value for each language; a lab is not a lab until it has both. */
function inBoth<T>(shape: Shape<T>): Shape<InBoth<T>> {
  return record({ en: required(shape, "in English"), ko: required(shape, "in Korean") });
}

const sentence = inBoth(text("a text", { max: 2000 }));

/** A text in which `{{ EXPRESSION }}` is filled in from the runs. */
const template = inBoth(
  refined(text("a text", { max: 2000 }), (value, at, report) => {
    const problem = templateProblem(value);
    if (problem !== undefined) report(at(), problem);
    return problem === undefined ? value : undefined;
  }),
);

const condition = refined(text("a CEL expression", { max: 2000 }), (value, at, report) => {
  const problem = conditionProblem(value);
  if (problem !== undefined) report(at(), problem);
  return problem === undefined ? value : undefined;
});

const file = refined(
  text("the path of a file in the lab's folder", { max: 500 }),
  (value, at, report) => {
    const inside = !value.startsWith("/") && !value.split("/").includes("..");
    if (!inside) report(at(), "the path leads out of the lab's folder");
    return inside ? value : undefined;
  },
);

/** A file that a learner edits, as its tab is called. */
const fileName = text("a file name such as web.yaml", {
  pattern: "^[a-z0-9][a-z0-9.-]*[.]ya?ml$",
  max: 63,
});

/** A line for the terminal, and when it is typed. */
const command = record({
  at: required(duration(0, LIMITS.durationMs), "virtual time"),
  run: required(
    text("a command line", { max: 2000 }),
    "as it would be typed: kubectl apply -f web.yaml",
  ),
});

/** Names of labs, checks and answers: they stand in links and in saved progress, so they never change. */
const id = text("a name of small letters, digits and hyphens", {
  pattern: "^[a-z][a-z0-9-]{0,62}$",
  max: 63,
});

const check = record({
  id: required(id, "its name; it never changes"),
  seeds: defaulted(integer(1, 1000), 20, "over how many seeds it is judged; 20 when left out"),
  expr: required(condition, "CEL over run, runs and objects; true: passed"),
  title: required(sentence, "what is asked"),
  failure: required(template, "what happened instead; {{ CEL }} is filled in"),
  hint: required(template, "what to think about; {{ CEL }} is filled in"),
});

const commands = defaulted(
  list(command, { max: 100 }),
  [],
  "what is typed, in mode operate; in order of time",
);

const answer = record({
  name: required(id, "a wrong answer that people give; its files are in answers/NAME/"),
  commands,
  fails: required(list(id, { min: 1, max: 20 }), "the checks that it fails, and no others"),
  when: required(condition, "CEL over run, runs and objects: when the hint is shown"),
  hint: required(template, "what precisely happened; {{ CEL }} is filled in"),
});

const spec = refined(
  record({
    title: required(sentence, "the learner's trouble"),
    summary: required(sentence, "one or two sentences"),
    minutes: required(integer(1, 240), "how long it takes"),
    order: required(integer(1, 1000), "its place among the labs"),
    chapter: optional(id, "the chapter that it belongs to"),
    task: required(inBoth(file), "Markdown files"),
    mode: defaulted(
      oneOf(["deploy", "operate"]),
      "deploy",
      "deploy: the learner's files are there from the start, and the steps play; operate: the learner takes over at begin, and what is applied and typed is judged",
    ),
    begin: optional(
      duration(0, LIMITS.durationMs),
      "virtual time at which the learner takes over; when left out, of the first step after 0s",
    ),
    scenario: required(
      scenarioSpec,
      "the cluster, and what is done to it; the learner's files stand in for those in start/",
    ),
    files: required(
      list(fileName, { min: 1, max: 10 }),
      "what the editor holds, in the order of its tabs; at first as in start/",
    ),
    solution: defaulted(
      record({ commands }),
      { commands: [] },
      "what passes, besides the files in solution/",
    ),
    checks: required(list(check, { min: 1, max: 20 }), "what is judged"),
    hints: required(
      list(record({ text: required(sentence, "one step further") }), { min: 1, max: 20 }),
      "asked for one by one",
    ),
    answers: defaulted(
      list(answer, { max: 50 }),
      [],
      "wrong answers with their hints; the first that holds is shown",
    ),
  }),
  (value, at, report) => {
    let good = true;
    const fault = (place: ReturnType<typeof at>, message: string) => {
      report(place, message);
      good = false;
    };
    const ids = value.checks.map((entry) => entry.id);
    value.checks.forEach((entry, i) => {
      if (ids.indexOf(entry.id) !== i) {
        fault(at("checks", i, "id"), `a check named ${entry.id} stands above already`);
      }
    });
    value.answers.forEach((entry, i) => {
      entry.fails.forEach((name, j) => {
        if (ids.includes(name)) return;
        fault(
          at("answers", i, "fails", j),
          `there is no check ${name}; there are ${ids.join(", ")}`,
        );
      });
      if (value.mode === "deploy" && entry.commands.length > 0) {
        fault(at("answers", i, "commands"), "commands are typed in mode operate only");
      }
    });
    if (value.mode === "deploy" && value.solution.commands.length > 0) {
      fault(at("solution", "commands"), "commands are typed in mode operate only");
    }
    return good ? value : undefined;
  },
);

export type LabSpec = ValueOf<typeof spec>;

/** A Lab document. */
export const labDocument = record({
  apiVersion: required(oneOf(["rollout-lab/v1"]), "rollout-lab/v1"),
  kind: required(oneOf(["Lab"]), "Lab"),
  metadata: required(record({ name: required(id, "the name of the lab's folder") }), "its name"),
  spec: required(spec, "the lab"),
});
