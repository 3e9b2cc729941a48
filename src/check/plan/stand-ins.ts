import { recordsOf, valueAt, type Plain } from "./pod-spec.ts";

interface Wanted {
  readonly kind: "ConfigMap" | "Secret";
  readonly name: string;
  readonly keys: Set<string>;
}

/**
 * ConfigMaps and Secrets that a pod cannot start without and that the manifests do not have, since secrets are not kept beside them. They are
 * taken to be there, with the keys that are asked for.
 */
export function standIns(
  podSpecs: readonly Plain[],
  namespace: string,
  isGiven: (kind: string, name: string) => boolean,
): Plain[] {
  const wanted = new Map<string, Wanted>();
  const want = (kind: Wanted["kind"], name: unknown, key?: unknown) => {
    if (typeof name !== "string" || isGiven(kind, name)) return;
    const id = `${kind}/${name}`;
    const entry = wanted.get(id) ?? { kind, name, keys: new Set<string>() };
    wanted.set(id, entry);
    if (typeof key === "string") entry.keys.add(key);
  };
  const wantFiles = (kind: Wanted["kind"], name: unknown, source: unknown) => {
    if (valueAt(source, "optional") === true) return;
    want(kind, name);
    for (const { key } of recordsOf(valueAt(source, "items"))) want(kind, name, key);
  };
  const wantFrom = (kind: Wanted["kind"], source: unknown) => {
    if (valueAt(source, "optional") === true) return;
    want(kind, valueAt(source, "name"), valueAt(source, "key"));
  };
  for (const podSpec of podSpecs) {
    for (const container of [
      ...recordsOf(podSpec.containers),
      ...recordsOf(podSpec.initContainers),
    ]) {
      for (const from of recordsOf(container.envFrom)) {
        wantFrom("ConfigMap", from.configMapRef);
        wantFrom("Secret", from.secretRef);
      }
      for (const { valueFrom } of recordsOf(container.env)) {
        wantFrom("ConfigMap", valueAt(valueFrom, "configMapKeyRef"));
        wantFrom("Secret", valueAt(valueFrom, "secretKeyRef"));
      }
    }
    for (const { configMap, secret, projected } of recordsOf(podSpec.volumes)) {
      const sources = recordsOf(valueAt(projected, "sources"));
      wantFiles("ConfigMap", valueAt(configMap, "name"), configMap);
      wantFiles("Secret", valueAt(secret, "secretName"), secret);
      for (const source of sources) {
        wantFiles("ConfigMap", valueAt(source.configMap, "name"), source.configMap);
        wantFiles("Secret", valueAt(source.secret, "name"), source.secret);
      }
    }
  }
  return [...wanted.values()].map(({ kind, name, keys }) => ({
    apiVersion: "v1",
    kind,
    metadata: { name, namespace },
    data: Object.fromEntries([...keys].map((key) => [key, ""])),
  }));
}

/**
 * Gateways that routes name and the manifests do not have, since a cluster's Gateway is often another team's. They are taken to be there, with the
 * listeners that are asked for, and to take routes of every namespace.
 */
export function gatewayStandIns(
  routes: readonly Plain[],
  namespace: string,
  isGiven: (name: string, namespace: string) => boolean,
): Plain[] {
  const wanted = new Map<string, { name: string; at: string; listeners: Set<string> }>();
  for (const parent of routes.flatMap((route) => recordsOf(valueAt(route, "spec", "parentRefs")))) {
    const { kind = "Gateway", name, namespace: at = namespace, sectionName = "http" } = parent;
    if (kind !== "Gateway" || typeof name !== "string" || typeof at !== "string") continue;
    if (isGiven(name, at)) continue;
    const id = `${at}/${name}`;
    const entry = wanted.get(id) ?? { name, at, listeners: new Set<string>() };
    wanted.set(id, entry);
    entry.listeners.add(String(sectionName));
  }
  return [...wanted.values()].map(({ name, at, listeners }) => ({
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata: { name, namespace: at },
    spec: {
      gatewayClassName: "taken-to-be-there",
      listeners: [...listeners].map((listener, i) => ({
        name: listener,
        port: 80 + i,
        protocol: "HTTP",
        allowedRoutes: { namespaces: { from: "All" } },
      })),
    },
  }));
}

/** Classes that every cluster has. */
const SYSTEM = /^system-/;

/**
 * ServiceAccounts and PriorityClasses that pods name and the manifests do not have, since they are often a platform team's. They are taken to be
 * there; how important the classes are is not known, so that their pods count as much as others, unless they say it themselves.
 */
export function identityStandIns(
  podSpecs: readonly Plain[],
  namespace: string,
  isGiven: (kind: string, name: string) => boolean,
): Plain[] {
  const wanted = new Map<string, Plain>();
  const want = (name: unknown, object: Plain) => {
    const kind = String(object.kind);
    if (typeof name !== "string" || name === "" || isGiven(kind, name)) return;
    const id = `${kind}/${name}`;
    if (!wanted.has(id)) wanted.set(id, object);
  };
  for (const podSpec of podSpecs) {
    const { priorityClassName, priority = 0, preemptionPolicy } = podSpec;
    if (!SYSTEM.test(String(priorityClassName))) {
      want(priorityClassName, {
        apiVersion: "scheduling.k8s.io/v1",
        kind: "PriorityClass",
        metadata: { name: priorityClassName },
        value: priority,
        ...(preemptionPolicy === undefined ? {} : { preemptionPolicy }),
      });
    }
    const account = podSpec.serviceAccountName || podSpec.serviceAccount;
    if (account !== "default") {
      want(account, {
        apiVersion: "v1",
        kind: "ServiceAccount",
        metadata: { name: account, namespace },
      });
    }
  }
  return [...wanted.values()];
}
