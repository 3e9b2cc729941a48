import { diagnose, parseManifest } from "../manifest/index.ts";
import { describe, type Diagnostic } from "./schema/diagnostic.ts";

/** The objects of a manifest, what the API server would refuse in it, and what it would warn of. */
export interface ManifestReading {
  readonly objects: readonly unknown[];
  readonly diagnostics: readonly Diagnostic[];
  readonly warnings: readonly string[];
}

/** Reads a manifest that is going to be applied. */
export function readManifest(text: string, file: string): ManifestReading {
  const found = diagnose(text).map(({ severity, message, path: field = "", range }) => {
    const { line, column } = range;
    const rest = message.startsWith(`${field}: `) ? message.slice(field.length + 2) : message;
    return { severity, place: { file, line, column, field, message: rest } };
  });
  const of = (severity: string) => found.filter((one) => one.severity === severity);
  return {
    objects: parseManifest(text)
      .documents.map(({ object }) => object)
      .filter((object) => object !== null && object !== undefined),
    diagnostics: of("error").map(({ place }) => place),
    warnings: of("warning").map(({ place }) => describe(place)),
  };
}
