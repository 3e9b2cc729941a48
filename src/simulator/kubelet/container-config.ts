import { fromBase64 } from "../api/base64.ts";
import type { ConfigMap, Container, KeysToPaths, Pod, Secret } from "../api/types.ts";
import type { KubeletNode } from "./node.ts";

/**
 * Why a container's environment can not be made: the first ConfigMap, Secret or key that it names and that is not there (kubelet_pods.go
 * makeEnvironmentVariables, with the texts of the kubelet's ConfigMap and Secret managers). Undefined: nothing is missing.
 */
export function configError(node: KubeletNode, pod: Pod, container: Container): string | undefined {
  for (const { configMapRef, secretRef } of container.envFrom ?? []) {
    const missing =
      missingSource(node, pod, "configmap", configMapRef) ??
      missingSource(node, pod, "secret", secretRef);
    if (missing !== undefined) return missing;
  }
  for (const { value, valueFrom } of container.env ?? []) {
    if (value !== undefined && value !== "") continue;
    const missing =
      missingKey(node, pod, "configmap", valueFrom?.configMapKeyRef) ??
      missingKey(node, pod, "secret", valueFrom?.secretKeyRef);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

/**
 * Why volumes of a pod can not be mounted, as `[volume, reason]`: a ConfigMap, Secret or key that is not there (the SetUpAt and MakePayload of
 * pkg/volume/configmap, secret and projected).
 */
export function volumeErrors(node: KubeletNode, pod: Pod): [string, string][] {
  return (pod.spec.volumes ?? []).flatMap(({ name, configMap, secret, projected }) => {
    const sources = [
      { configMap, secret: secret && { ...secret, name: secret.secretName } },
      ...(projected?.sources ?? []),
    ];
    const errors = sources.flatMap((source) => [
      ...missingFiles(node, pod, "configmap", source.configMap),
      ...missingFiles(node, pod, "secret", source.secret),
    ]);
    const [first] = errors;
    if (first === undefined) return [];
    return [[name, errors.length === 1 ? first : `[${errors.join(", ")}]`]];
  });
}

function missingFiles(
  node: KubeletNode,
  pod: Pod,
  kind: Kind,
  reference: (KeysToPaths & { readonly name?: string }) | undefined,
): string[] {
  const missing = missingSource(node, pod, kind, reference);
  if (missing !== undefined) return [missing];
  if (reference?.items === undefined || reference.optional === true) return [];
  const there = dataOf(node, pod, kind, reference.name);
  const lost = reference.items.find(({ key = "" }) => there[key] === undefined);
  if (lost === undefined) return [];
  const what =
    kind === "configmap"
      ? "configmap references non-existent config"
      : "references non-existent secret";
  return [`${what} key: ${lost.key}`];
}

const NOTHING: Readonly<Record<string, string>> = Object.freeze({});

/** The environment variables of a container that ConfigMaps and Secrets give as they stand now (kubelet_pods.go makeEnvironmentVariables). */
export function givenEnvironment(
  node: KubeletNode,
  pod: Pod,
  container: Container | undefined,
): Readonly<Record<string, string>> {
  const { env = [], envFrom = [] } = container ?? {};
  const named = env.filter(({ valueFrom }) => valueFrom !== undefined);
  if (named.length === 0 && envFrom.length === 0) return NOTHING;
  const given: Record<string, string> = {};
  for (const { prefix = "", configMapRef, secretRef } of envFrom) {
    const all = {
      ...dataOf(node, pod, "configmap", configMapRef?.name),
      ...dataOf(node, pod, "secret", secretRef?.name),
    };
    for (const [key, value] of Object.entries(all)) given[prefix + key] = value;
  }
  for (const { name, valueFrom } of named) {
    const { configMapKeyRef: map, secretKeyRef: secret } = valueFrom!;
    const value =
      dataOf(node, pod, "configmap", map?.name)[map?.key ?? ""] ??
      dataOf(node, pod, "secret", secret?.name)[secret?.key ?? ""];
    if (value !== undefined) given[name] = value;
  }
  return given;
}

/** The texts of a ConfigMap or Secret, by key; none where it is not there. */
export function dataOf(
  node: KubeletNode,
  pod: Pod,
  kind: Kind,
  name: string | undefined,
): Readonly<Record<string, string>> {
  const source = name === undefined ? undefined : find(node, pod, kind, name);
  if (source === undefined) return NOTHING;
  const { data = NOTHING, stringData = NOTHING }: Partial<Secret> = source;
  if (kind === "configmap") return data;
  const decoded = Object.entries(data).map(([key, value]) => [key, fromBase64(value)]);
  return { ...Object.fromEntries(decoded), ...stringData } as Record<string, string>;
}

type Kind = "configmap" | "secret";

function find(
  node: KubeletNode,
  pod: Pod,
  kind: Kind,
  name: string,
): ConfigMap | Secret | undefined {
  const { namespace = "default" } = pod.metadata;
  return kind === "configmap"
    ? node.api.find("configmaps", namespace, name)
    : node.api.find("secrets", namespace, name);
}

function missingSource(
  node: KubeletNode,
  pod: Pod,
  kind: Kind,
  reference: { readonly name?: string; readonly optional?: boolean } | undefined,
): string | undefined {
  if (reference === undefined || reference.optional === true) return undefined;
  const { name = "" } = reference;
  return find(node, pod, kind, name) === undefined ? `${kind} "${name}" not found` : undefined;
}

function missingKey(
  node: KubeletNode,
  pod: Pod,
  kind: Kind,
  reference:
    { readonly name?: string; readonly key: string; readonly optional?: boolean } | undefined,
): string | undefined {
  if (reference === undefined || reference.optional === true) return undefined;
  const { name = "", key } = reference;
  const source = find(node, pod, kind, name);
  if (source === undefined) return `${kind} "${name}" not found`;
  const { data, stringData }: Partial<Secret> = source;
  if (data?.[key] !== undefined || stringData?.[key] !== undefined) return undefined;
  const title = kind === "configmap" ? "ConfigMap" : "Secret";
  return `couldn't find key ${key} in ${title} ${pod.metadata.namespace}/${name}`;
}
