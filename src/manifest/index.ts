export { diagnose, type DiagnoseOptions } from "./diagnose.ts";
export type { Bilingual, Diagnostic, DiagnosticCode, Range } from "./diagnostic.ts";
export { LineMap } from "./diagnostic.ts";
export { parseManifest, type Manifest, type ManifestDocument } from "./documents.ts";
export { findKind, type KnownKind } from "./known-kinds.ts";
export { DOCUMENTS_MAX, MANIFEST_SIZE_MAX, REPLICAS_MAX } from "./limits.ts";
export { locate } from "./locate.ts";
