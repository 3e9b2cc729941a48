/* What the API server warns of in volumes: pkg/api/pod/warnings.go. */
import { goQuote } from "../schema/go-text.ts";
import type { Volume, VolumeProjection } from "../types.ts";

/** Sources that nothing mounts any more, with the names that upstream gives them, in its order. */
const GONE: Readonly<Record<string, readonly [name: string, what: string]>> = {
  photonPersistentDisk: ["photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"],
  gitRepo: ["gitRepo", "deprecated in v1.11"],
  scaleIO: ["scaleIO", "deprecated in v1.16, non-functional in v1.22+"],
  flocker: ["flocker", "deprecated in v1.22, non-functional in v1.25+"],
  storageos: ["storageOS", "deprecated in v1.22, non-functional in v1.25+"],
  quobyte: ["quobyte", "deprecated in v1.22, non-functional in v1.25+"],
  glusterfs: ["glusterfs", "deprecated in v1.25, non-functional in v1.26+"],
  cephfs: ["cephfs", "deprecated in v1.28, non-functional in v1.31+"],
  rbd: ["rbd", "deprecated in v1.28, non-functional in v1.31+"],
};

/** Sources of old, and files that hide one another. */
export function volumeWarnings(volumes: readonly Volume[] = [], path: string): string[] {
  const old = volumes.flatMap((volume, i) =>
    Object.entries(GONE)
      .filter(([source]) => source in volume)
      .map(([, [name, what]]) => `${path}[${i}].${name}: ${what}`),
  );
  return [...old, ...volumes.flatMap(overlapsIn)];
}

const pathsOf = (items: readonly { readonly path?: string }[]) =>
  items.map(({ path = "" }) => path);

/** warningsForOverlappingVirtualPaths */
function overlapsIn({ name, configMap, secret, downwardAPI, projected }: Volume): string[] {
  const about = (what: string) => `volume ${goQuote(name)} (${what}): overlapping paths`;
  const told = (items: readonly { readonly path?: string }[] | undefined, what: string) =>
    items === undefined ? [] : overlaps(pathsOf(items), about(what));
  const warnings = [
    ...told(configMap?.items, `ConfigMap ${goQuote(configMap?.name ?? "")}`),
    ...told(secret?.items, `Secret ${goQuote(secret?.secretName ?? "")}`),
    ...told(downwardAPI?.items, "DownwardAPI"),
  ];
  const all = new Set<string>();
  for (const source of projected?.sources ?? []) {
    if (Object.keys(source).length === 0) {
      warnings.push(`volume ${goQuote(name)} (Projected) has no sources provided`);
      continue;
    }
    const { paths, what } = projectedPaths(source);
    if (paths.length === 0) continue;
    const unique = new Set(paths);
    const ordered = [...unique, ...all].sort();
    warnings.push(...overlaps(paths, about(what)), ...overlaps(ordered, about(what)));
    for (const path of unique) all.add(path);
  }
  return warnings;
}

function projectedPaths({ configMap, secret, downwardAPI, serviceAccountToken }: VolumeProjection) {
  if (configMap?.items !== undefined) {
    const what = `Projected ConfigMap ${goQuote(configMap.name ?? "")}`;
    return { paths: pathsOf(configMap.items), what };
  }
  if (secret?.items !== undefined) {
    return { paths: pathsOf(secret.items), what: `Projected Secret ${goQuote(secret.name ?? "")}` };
  }
  if (downwardAPI?.items !== undefined) {
    return { paths: pathsOf(downwardAPI.items), what: "Projected DownwardAPI" };
  }
  const paths = serviceAccountToken === undefined ? [] : [serviceAccountToken.path ?? ""];
  return { paths, what: "Projected ServiceAccountToken" };
}

/** checkVolumeMappingForOverlap; upstream asks whether one path begins with the other, not whether it is a folder of it. */
function overlaps(paths: readonly string[], about: string): string[] {
  const seen = new Set<string>();
  return paths.flatMap((given) => {
    const path = given.replace(/\/+$/, "");
    const other = [...seen].find(
      (one) =>
        path !== "" && one !== "" && (`${one}/`.startsWith(path) || `${path}/`.startsWith(one)),
    );
    seen.add(path);
    return other === undefined ? [] : [`${about}: ${goQuote(path)} with ${goQuote(other)}`];
  });
}
