/* What `kubectl create KIND NAME` makes (pkg/cmd/create/create_*.go). */
import type { Flag } from "../command/flags.ts";
import { namespaceOf, type Call } from "../command/verb.ts";
import { toBase64 } from "../../simulator/index.ts";
import { KubectlError } from "../kubectl-error.ts";

/** Makes an object from a command line. */
export interface Generator {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly about: string;
  readonly usage: string;
  readonly flags?: readonly Flag[];
  /** Kinds of one thing: `service clusterip`. */
  readonly kinds?: readonly Generator[];
  make?(call: Call, name: string): object;
}

const deployment: Generator = {
  name: "deployment",
  aliases: ["deploy"],
  about: "Create a deployment with the specified name",
  usage: "NAME --image=image -- [COMMAND] [args...]",
  flags: [
    { name: "image", type: "list", about: "image of the container; several make several" },
    { name: "replicas", short: "r", type: "int", about: "size (default 1)" },
    { name: "port", type: "int", about: "port of the container" },
  ],
  make(call, name) {
    const { flags, words, dash } = call;
    const images = flags.list("image");
    if (images.length === 0) throw new KubectlError(`required flag(s) "image" not set`);
    const command = dash === undefined ? [] : words.slice(dash);
    const port = flags.number("port");
    const labels = { app: name };
    const containers = images.map((image) => ({
      name: containerName(image),
      image,
      ...(command.length === 0 ? {} : { command }),
      ...(port === undefined ? {} : { ports: [{ containerPort: port }] }),
    }));
    return {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name, labels },
      spec: {
        replicas: flags.number("replicas") ?? 1,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers } },
      },
    };
  },
};

/** The last part of an image's name, without tag and digest (create_deployment.go buildPodSpec). */
function containerName(image: string): string {
  const last = image.split("/").at(-1)!;
  return last.split("@")[0]!.split(":")[0]!.replaceAll("_", "-");
}

function service(type: "ClusterIP" | "NodePort" | "LoadBalancer"): Generator {
  const name = type.toLowerCase();
  return {
    name,
    about: `Create a ${type} service`,
    usage: "NAME [--tcp=<port>:<targetPort>]",
    flags: [
      { name: "tcp", type: "list", about: "port:targetPort" },
      { name: "clusterip", about: "address, or None" },
      { name: "node-port", type: "int", about: "port of the nodes" },
    ],
    make({ flags }, serviceName) {
      const ports = flags.list("tcp").map((pair) => {
        const [port = "", target = port] = pair.split(":");
        const targetPort = /^\d+$/.test(target) ? Number(target) : target;
        if (!/^\d+$/.test(port))
          throw new KubectlError(`port must be in range 0 to 65535: ${port}`);
        const nodePort = flags.number("node-port");
        return {
          name: pair.replace(":", "-"),
          protocol: "TCP",
          port: Number(port),
          targetPort,
          ...(nodePort === undefined ? {} : { nodePort }),
        };
      });
      if (ports.length === 0 && flags.text("clusterip") !== "None") {
        throw new KubectlError("at least one tcp port specifier must be provided");
      }
      const clusterIP = flags.text("clusterip");
      return {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: serviceName, labels: { app: serviceName } },
        spec: {
          type,
          selector: { app: serviceName },
          ...(clusterIP === undefined ? {} : { clusterIP }),
          ...(ports.length === 0 ? {} : { ports }),
        },
      };
    },
  };
}

/** `--from-literal` and `--from-file` as keys and values. */
function dataOf({ flags, world }: Call): Record<string, string> {
  const data: Record<string, string> = {};
  for (const pair of flags.all("from-literal")) {
    const at = pair.indexOf("=");
    if (at < 1) throw new KubectlError(`invalid literal source ${pair}, expected key=value`);
    data[pair.slice(0, at)] = pair.slice(at + 1);
  }
  for (const source of flags.all("from-file")) {
    const at = source.indexOf("=");
    const path = at < 0 ? source : source.slice(at + 1);
    const text = world.read(path);
    if (typeof text !== "string") {
      throw new KubectlError(`error reading ${path}: no such file or directory`);
    }
    data[at < 0 ? path.split("/").at(-1)! : source.slice(0, at)] = text;
  }
  return data;
}

const DATA_FLAGS = [
  { name: "from-literal", about: "key=value" },
  { name: "from-file", about: "key=file, or a file whose name is the key" },
] as const;

const configMap: Generator = {
  name: "configmap",
  aliases: ["cm"],
  about: "Create a config map from a local file, directory or literal value",
  usage: "NAME [--from-file=[key=]source] [--from-literal=key1=value1]",
  flags: DATA_FLAGS,
  make(call, name) {
    const data = dataOf(call);
    return {
      apiVersion: "v1",
      ...(Object.keys(data).length === 0 ? {} : { data }),
      kind: "ConfigMap",
      metadata: { name },
    };
  },
};

