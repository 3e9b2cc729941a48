/*
 * What a manifest may be. The limits keep the page responsive; a real API server takes up to 3 MiB in one request and 1.5 MiB in one
 * object.
 */

/** Characters of one manifest text. */
export const MANIFEST_SIZE_MAX = 1024 * 1024;

/** Documents in one manifest text. */
export const DOCUMENTS_MAX = 500;

/** Replicas of one workload. */
export const REPLICAS_MAX = 10_000;
