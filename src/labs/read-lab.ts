import { buildFrom, type ReadOptions } from "../scenario/read.ts";
import { normalize, type ReadFile, type Reading } from "../scenario/read-files.ts";
import { openDocument, type DocumentReader, type Place } from "../scenario/schema/document.ts";
import { inside } from "../scenario/schema/shape.ts";
import { labDocument, type LabSpec } from "./lab-shape.ts";
import type { Lab, LabFile, WorkedOut } from "./lab.ts";

/** A lab read, or what is wrong with its document. */
export interface LabReading extends Reading {
  readonly lab?: Lab;
}

/** Reads a Lab document and the files that it names. An author's mistake is a diagnostic with its place, never an exception. */
export function readLab(text: string, { file, readFile }: ReadOptions): LabReading {
  const { reader, diagnostics } = openDocument(text, file);
  if (reader === undefined) return { diagnostics, warnings: [] };
  const document = labDocument.read(reader.root, reader);
  if (document === undefined || reader.diagnostics.length > 0) {
    return { diagnostics: reader.diagnostics, warnings: [] };
  }
  const { metadata, spec } = document;
  const at = inside(reader.root, ["spec"], reader);
  const folder = new LabFolder(reader, at, readFile);
  const { name } = metadata;
  const built = buildFrom(spec.scenario, inside(at, ["scenario"], reader), reader, {
    name,
    readFile: folder.read,
  });
  const applied = { ...folder.texts };
  const lab = { id: name, ...texts(spec, folder), files: applied };
  if (spec.mode === "deploy") {
    spec.files.forEach((file, i) => {
      if (Object.hasOwn(applied, `start/${file}`)) return;
      reader.report(
        inside(at, ["files", i], reader),
        `no step of the scenario applies start/${file}, so the learner's text would change nothing`,
      );
    });
  }
  const wrong = [...new Set([...reader.diagnostics, ...built.diagnostics])];
  return wrong.length > 0
    ? { diagnostics: wrong, warnings: built.warnings }
    : { lab, diagnostics: [], warnings: built.warnings };
}

function texts(spec: LabSpec, folder: LabFolder): Omit<Lab, "id" | "files"> {
  const { title, summary, minutes, order, chapter, mode, scenario, checks, hints } = spec;
  const start = spec.files.map((name, i) => folder.file(["files", i], "start", name));
  return {
    title,
    summary,
    minutes,
    order,
    ...(chapter === undefined ? {} : { chapter }),
    task: {
      en: folder.text(["task", "en"], spec.task.en),
      ko: folder.text(["task", "ko"], spec.task.ko),
    },
    mode,
    beginMs: spec.begin ?? firstStepAfterStart(spec),
    scenario,
    start,
    solution: folder.workedOut(["solution"], "solution", start, spec.solution.commands),
    checks,
    hints,
    answers: spec.answers.map(({ name, fails, when, hint, commands }, i) => ({
      name,
      fails,
      when,
      hint,
      ...folder.workedOut(["answers", i, "name"], `answers/${name}`, start, commands),
    })),
  };
}

/** When the scenario goes on after its start; the middle of the run where nothing is done later. */
function firstStepAfterStart({ scenario }: LabSpec): number {
  const later = scenario.steps.map(({ atMs }) => atMs).filter((atMs) => atMs > 0);
  return later.length > 0 ? Math.min(...later) : Math.round(scenario.duration / 2);
}

/** The lab's folder; keeps the texts that have been read from it. */
class LabFolder {
  readonly texts: Record<string, string> = {};
  private readonly reader: DocumentReader;
  private readonly at: Place;
  private readonly readFile: ReadFile;

  constructor(reader: DocumentReader, at: Place, readFile: ReadFile) {
    this.reader = reader;
    this.at = at;
    this.readFile = readFile;
  }

  readonly read: ReadFile = (path) => {
    const content = this.readFile(path);
    if (typeof content === "string") this.texts[normalize(path)] = content;
    return content;
  };

  /** A file of the editor as it stands in a folder of the lab. */
  file(field: Field, folder: string, name: string): LabFile {
    return { name, text: this.text(field, `${folder}/${name}`) };
  }

  /** The files of a folder, those that it lacks as at the start, and the lines typed with them. One of the two has to be there. */
  workedOut(
    field: Field,
    folder: string,
    start: readonly LabFile[],
    commands: LabSpec["solution"]["commands"],
  ): WorkedOut {
    const own = new Set(this.names(folder));
    const files = start.map((file) =>
      own.has(file.name) ? this.file(field, folder, file.name) : file,
    );
    const known = new Set(start.map(({ name }) => name));
    for (const name of own) {
      if (!known.has(name)) this.fault(field, `${folder}/${name} is no file of the lab's editor`);
    }
    if (own.size === 0 && commands.length === 0) {
      this.fault(field, `there is no file in ${folder}/, and nothing is typed: it does nothing`);
    }
    return { files, commands };
  }

  /** The text of the file that a field names; reports when it can't be had. */
  text(field: Field, path: string): string {
    const content = this.readFile(path);
    if (typeof content === "string") {
      if (content.trim() === "") this.fault(field, `${path} is empty`);
      return content;
    }
    if (content === undefined) this.fault(field, `there is no file ${path}`);
    else if ("refused" in content) this.fault(field, `${path} ${content.refused}`);
    else this.fault(field, `${path} is a folder; a file is wanted`);
    return "";
  }

  private names(folder: string): readonly string[] {
    const content = this.readFile(folder);
    return typeof content === "object" && "names" in content ? content.names : [];
  }

  private fault(field: Field, message: string): void {
    this.reader.report(inside(this.at, field, this.reader), message);
  }
}

type Field = readonly (string | number)[];
