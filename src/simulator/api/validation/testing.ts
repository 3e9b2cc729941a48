/* What the API server says of an object that is to be created, as lines, for tables. */
import { judgeCreate } from "../resources/judge.ts";
import { resourceByKind } from "../resources/index.ts";

interface Typed {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: object;
  readonly spec?: object;
}

/** `spec.replicas: Invalid value: …`, a line an error; of what passes, its warnings. */
export function verdict(object: Typed): readonly string[] {
  const definition = resourceByKind(object.apiVersion, object.kind);
  if (definition === undefined) throw new Error(`No kind ${object.kind} in ${object.apiVersion}`);
  const { decoded, errors, warnings } = judgeCreate(definition, object);
  if (decoded.typeError !== undefined) return [decoded.typeError.message];
  if (decoded.unknownFields.length > 0) return decoded.unknownFields.map(({ message }) => message);
  if (errors.length > 0) return errors.map(({ field, detail }) => `${field}: ${detail}`);
  return warnings.map((warning) => `Warning: ${warning}`);
}

/** A pod of one container, with other fields of its spec. */
export function podWith(spec: object): Typed & { readonly spec: object } {
  const containers = [{ name: "web", image: "web:1" }];
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web" },
    spec: { containers, ...spec },
  };
}

/** A pod whose container has other fields. */
export const containerWith = (fields: object) =>
  podWith({ containers: [{ name: "web", image: "web:1", ...fields }] });
