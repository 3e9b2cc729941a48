/** The first of two ports; another can be named, so that two checkouts test at the same time. */
const port = Number(process.env["ROLLOUT_LAB_PORT"] ?? 4391);

/** The two builds that the browser tests visit: one at a host's root, one below a path. */
export const builtSites = {
  root: { folder: "dist", base: "/", port },
  underBase: { folder: ".cache/site-under-base", base: "/docs/rollouts/", port: port + 1 },
} as const;

/** Where a built site is served while the tests run, with its base path and a slash at the end. */
export function addressOf(site: { readonly base: string; readonly port: number }): string {
  return `http://127.0.0.1:${site.port}${site.base}`;
}
