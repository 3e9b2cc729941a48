import { reportSchema } from "../check/report-schema.ts";
import { scenarioDocument } from "../scenario/schema/scenario-shape.ts";
import type { JsonSchema } from "../scenario/schema/shape.ts";
import { labDocument } from "./lab-shape.ts";

/** The JSON Schemas that the site publishes for editors, by file name: made of the shapes that the documents are read with, and of what `check --json` prints. */
export function publishedSchemas(): Readonly<Record<string, JsonSchema>> {
  const dialect = { $schema: "https://json-schema.org/draft/2020-12/schema" };
  return {
    "scenario.json": { ...dialect, title: "Rollout Lab scenario", ...scenarioDocument.schema },
    "check.json": { ...dialect, title: "Rollout Lab check", ...reportSchema },
    "lab.json": { ...dialect, title: "Rollout Lab lab", ...labDocument.schema },
  };
}
