import type { Scenario } from "../simulator/scenario.ts";
import { buildScenario } from "./read-spec.ts";
import type { ReadFile, Reading } from "./read-files.ts";
import { openDocument, type DocumentReader, type Place } from "./schema/document.ts";
import { inside } from "./schema/shape.ts";
import { scenarioDocument, type ScenarioSpec } from "./schema/scenario-shape.ts";

export interface ReadOptions {
  /** Path of the document, for messages. */
  readonly file: string;
  /** Gives the files that the document names, by their paths relative to it. */
  readonly readFile: ReadFile;
}

/** A scenario read, or what is wrong with its document. */
export interface ScenarioReading extends Reading {
  readonly scenario?: Scenario;
}

/** Reads a Scenario document and the manifests that it names. A mistake is a diagnostic, never an exception. */
export function readScenario(text: string, { file, readFile }: ReadOptions): ScenarioReading {
  const { reader, diagnostics } = openDocument(text, file);
  if (reader === undefined) return { diagnostics, warnings: [] };
  const document = scenarioDocument.read(reader.root, reader);
  if (document === undefined || reader.diagnostics.length > 0) {
    return { diagnostics: reader.diagnostics, warnings: [] };
  }
  const at = inside(reader.root, ["spec"], reader);
  return buildFrom(document.spec, at, reader, { name: document.metadata.name, readFile });
}

/** Builds the scenario of a spec that stands at a place of the document being read. */
export function buildFrom(
  spec: ScenarioSpec,
  at: Place,
  reader: DocumentReader,
  { name, readFile }: { readonly name: string; readonly readFile: ReadFile },
): ScenarioReading {
  const { scenario, problems, diagnostics, warnings } = buildScenario(spec, {
    name,
    file: reader.file,
    readFile,
  });
  for (const { step, entry, message } of problems) {
    reader.report(inside(at, ["steps", step, "apply", entry], reader), message);
  }
  return { scenario, diagnostics: [...reader.diagnostics, ...diagnostics], warnings };
}
