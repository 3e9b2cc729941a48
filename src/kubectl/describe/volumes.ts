/* Volumes of pods (describe.go describeVolumes). Simplified: the sources that updates meet; others show their name alone. */
import type { Lines } from "./lines.ts";

type Plain = Readonly<Record<string, unknown>>;

/** A volume: its name, and under the name of its kind where it comes from. */
export interface Volume {
  readonly name: string;
  readonly [source: string]: unknown;
}

type Source = readonly (readonly [title: string, value: (source: Plain) => unknown])[];

const unset = (value: unknown) => value ?? "<unset>";
const isTrue = (value: unknown) => value === true;

/** By the field of the source: what it is, and its parts. */
const SOURCES: Readonly<Record<string, { readonly type: string; readonly parts: Source }>> = {
  emptyDir: {
    type: "EmptyDir (a temporary directory that shares a pod's lifetime)",
    parts: [
      ["Medium", (source) => source.medium ?? ""],
      ["SizeLimit", (source) => unset(source.sizeLimit)],
    ],
  },
  hostPath: {
    type: "HostPath (bare host directory volume)",
    parts: [
      ["Path", (source) => source.path],
      ["HostPathType", (source) => source.type ?? "<none>"],
    ],
  },
  configMap: {
    type: "ConfigMap (a volume populated by a ConfigMap)",
    parts: [
      ["Name", (source) => source.name],
      ["Optional", (source) => isTrue(source.optional)],
    ],
  },
  secret: {
    type: "Secret (a volume populated by a Secret)",
    parts: [
      ["SecretName", (source) => source.secretName],
      ["Optional", (source) => isTrue(source.optional)],
    ],
  },
  nfs: {
    type: "NFS (an NFS mount that lasts the lifetime of a pod)",
    parts: [
      ["Server", (source) => source.server],
      ["Path", (source) => source.path],
      ["ReadOnly", (source) => isTrue(source.readOnly)],
    ],
  },
  persistentVolumeClaim: {
    type: "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)",
    parts: [
      ["ClaimName", (source) => source.claimName],
      ["ReadOnly", (source) => isTrue(source.readOnly)],
    ],
  },
};

export function volumeLines(out: Lines, volumes: readonly Volume[], space: string): void {
  out.add(0, volumes.length === 0 ? `${space}Volumes:\t<none>` : `${space}Volumes:`);
  for (const volume of volumes) {
    out.add(1, `${space === "" ? "" : " "}${volume.name}:`);
    if (volume.projected !== undefined) projectedLines(out, volume.projected as Plain);
    if (volume.downwardAPI !== undefined) downwardLines(out, volume.downwardAPI as Plain);
    const kind = Object.keys(SOURCES).find((name) => volume[name] !== undefined);
    if (kind === undefined) continue;
    const { type, parts } = SOURCES[kind]!;
    out.add(2, `Type:\t${type}`);
    for (const [title, value] of parts) {
      out.add(2, `${title}:\t${String(value(volume[kind] as Plain))}`);
    }
  }
}

interface DownwardItem {
  readonly path: string;
  readonly fieldRef?: { readonly fieldPath: string };
  readonly resourceFieldRef?: { readonly resource: string };
}

function downwardLines(out: Lines, { items = [] }: Plain): void {
  out.add(2, "Type:\tDownwardAPI (a volume populated by information about the pod)");
  out.add(2, "Items:");
  for (const { path, fieldRef, resourceFieldRef } of items as readonly DownwardItem[]) {
    if (fieldRef !== undefined) out.add(3, `${fieldRef.fieldPath} -> ${path}`);
    if (resourceFieldRef !== undefined) out.add(3, `${resourceFieldRef.resource} -> ${path}`);
  }
}

function projectedLines(out: Lines, projected: Plain): void {
  out.add(2, "Type:\tProjected (a volume that contains injected data from multiple sources)");
  for (const source of (projected.sources ?? []) as readonly Readonly<Record<string, Plain>>[]) {
    const { secret, downwardAPI, configMap, serviceAccountToken } = source;
    // An Optional that is not set is a nil pointer, printed as Go prints one.
    if (secret !== undefined) {
      out.add(2, `SecretName:\t${String(secret.name)}`);
      out.add(2, `SecretOptionalName:\t${String(secret.optional ?? "<nil>")}`);
    } else if (downwardAPI !== undefined) out.add(2, "DownwardAPI:\ttrue");
    else if (configMap !== undefined) {
      out.add(2, `ConfigMapName:\t${String(configMap.name)}`);
      out.add(2, `ConfigMapOptional:\t${String(configMap.optional ?? "<nil>")}`);
    } else if (serviceAccountToken !== undefined) {
      out.add(2, `TokenExpirationSeconds:\t${String(serviceAccountToken.expirationSeconds)}`);
    }
  }
}
