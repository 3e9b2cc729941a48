export { compare, type Comparison } from "./comparison.ts";
export { FilesEditor } from "./files-editor.ts";
export { ManifestEditor, type EditorOptions } from "./manifest-editor.ts";
export type { Problem } from "./problem.ts";
