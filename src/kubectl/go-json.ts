/** Encodes a value as Go's encoding/json does: keys in order, and `<`, `>` and `&` escaped. */
export function goJson(value: unknown): string {
  return encode(value).replace(/[<>&\u2028\u2029]/g, escape);
}

function encode(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(encode).join(",")}]`;
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const keys = Object.keys(value).filter((key) => (value as Plain)[key] !== undefined);
  const members = keys
    .sort()
    .map((key) => `${JSON.stringify(key)}:${encode((value as Plain)[key])}`);
  return `{${members.join(",")}}`;
}

type Plain = Readonly<Record<string, unknown>>;

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
