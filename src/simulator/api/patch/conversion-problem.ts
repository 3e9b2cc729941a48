/** Go's kinds of what JSON holds. */
const GO_KINDS: Readonly<Record<string, string>> = {
  number: "int64",
  array: "slice",
  object: "map",
};

/**
 * A patched object is not decoded from JSON but converted (apimachinery runtime/converter.go fromUnstructured), which has words of its
 * own for a wrong type.
 */
export function conversionProblem(message: string): string {
  const match = /^json: cannot unmarshal (\w+)( \S+)? into .* of type (\S+)$/.exec(message);
  if (match === null) return message;
  const [, given = "", amount, wanted = ""] = match;
  const kind = amount?.includes(".") ? "float64" : (GO_KINDS[given] ?? given);
  if (wanted.startsWith("[]")) return `cannot restore slice from ${kind}`;
  if (wanted.startsWith("map[")) return `cannot restore map from ${kind}`;
  const base = /^(string|bool|int32|int64)$/.test(wanted) ? wanted : undefined;
  if (base === undefined) return `cannot restore struct from: ${kind}`;
  const convertible = /64$/.test(kind) && base !== "bool";
  return convertible ? `cannot convert ${kind} to ${base}` : `unrecognized type: ${base}`;
}