const secret: Generator = {
  name: "secret",
  about: "Create a secret using a specified subcommand",
  usage: "(generic)",
  kinds: [
    {
      name: "generic",
      about: "Create a secret from a local file, directory, or literal value",
      usage: "NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1]",
      flags: [...DATA_FLAGS, { name: "type", about: "type of the secret" }],
      make(call, name) {
        const entries = Object.entries(dataOf(call)).map(([key, value]) => [key, toBase64(value)]);
        const type = call.flags.text("type");
        return {
          apiVersion: "v1",
          ...(entries.length === 0 ? {} : { data: Object.fromEntries(entries) as object }),
          kind: "Secret",
          metadata: { name },
          ...(type === undefined ? {} : { type }),
        };
      },
    },
  ],
};

const namespace: Generator = {
  name: "namespace",
  aliases: ["ns"],
  about: "Create a namespace with the specified name",
  usage: "NAME",
  make: (_call, name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } }),
};

const budget: Generator = {
  name: "poddisruptionbudget",
  aliases: ["pdb"],
  about: "Create a pod disruption budget with the specified name",
  usage: "NAME --selector=SELECTOR --min-available=N",
  flags: [
    { name: "selector", short: "l", about: "labels of the pods" },
    { name: "min-available", about: "a number or a percentage" },
    { name: "max-unavailable", about: "a number or a percentage" },
  ],
  make(call, name) {
    const { flags } = call;
    const selector = flags.text("selector");
    if (selector === undefined) throw new KubectlError("a selector must be specified");
    const [least, most] = [flags.text("min-available"), flags.text("max-unavailable")];
    if ((least === undefined) === (most === undefined)) {
      throw new KubectlError(
        least === undefined
          ? "one of min-available or max-unavailable must be specified"
          : "min-available and max-unavailable cannot be both specified",
      );
    }
    const amount = (text: string) => (/^\d+$/.test(text) ? Number(text) : text);
    const matchLabels = Object.fromEntries(selector.split(",").map((pair) => pair.split("=")));
    return {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { name, namespace: namespaceOf(call) },
      spec: {
        selector: { matchLabels },
        ...(least === undefined ? {} : { minAvailable: amount(least) }),
        ...(most === undefined ? {} : { maxUnavailable: amount(most) }),
      },
    };
  },
};

const priorityClass: Generator = {
  name: "priorityclass",
  aliases: ["pc"],
  about: "Create a priority class with the specified name",
  usage: "NAME --value=VALUE",
  flags: [
    { name: "value", type: "int", about: "the priority (default 0)" },
    { name: "global-default", type: "bool", about: "it counts for pods that name no class" },
    { name: "description", about: "when to use it" },
    { name: "preemption-policy", about: "PreemptLowerPriority (default) or Never" },
  ],
  make({ flags }, name) {
    const description = flags.text("description") ?? "";
    return {
      apiVersion: "scheduling.k8s.io/v1",
      kind: "PriorityClass",
      metadata: { name },
      value: flags.number("value") ?? 0,
      ...(flags.isOn("global-default") ? { globalDefault: true } : {}),
      ...(description === "" ? {} : { description }),
      preemptionPolicy: flags.text("preemption-policy") ?? "PreemptLowerPriority",
    };
  },
};

const quota: Generator = {
  name: "quota",
  aliases: ["resourcequota"],
  about: "Create a quota with the specified name",
  usage: "NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2]",
  flags: [
    { name: "hard", about: "amounts by resource: pods=10,requests.cpu=4" },
    { name: "scopes", about: "which pods count: Terminating, BestEffort, ..." },
  ],
  make(call, name) {
    const { flags } = call;
    const listed = (flag: string) => (flags.text(flag) ?? "").split(",").filter(Boolean);
    const hard = listed("hard").map((pair) => {
      const [key = "", value, ...rest] = pair.split("=");
      if (key === "" || value === undefined || rest.length > 0) {
        throw new KubectlError(`Invalid argument syntax ${pair}, expected <resource>=<value>`);
      }
      return [key, value];
    });
    const scopes = listed("scopes");
    return {
      apiVersion: "v1",
      kind: "ResourceQuota",
      metadata: { name, namespace: namespaceOf(call) },
      spec: {
        ...(hard.length === 0 ? {} : { hard: Object.fromEntries(hard) }),
        ...(scopes.length === 0 ? {} : { scopes }),
      },
    };
  },
};

const serviceAccount: Generator = {
  name: "serviceaccount",
  aliases: ["sa"],
  about: "Create a service account with the specified name",
  usage: "NAME",
  make: (_call, name) => ({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name } }),
};

export const GENERATORS: readonly Generator[] = [
  configMap,
  deployment,
  namespace,
  budget,
  priorityClass,
  quota,
  secret,
  serviceAccount,
  {
    name: "service",
    aliases: ["svc"],
    about: "Create a service using a specified subcommand",
    usage: "(clusterip | nodeport | loadbalancer)",
    kinds: [service("ClusterIP"), service("NodePort"), service("LoadBalancer")],
  },
];
