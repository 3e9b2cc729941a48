/* What a Secret of a certain type must hold: ValidateSecret in pkg/apis/core/validation/validation.go. */
import type { FieldError } from "../status-error.ts";
import type { Secret } from "../types.ts";
import { fromBase64 } from "../base64.ts";
import { jsonObjectProblem } from "../schema/json-syntax.ts";
import { invalid, required } from "./field-errors.ts";

/** Keys that must be there, by type. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/dockercfg": [".dockercfg"],
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
};

const ACCOUNT_NAME = "kubernetes.io/service-account.name";

/** The type's own rules; a type that Kubernetes does not know has none. */
export function validateSecretType({ type = "", data = {}, metadata }: Secret): FieldError[] {
  const missing = (keys: readonly string[]) =>
    keys.filter((key) => data[key] === undefined).map((key) => required(`data[${key}]`));
  switch (type) {
    case "kubernetes.io/service-account-token":
      return metadata.annotations?.[ACCOUNT_NAME]
        ? []
        : [required(`metadata.annotations[${ACCOUNT_NAME}]`)];
    case "kubernetes.io/basic-auth": {
      // One of the two is enough.
      const both = missing(["username", "password"]);
      return both.length === 2 ? both : [];
    }
    case "kubernetes.io/ssh-auth":
      // An empty key is none.
      return data["ssh-privatekey"] ? [] : [required("data[ssh-privatekey]")];
    default:
      return [...missing(KEYS[type] ?? []), ...validateDockerConfig(type, data)];
  }
}

/** How to log in to registries is JSON; what stands there is not told. */
function validateDockerConfig(type: string, data: NonNullable<Secret["data"]>): FieldError[] {
  const [key = ""] = type.startsWith("kubernetes.io/dockerc") ? (KEYS[type] ?? []) : [];
  const config = data[key];
  const problem = config === undefined ? undefined : jsonObjectProblem(fromBase64(config));
  return problem === undefined
    ? []
    : [invalid(`data[${key}]`, "<secret contents redacted>", problem)];
}
