import type { CheckedFile, GivenObject } from "../input/read-input.ts";
import { keyOf } from "../plan/units.ts";
import type { Edit } from "../remedy/edit.ts";
import { editText } from "./edit-text.ts";
import { strategicMergePatch } from "./strategic-merge.ts";
import { unifiedDiff } from "./unified-diff.ts";

/** A change of manifests as people apply it. */
export interface PatchText {
  /** Of all files that change, for `git apply` and `patch -p1`. */
  readonly diff: string;
  /** The changed files as they are then. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** For each object that changes, for `kubectl patch --patch-file`. */
  readonly strategicMerge: readonly { readonly object: string; readonly patch: string }[];
}

/** Writes edits as patches of the files in which their objects stand. */
export function patchText(
  files: readonly CheckedFile[],
  objects: readonly GivenObject[],
  edits: readonly Edit[],
): PatchText {
  const changed = files.flatMap(({ name, text }) => {
    let after = text;
    for (const { object, path, value } of edits) {
      const origin = objects.find((given) => keyOf(given) === object)?.origin;
      if (origin?.file === name) after = editText(after, origin, path, value);
    }
    return after === text ? [] : [{ name, before: text, text: after }];
  });
  return {
    diff: changed.map(({ name, before, text }) => unifiedDiff(name, before, text)).join(""),
    files: changed.map(({ name, text }) => ({ name, text })),
    strategicMerge: objects.flatMap((given) => {
      const own = edits.filter(({ object }) => object === keyOf(given));
      if (own.length === 0) return [];
      const object = `${given.kind.toLowerCase()}/${given.name}`;
      return [{ object, patch: strategicMergePatch(given, own) }];
    }),
  };
}
