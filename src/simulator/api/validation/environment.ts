/* Environment variables of containers: ValidateEnv and ValidateEnvFrom in pkg/apis/core/validation/validation.go. */
import type { FieldError } from "../status-error.ts";
import type { Container, EnvVar } from "../types.ts";
import { FIELDS_OF_VARIABLES, validateFieldRef, validateResourceFieldRef } from "./downward-api.ts";
import { invalid, invalidEach, required } from "./field-errors.ts";
import {
  configMapKey,
  dns1123Subdomain,
  environmentVariableName,
  strictEnvironmentVariableName,
} from "./names.ts";

const nameRule = (strict: boolean) =>
  strict ? strictEnvironmentVariableName : environmentVariableName;

/** ValidateEnv. */
export function validateEnv(
  variables: readonly EnvVar[],
  path: string,
  strict: boolean,
): FieldError[] {
  return variables.flatMap((variable, i) => {
    const at = `${path}[${i}]`;
    const name = variable.name ?? "";
    const errors =
      name === ""
        ? [required(`${at}.name`)]
        : invalidEach(`${at}.name`, name, nameRule(strict)(name));
    return [...errors, ...validateValueFrom(variable, `${at}.valueFrom`)];
  });
}

function validateValueFrom({ value, valueFrom }: EnvVar, path: string): FieldError[] {
  if (valueFrom === undefined || valueFrom === null) return [];
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = valueFrom;
  const errors: FieldError[] = [];
  if (fieldRef) {
    errors.push(...validateFieldRef(fieldRef, FIELDS_OF_VARIABLES, `${path}.fieldRef`));
  }
  if (resourceFieldRef) {
    errors.push(...validateResourceFieldRef(resourceFieldRef, false, `${path}.resourceFieldRef`));
  }
  if (configMapKeyRef) errors.push(...validateKeyRef(configMapKeyRef, `${path}.configMapKeyRef`));
  if (secretKeyRef) errors.push(...validateKeyRef(secretKeyRef, `${path}.secretKeyRef`));
  const sources = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef].filter(Boolean);
  if (sources.length === 0) {
    const detail =
      "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`";
    errors.push(invalid(path, "", detail));
  } else if (value) {
    errors.push(invalid(path, "", "may not be specified when `value` is not empty"));
  } else if (sources.length > 1) {
    errors.push(invalid(path, "", "may not have more than one field specified at a time"));
  }
  return errors;
}

function validateKeyRef(
  { name = "", key = "" }: { readonly name?: string; readonly key: string },
  path: string,
): FieldError[] {
  return [
    ...invalidEach(`${path}.name`, name, dns1123Subdomain(name)),
    ...(key === ""
      ? [required(`${path}.key`)]
      : invalidEach(`${path}.key`, key, configMapKey(key))),
  ];
}

/** ValidateEnvFrom; the errors about the number of sources stand at the list, not at its element. */
export function validateEnvFrom(
  sources: NonNullable<Container["envFrom"]>,
  path: string,
  strict: boolean,
): FieldError[] {
  return sources.flatMap(({ prefix, configMapRef, secretRef }, i) => {
    const at = `${path}[${i}]`;
    const errors = prefix ? invalidEach(`${at}.prefix`, prefix, nameRule(strict)(prefix)) : [];
    for (const [field, ref] of Object.entries({ configMapRef, secretRef })) {
      if (!ref) continue;
      const nameAt = `${at}.${field}.name`;
      if (!ref.name) errors.push(required(nameAt));
      else errors.push(...invalidEach(nameAt, ref.name, dns1123Subdomain(ref.name)));
    }
    if (!configMapRef && !secretRef) {
      errors.push(invalid(path, "", "must specify one of: `configMapRef` or `secretRef`"));
    } else if (configMapRef && secretRef) {
      errors.push(invalid(path, "", "may not have more than one field specified at a time"));
    }
    return errors;
  });
}
