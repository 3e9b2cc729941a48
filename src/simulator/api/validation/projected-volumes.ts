/* Projected volumes: validateProjectionSources in pkg/apis/core/validation/validation.go. Simplified: no cluster trust bundles. */
import type { FieldError } from "../status-error.ts";
import type { VolumeProjection } from "../types.ts";
import { forbidden, invalid, required } from "./field-errors.ts";
import { localPath, validateDownwardFile, validateKeyToPath } from "./files.ts";

/** A token must live for ten minutes at least. */
const TOKEN_SECONDS_MIN = 600;
const TOKEN_SECONDS_MAX = 4_294_967_296;

/** `path` is that of the volume's source; some of the errors stand there, as upstream has it. */
export function validateProjections(
  sources: readonly VolumeProjection[],
  path: string,
): FieldError[] {
  const paths = new Set<string>();
  const errors: FieldError[] = [];
  const claim = (file: string | undefined, owner: string) => {
    if (!file) return;
    if (paths.has(file)) errors.push(invalid(path, owner, "conflicting duplicate paths"));
    paths.add(file);
  };
  sources.forEach((source, i) => {
    const at = `${path}.sources[${i}]`;
    for (const field of ["secret", "configMap"] as const) {
      const files = source[field];
      if (files === undefined) continue;
      if (!files.name) errors.push(required(`${at}.${field}.name`));
      (files.items ?? []).forEach((item, j) => {
        errors.push(...validateKeyToPath(item, `${at}.${field}.items[${j}]`));
        claim(item.path, files.name ?? "");
      });
    }
    for (const file of source.downwardAPI?.items ?? []) {
      errors.push(...validateDownwardFile(file, `${at}.downwardAPI`));
      claim(file.path, file.path ?? "");
    }
    errors.push(...validateToken(source, path, at));
    claim(source.serviceAccountToken?.path, source.serviceAccountToken?.path ?? "");
    if (Object.values(source).filter((value) => value !== undefined).length > 1) {
      errors.push(forbidden(at, "may not specify more than 1 volume type"));
    }
  });
  return errors;
}

function validateToken(
  { serviceAccountToken: token }: VolumeProjection,
  path: string,
  at: string,
): FieldError[] {
  if (token === undefined) return [];
  const { expirationSeconds: seconds = 0 } = token;
  const field = `${at}.serviceAccountToken.expirationSeconds`;
  const errors: FieldError[] = [];
  if (seconds < TOKEN_SECONDS_MIN) {
    errors.push(invalid(field, seconds, "may not specify a duration less than 10 minutes"));
  }
  if (seconds > TOKEN_SECONDS_MAX) {
    errors.push(invalid(field, seconds, "may not specify a duration larger than 2^32 seconds"));
  }
  return [
    ...errors,
    ...(token.path ? localPath(token.path, `${path}.path`) : [required(`${path}.path`)]),
  ];
}
