/*
 * The API's types as a compact table: what encoding/json needs to know of a Go struct to decode into it and to word its errors. A
 * table is text, one struct a paragraph:
 *
 *     DeploymentSpec                    the struct's name in Go
 *       replicas *int32                 a pointer: zero is kept, and is not the same as absent
 *       selector! *LabelSelector        `!`: no omitempty, the field is always written
 *       strategy DeploymentStrategy retainKeys     strategic merge: keys that a patch leaves out go
 *       containers! []Container name    strategic merge: the elements are merged by `name`
 *       volumes []Volume name,retainKeys           both at once
 *       selector *LabelSelector replace            strategic merge: it is replaced as a whole
 *     + ProbeHandler                    the fields of an embedded struct
 *     string PullPolicy RestartPolicy   named string types
 *     type ResourceList map[string]Quantity        a named type
 *     package v2 io.k8s.api.batch       Go's package of the names that follow, and what stands before it in OpenAPI
 *     core.EndpointPort                 a struct whose name another has too: what stands before the dot is ours alone
 */

export type ScalarKind =
  | "string"
  | "bool"
  | "int32"
  | "int64"
  | "bytes"
  | "quantity"
  | "int-or-string"
  | "time"
  | "micro-time"
  | "raw";

/** A type of a field; `go` is its name as Go's reflection prints it: `v1.PullPolicy`, `[]v1.Container`. */
export type FieldType =
  | { readonly kind: ScalarKind; readonly go: string }
  | { readonly kind: "struct"; readonly go: string; readonly name: string }
  | { readonly kind: "list" | "map"; readonly go: string; readonly element: FieldType };

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly pointer: boolean;
  /** Left out of JSON when it has the zero value. Structs by value are written always. */
  readonly omitEmpty: boolean;
  /** patchMergeKey of a list of structs; empty for a list of scalars that is merged as a set. */
  readonly mergeKey?: string;
  /** patchStrategy retainKeys. */
  readonly retainKeys?: boolean;
  /** patchStrategy replace of a struct: a patch has it whole. */
  readonly isReplaced?: boolean;
}

export interface Struct {
  readonly name: string;
  /** Its name in OpenAPI: `io.k8s.api.apps.v1.DeploymentSpec`. */
  readonly openApi: string;
  readonly fields: ReadonlyMap<string, Field>;
}

export type StructTable = ReadonlyMap<string, Struct>;

const SCALARS: Readonly<Record<string, FieldType>> = {
  string: { kind: "string", go: "string" },
  bool: { kind: "bool", go: "bool" },
  int32: { kind: "int32", go: "int32" },
  int64: { kind: "int64", go: "int64" },
  "[]byte": { kind: "bytes", go: "[]uint8" },
  Quantity: { kind: "quantity", go: "resource.Quantity" },
  IntOrString: { kind: "int-or-string", go: "intstr.IntOrString" },
  Time: { kind: "time", go: "v1.Time" },
  MicroTime: { kind: "micro-time", go: "v1.MicroTime" },
  UID: { kind: "string", go: "types.UID" },
  Raw: { kind: "raw", go: "runtime.RawExtension" },
};

/** Reads tables of the form above. A mistake in a table is our own bug and throws. */
export function parseStructTable(...tables: string[]): StructTable {
  const names = new Map<string, FieldType>(Object.entries(SCALARS));
  const structs = new Map<string, Struct & { fields: Map<string, Field> }>();
  let current: (Struct & { fields: Map<string, Field> }) | undefined;
  let prefix = "";
  let api = "";
  for (const line of tables.flatMap((table) => table.split("\n"))) {
    const words = line.trim().split(/ +/);
    const [first = "", second = "", third] = words;
    if (first === "") continue;
    if (line.startsWith(" ")) {
      const field = parseField(names, prefix, first, second, third);
      current!.fields.set(field.name, field);
    } else if (first === "+") {
      for (const field of structs.get(second)!.fields.values())
        current!.fields.set(field.name, field);
    } else if (first === "package") {
      prefix = second;
      api = third!;
    } else if (first === "string") {
      for (const name of words.slice(1))
        names.set(name, { kind: "string", go: `${prefix}.${name}` });
    } else if (first === "type") {
      names.set(second, { ...parseType(names, prefix, third!), go: `${prefix}.${second}` });
    } else {
      const name = goName(first);
      const openApi = `${api}.${prefix}.${name}`;
      current = Object.freeze({ name, openApi, fields: new Map<string, Field>() });
      structs.set(first, current);
    }
  }
  return structs;
}

function parseField(
  names: ReadonlyMap<string, FieldType>,
  prefix: string,
  name: string,
  type: string,
  patch: string | undefined,
): Field {
  const pointer = type.startsWith("*");
  const omitEmpty = !name.endsWith("!");
  return Object.freeze({
    name: omitEmpty ? name : name.slice(0, -1),
    type: parseType(names, prefix, pointer ? type.slice(1) : type),
    pointer,
    omitEmpty,
    ...parsePatch(patch),
  });
}

const STRATEGIES = ["retainKeys", "replace", ""];

function parsePatch(patch = ""): Pick<Field, "mergeKey" | "retainKeys" | "isReplaced"> {
  const words = patch.split(",");
  const key = words.find((word) => !STRATEGIES.includes(word));
  return {
    ...(words.includes("retainKeys") ? { retainKeys: true } : {}),
    ...(words.includes("replace") ? { isReplaced: true } : {}),
    ...(key === undefined ? {} : { mergeKey: key === "set" ? "" : key }),
  };
}

function parseType(names: ReadonlyMap<string, FieldType>, prefix: string, text: string): FieldType {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (text.startsWith("[]")) {
    const element = parseType(names, prefix, text.slice(2));
    return { kind: "list", go: `[]${element.go}`, element };
  }
  if (text.startsWith("map[string]")) {
    const element = parseType(names, prefix, text.slice("map[string]".length));
    return { kind: "map", go: `map[string]${element.go}`, element };
  }
  return { kind: "struct", go: `${prefix}.${goName(text)}`, name: text };
}

function goName(text: string): string {
  return text.slice(text.lastIndexOf(".") + 1);
}
