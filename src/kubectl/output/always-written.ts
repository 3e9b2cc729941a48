import { structByName, type Field, type KubernetesObject } from "../../simulator/index.ts";

type Plain = Readonly<Record<string, unknown>>;

/**
 * An object of that struct with the fields that Go writes though they are empty: `resources: {}`, `creationTimestamp: null`. encoding/json leaves out
 * what is marked so, but no struct, and a Time and a Quantity are such.
 */
export function alwaysWritten(object: KubernetesObject, struct: string): KubernetesObject {
  return fill(struct, object as unknown as Plain) as unknown as KubernetesObject;
}

function fill(structName: string, value: Plain): Plain {
  const filled: Record<string, unknown> = { ...value };
  for (const field of structByName(structName).fields.values()) {
    const given = value[field.name];
    const made = given === undefined ? emptyOf(field) : within(field.type, given);
    if (made !== undefined) filled[field.name] = made;
  }
  return filled;
}

function within(type: Field["type"], value: unknown): unknown {
  if (type.kind === "struct" && isPlain(value)) return fill(type.name, value);
  if (type.kind === "list" && Array.isArray(value)) {
    return value.map((item: unknown) => within(type.element, item));
  }
  if (type.kind === "map" && isPlain(value) && type.element.kind === "struct") {
    const entries = Object.entries(value).map(([key, item]) => [key, within(type.element, item)]);
    return Object.fromEntries(entries) as Plain;
  }
  return value;
}

/** What stands for a field that is not set; undefined where nothing does. */
function emptyOf({ type, pointer, omitEmpty }: Field): unknown {
  if (pointer) return undefined;
  if (type.kind === "struct") return fill(type.name, {});
  if (type.kind === "time" || type.kind === "micro-time") return null;
  if (type.kind === "quantity") return "0";
  if (omitEmpty) return undefined;
  switch (type.kind) {
    case "string":
      return "";
    case "bool":
      return false;
    case "int32":
    case "int64":
    case "int-or-string":
      return 0;
    default:
      return null;
  }
}

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
