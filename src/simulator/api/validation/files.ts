/* Files that volumes put into containers: paths, modes and what they hold (pkg/apis/core/validation/validation.go). */
import type { FieldError } from "../status-error.ts";
import type { DownwardAPIVolumeFile, KeyToPath } from "../types.ts";
import { FIELDS_OF_FILES, validateFieldRef, validateResourceFieldRef } from "./downward-api.ts";
import { invalid, required } from "./field-errors.ts";

/** Permission bits of a file. */
export function validateMode(mode: number | undefined, path: string): FieldError[] {
  if (mode === undefined || mode === null || (mode >= 0 && mode <= 0o777)) return [];
  return [invalid(path, mode, "must be a number between 0 and 0777 (octal), both inclusive")];
}

/** validatePathNoBacksteps. */
export function noBacksteps(value: string, path: string): FieldError[] {
  return value.split("/").includes("..") ? [invalid(path, value, "must not contain '..'")] : [];
}

/** validateLocalDescendingPath. */
export function descendingPath(value: string, path: string): FieldError[] {
  const errors = value.startsWith("/") ? [invalid(path, value, "must be a relative path")] : [];
  return [...errors, ...noBacksteps(value, path)];
}

/** validateLocalNonReservedPath: names that begin with two dots belong to the kubelet. */
export function localPath(value: string, path: string): FieldError[] {
  const errors = descendingPath(value, path);
  if (value.startsWith("..") && !value.startsWith("../")) {
    errors.push(invalid(path, value, "must not start with '..'"));
  }
  return errors;
}

/** validateKeyToPath. */
export function validateKeyToPath(item: KeyToPath, path: string): FieldError[] {
  return [
    ...(item.key ? [] : [required(`${path}.key`)]),
    ...(item.path ? localPath(item.path, `${path}.path`) : [required(`${path}.path`)]),
    ...validateMode(item.mode, `${path}.mode`),
  ];
}

/** validateDownwardAPIVolumeFile; upstream names the list and not the file in its paths. */
export function validateDownwardFile(file: DownwardAPIVolumeFile, path: string): FieldError[] {
  const { fieldRef, resourceFieldRef, mode } = file;
  const errors = file.path ? localPath(file.path, `${path}.path`) : [required(`${path}.path`)];
  if (fieldRef !== undefined) {
    errors.push(...validateFieldRef(fieldRef, FIELDS_OF_FILES, `${path}.fieldRef`));
    if (resourceFieldRef !== undefined) {
      const detail = "fieldRef and resourceFieldRef can not be specified simultaneously";
      errors.push(invalid(path, "resource", detail));
    }
  } else if (resourceFieldRef !== undefined) {
    errors.push(...validateResourceFieldRef(resourceFieldRef, true, `${path}.resourceFieldRef`));
  } else {
    errors.push(required(path, "one of fieldRef and resourceFieldRef is required"));
  }
  return [...errors, ...validateMode(mode, `${path}.mode`)];
}
