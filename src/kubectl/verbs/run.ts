/* kubectl run: a pod by itself (pkg/cmd/run/run.go, pkg/generate/versioned/run.go BasicPod). */
import { resourceByKind, type KubernetesObject } from "../../simulator/index.ts";
import { dryRunOf } from "../command/dry-run.ts";
import { report } from "../command/report.ts";
import { requiredFlags } from "../command/required-flags.ts";
import { namespaceOf, WRITE_FLAGS, type Call, type Verb } from "../command/verb.ts";
import { KubectlError } from "../kubectl-error.ts";

const RESTART_POLICIES = ["Always", "OnFailure", "Never"];

export const run: Verb = {
  name: "run",
  about: "Run a particular image on the cluster",
  usage:
    "NAME --image=image [--env=key=value] [--port=port] [--dry-run=server|client] [--command] -- [COMMAND] [args...]",
  flags: [
    ...WRITE_FLAGS,
    { name: "image", about: "image of the container" },
    { name: "port", about: "port of the container" },
    { name: "env", type: "list", about: "variables of the container: KEY=value" },
    { name: "labels", short: "l", about: "labels of the pod: app=web,tier=db (default run=NAME)" },
    { name: "annotations", type: "list", about: "annotations of the pod: key=value" },
    { name: "restart", about: "Always (default), OnFailure or Never" },
    { name: "image-pull-policy", about: "Always, IfNotPresent or Never" },
    {
      name: "command",
      type: "bool",
      about: "what stands after -- is the command, not its arguments",
    },
    { name: "expose", type: "bool", about: "make a Service of that name too; it needs --port" },
    ...["attach", "overrides", "override-type", "privileged", "rm"].map(missing),
    { ...missing("stdin"), short: "i" },
    { ...missing("tty"), short: "t" },
  ],
  *run(call) {
    const { flags, words, dash } = call;
    requiredFlags(call, ["image"]);
    const [name] = words;
    if (name === undefined || dash === 0) throw usageOf(call, "NAME is required for run");
    const restartPolicy = flags.text("restart") || "Always";
    if (!RESTART_POLICIES.includes(restartPolicy)) {
      throw usageOf(call, `invalid restart policy: ${restartPolicy}`);
    }
    const port = flags.text("port");
    if (flags.isOn("expose") && port === undefined) {
      throw usageOf(call, "--port must be set when exposing a service");
    }
    const pod = podOf(call, name, restartPolicy);
    const created = write(call, pod);
    if (flags.isOn("expose")) {
      const service = {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name },
        spec: {
          ports: [{ port: Number(port), protocol: "TCP", targetPort: Number(port) }],
          selector: pod.metadata.labels,
        },
      };
      yield* report(call, { kind: kindOf(service), name }, "created", write(call, service));
    }
    return yield* report(call, { kind: kindOf(pod), name }, "created", created);
  },
};

function missing(name: string) {
  return { name, missing: true } as const;
}

function usageOf({ command }: Call, problem: string): KubectlError {
  return new KubectlError(`${problem}\nSee '${command} -h' for help and examples`);
}

function podOf({ flags, words }: Call, name: string, restartPolicy: string) {
  const args = words.slice(1);
  const port = flags.text("port");
  const pullPolicy = flags.text("image-pull-policy");
  const annotations = Object.fromEntries(flags.list("annotations").map(pairOf));
  const container = {
    name,
    image: flags.text("image")!,
    ...(pullPolicy === undefined ? {} : { imagePullPolicy: pullPolicy }),
    ...(args.length === 0 ? {} : { [flags.isOn("command") ? "command" : "args"]: args }),
    ...(port === undefined ? {} : { ports: [{ containerPort: Number(port) }] }),
    ...(flags.has("env") ? { env: flags.list("env").map(envOf) } : {}),
    resources: {},
  };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      labels: labelsOf(flags.text("labels"), name),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
    spec: { containers: [container], dnsPolicy: "ClusterFirst", restartPolicy },
  };
}

function labelsOf(given: string | undefined, name: string): Record<string, string> {
  if (!given) return { run: name };
  return Object.fromEntries(given.split(",").map(pairOf));
}

function pairOf(pair: string): [string, string] {
  const [key = "", value, ...rest] = pair.split("=");
  if (value === undefined || rest.length > 0) {
    throw new KubectlError(`unexpected label spec: ${pair}`);
  }
  return [key, value];
}

function envOf(pair: string) {
  const at = pair.indexOf("=");
  if (at <= 0) throw new KubectlError(`invalid env: ${pair}`);
  return { name: pair.slice(0, at), value: pair.slice(at + 1) };
}

function kindOf({ apiVersion, kind }: Pick<KubernetesObject, "apiVersion" | "kind">) {
  return resourceByKind(apiVersion, kind)!;
}

/** Sends the object, unless a dry run stays here. */
function write(call: Call, object: { apiVersion: string; kind: string; metadata: object }) {
  const dryRun = dryRunOf(call);
  if (dryRun === "client") return object as unknown as KubernetesObject;
  return call.client.create({ kind: kindOf(object), namespace: namespaceOf(call) }, object, {
    dryRun: dryRun === "server",
    fieldManager: call.flags.text("field-manager") ?? "kubectl-run",
    fieldValidation: "Strict",
  });
}
