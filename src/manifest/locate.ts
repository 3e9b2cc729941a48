/* From the path of a field to its place in the text. */
import type { ManifestDocument } from "./documents.ts";
import type { LineMap, Range } from "./diagnostic.ts";
import type { YamlMapping, YamlNode } from "./yaml/parser.ts";

/** Paths that the API server prints, where the manifest has something else. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  labels: ["metadata", "labels"],
  annotations: ["metadata", "annotations"],
  clusterIPs: ["clusterIP"],
  LoadBalancerSourceRanges: ["loadBalancerSourceRanges"],
};

interface Found {
  /** Key of the last field that is there. */
  readonly key?: YamlNode;
  readonly node: YamlNode;
  /** Is the whole path there? */
  readonly complete: boolean;
}

/**
 * The narrowest place for a path: the value, the key where the value has many lines, or the key of the closest parent when the field is
 * missing. `value` narrows a map down to the entry with that key or value.
 */
export function locate(
  document: ManifestDocument,
  lines: LineMap,
  path: string,
  options: { readonly preferKey?: boolean; readonly value?: string } = {},
): Range {
  const { node, from } = document;
  if (node === undefined) return lines.range(from, from);
  const found = follow(node, undefined, path);
  const entry = options.value === undefined ? undefined : entryOf(found.node, options.value);
  const target = entry ?? (useKey(found, options.preferKey ?? false) ? found.key! : found.node);
  if (target === found.node && found.node === node && found.key === undefined) {
    const first = node.kind === "mapping" ? node.pairs[0]?.key : undefined;
    const at = first ?? node;
    return lines.range(from + at.start.index, from + at.end.index);
  }
  return lines.range(from + target.start.index, from + target.end.index);
}

function useKey({ key, node, complete }: Found, preferKey: boolean): boolean {
  if (key === undefined) return false;
  return preferKey || !complete || node.kind !== "scalar" || node.start.index === node.end.index;
}

function follow(given: YamlNode, key: YamlNode | undefined, path: string): Found {
  const node = given.kind === "alias" ? given.target.node : given;
  if (path === "") return { key, node: given, complete: true };
  if (path.startsWith("[")) {
    const end = path.indexOf("]");
    const inside = path.slice(1, end);
    const rest = path.slice(end + 1);
    if (node.kind === "sequence") {
      const item = node.items[Number(inside)];
      return item === undefined
        ? { key, node: given, complete: false }
        : follow(item, firstKey(item), rest);
    }
    return child(node, inside, rest, key, given);
  }
  const plain = path.startsWith(".") ? path.slice(1) : path;
  const end = plain.search(/[.[]/);
  if (end < 0) return child(node, plain, "", key, given);
  const whole = child(node, plain, "", key, given);
  if (whole.complete) return whole;
  return child(node, plain.slice(0, end), plain.slice(end), key, given);
}

function firstKey(item: YamlNode): YamlNode | undefined {
  return item.kind === "mapping" ? item.pairs[0]?.key : item;
}

function child(
  node: YamlNode,
  name: string,
  rest: string,
  key: YamlNode | undefined,
  given: YamlNode,
): Found {
  if (node.kind === "mapping") {
    const pair = pairOf(node, name);
    if (pair !== undefined) return follow(pair.value, pair.key, rest);
    const other = OTHER_NAMES[name];
    if (other !== undefined && pairOf(node, other[0]!) !== undefined) {
      return follow(node, key, `${other.join(".")}${name === "clusterIPs" ? "" : rest}`);
    }
  }
  return { key, node: given, complete: false };
}

/** The last entry of that key, which is the one that counts. */
function pairOf({ pairs }: YamlMapping, name: string): YamlMapping["pairs"][number] | undefined {
  return pairs.findLast(({ key }) => key.kind === "scalar" && key.value === name);
}

function entryOf(node: YamlNode, value: string): YamlNode | undefined {
  if (node.kind !== "mapping") return undefined;
  for (const pair of node.pairs) {
    if (pair.key.kind === "scalar" && pair.key.value === value) return pair.key;
    if (pair.value.kind === "scalar" && pair.value.value === value) return pair.value;
  }
  return undefined;
}
