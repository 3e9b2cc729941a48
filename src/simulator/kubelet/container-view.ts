import { containerOf } from "../api/containers.ts";
import type { Container, Pod } from "../api/types.ts";
import { dataOf } from "./container-config.ts";
import type { KubeletNode } from "./node.ts";
import type { ContainerRun, PodState } from "./state.ts";

/** What commands can see of the container that they run in. */
export interface ContainerView {
  readonly hostname: string;
  /** Virtual time in ms. */
  readonly nowMs: number;
  /** The command line of its main process. */
  readonly program: string;
  /** What its application answers with. */
  readonly body: string;
  environment(): Readonly<Record<string, string>>;
  /** Undefined where there is no such file. */
  fileText(path: string): string | undefined;
  /** Names of what is in a folder, in order; undefined where there is no such folder. */
  namesIn(folder: string): readonly string[] | undefined;
}

const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const FOLDERS = "bin dev etc home lib media mnt opt proc root run sbin srv sys tmp usr var".split(
  " ",
);

/**
 * The inside of a container. Simplified: of an image's own files only the folders in / are there; a changed ConfigMap or Secret stands in
 * mounted files at once, where a real kubelet takes up to a minute and more.
 */
export function containerView(node: KubeletNode, state: PodState, run: ContainerRun) {
  const { pod } = state;
  const name = [...state.runs].find(([, runs]) => runs.includes(run))?.[0] ?? "";
  const container = containerOf(pod, name);
  const files = () => filesOf(node, pod, container, run);
  return {
    hostname: pod.metadata.name,
    nowMs: node.now,
    program: [...(container?.command ?? []), ...(container?.args ?? [])].join(" ") || name,
    body: `${pod.metadata.name} ${run.image}\n`,
    environment: () => environmentOf(node, state, container, run),
    fileText: (path) => files().get(normal(path)),
    namesIn: (folder) => namesIn(files(), normal(folder)),
  } satisfies ContainerView;
}

/** kubelet_pods.go makeEnvironmentVariables, and what the runtime adds. */
function environmentOf(
  node: KubeletNode,
  { pod, sandbox }: PodState,
  container: Container | undefined,
  run: ContainerRun,
): Readonly<Record<string, string>> {
  const { name, namespace = "default", uid, labels = {}, annotations = {} } = pod.metadata;
  const fields: Readonly<Record<string, string | undefined>> = {
    "metadata.name": name,
    "metadata.namespace": namespace,
    "metadata.uid": uid,
    "spec.nodeName": node.node.name,
    "spec.serviceAccountName": "default",
    "status.podIP": sandbox?.ip,
    "status.podIPs": sandbox?.ip,
    "status.hostIP": node.node.ip,
    "status.hostIPs": node.node.ip,
  };
  const fieldAt = (path: string) => {
    const [, of, key = ""] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path) ?? [];
    if (of !== undefined) return (of === "labels" ? labels : annotations)[key] ?? "";
    return fields[path];
  };
  const own = Object.fromEntries(
    (container?.env ?? []).flatMap(({ name: variable, value, valueFrom }) => {
      const path = valueFrom?.fieldRef?.fieldPath;
      const text = path === undefined ? value : fieldAt(path);
      return text === undefined || valueFrom?.configMapKeyRef ? [] : [[variable, text]];
    }),
  ) as Record<string, string>;
  const server = node.api.find("services", "default", "kubernetes")?.spec.clusterIP ?? "10.96.0.1";
  return {
    PATH,
    HOSTNAME: name,
    ...run.given,
    ...own,
    KUBERNETES_SERVICE_HOST: server,
    KUBERNETES_SERVICE_PORT: "443",
    HOME: "/root",
  };
}

/** Files by path: those that commands made, and those of mounted ConfigMaps and Secrets. */
function filesOf(
  node: KubeletNode,
  pod: Pod,
  container: Container | undefined,
  run: ContainerRun,
): Map<string, string> {
  const files = new Map([...run.files].map((path) => [normal(path), ""]));
  for (const { name, mountPath, subPath } of container?.volumeMounts ?? []) {
    const volume = pod.spec.volumes?.find((one) => one.name === name);
    const data = {
      ...dataOf(node, pod, "configmap", volume?.configMap?.name),
      ...dataOf(node, pod, "secret", volume?.secret?.secretName),
    };
    for (const [key, text] of Object.entries(data)) {
      if (subPath === undefined) files.set(normal(`${mountPath}/${key}`), text);
      else if (subPath === key) files.set(normal(mountPath), text);
    }
  }
  return files;
}

function namesIn(files: ReadonlyMap<string, string>, folder: string): string[] | undefined {
  const inside = folder === "/" ? "/" : `${folder}/`;
  const names = new Set(folder === "/" ? FOLDERS : []);
  for (const path of files.keys()) {
    if (path.startsWith(inside)) names.add(path.slice(inside.length).split("/")[0]!);
  }
  const isKnown = names.size > 0 || FOLDERS.includes(folder.slice(1));
  return isKnown ? [...names].sort() : undefined;
}

/** The path from the root, without what says nothing. */
function normal(path: string): string {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  return `/${parts.join("/")}`;
}
