/* kubectl expose and autoscale (pkg/cmd/expose/expose.go, pkg/cmd/autoscale/autoscale.go). */
import type { KubernetesObject } from "../../simulator/index.ts";
import { each } from "../command/each.ts";
import { visit, type Info } from "../command/resolve.ts";
import { dryRunOf } from "../command/dry-run.ts";
import { FILE_FLAGS, WRITE_FLAGS, type Call, type Verb } from "../command/verb.ts";
import { requiredFlags } from "../command/required-flags.ts";
import { KubectlError } from "../kubectl-error.ts";
import { groupKind } from "../kinds.ts";
import { createGenerated } from "./create.ts";

interface Exposable extends KubernetesObject {
  readonly spec?: {
    readonly selector?: Readonly<Record<string, unknown>> & {
      readonly matchLabels?: Readonly<Record<string, string>>;
    };
    readonly template?: {
      readonly spec: {
        readonly containers: readonly {
          readonly ports?: readonly { readonly containerPort: number }[];
        }[];
      };
    };
  };
}

export const expose: Verb = {
  name: "expose",
  about:
    "Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service",
  usage:
    "(-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name] [--type=type]",
  flags: [
    { name: "port", about: "port of the Service" },
    { name: "target-port", about: "port of the pods, by number or name" },
    { name: "name", about: "name of the Service (default: that of the object)" },
    { name: "type", about: "ClusterIP, NodePort or LoadBalancer" },
    { name: "protocol", about: "TCP or UDP" },
    { name: "selector", short: "l", about: "labels of the pods" },
    { name: "labels", missing: true },
    ...WRITE_FLAGS,
    ...FILE_FLAGS,
  ],
  run: (call) =>
    each(visit({ ...call }), (info) => createGenerated(call, serviceFor(call, info), "exposed")),
};

function serviceFor({ flags }: Call, { kind, name, object }: Info): object {
  const { spec, metadata } = object as Exposable;
  if (!["deployments", "replicasets", "services", "pods"].includes(kind.plural)) {
    throw new KubectlError(`cannot expose a ${groupKind(kind)}`);
  }
  const selector =
    kind.plural === "pods"
      ? metadata.labels
      : kind.plural === "services"
        ? spec?.selector
        : spec?.selector?.matchLabels;
  const declared = spec?.template?.spec.containers.flatMap(({ ports = [] }) => ports) ?? [];
  const numbers = flags.has("port")
    ? flags.text("port")!.split(",").map(portNumber)
    : declared.map(({ containerPort }) => containerPort);
  if (numbers.length === 0) {
    throw new KubectlError("couldn't find port via --port flag or introspection");
  }
  const target = flags.text("target-port");
  const targetPort =
    target === undefined ? undefined : /^\d+$/.test(target) ? Number(target) : target;
  const protocol = flags.text("protocol") ?? "TCP";
  const type = flags.text("type");
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: flags.text("name") ?? name,
      ...(metadata.labels === undefined ? {} : { labels: metadata.labels }),
    },
    spec: {
      ports: numbers.map((port, i) => ({
        ...(numbers.length > 1 ? { name: `port-${i + 1}` } : {}),
        port,
        protocol,
        targetPort: targetPort ?? port,
      })),
      selector,
      ...(type === undefined ? {} : { type }),
    },
  };
}

function portNumber(text: string): number {
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  throw new KubectlError(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
}

export const autoscale: Verb = {
  name: "autoscale",
  about: "Auto-scale a deployment, replica set, stateful set, or replication controller",
  usage: "(-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu-percent=CPU]",
  flags: [
    { name: "min", type: "int", about: "fewest pods" },
    { name: "max", type: "int", about: "most pods" },
    { name: "cpu-percent", type: "int", about: "use of the requested CPU to aim at" },
    { name: "name", about: "name of the HorizontalPodAutoscaler" },
    ...WRITE_FLAGS,
    ...FILE_FLAGS,
  ],
  *run(call) {
    requiredFlags(call, ["max"]);
    const [min, max] = [call.flags.number("min") ?? -1, call.flags.number("max")!];
    if (max < 1) {
      throw new KubectlError(`--max=MAXPODS is required and must be at least 1, max: ${max}`);
    }
    if (max < min) {
      throw new KubectlError(
        `--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`,
      );
    }
    return yield* each(visit(call), (info) =>
      createGenerated(
        call,
        scalerFor(call, info),
        dryRunOf(call) === "none" ? "autoscaled" : "created",
      ),
    );
  },
};

function scalerFor({ flags }: Call, { object, name, kind: definition }: Info): object {
  if (definition.subresources?.includes("scale") !== true) {
    const { kind, group, version, plural } = definition;
    throw new KubectlError(
      `cannot autoscale a ${kind}: could not find scale subresource for ${group}/${version}, Resource=${plural} in discovery information`,
    );
  }
  const min = flags.number("min");
  const percent = flags.number("cpu-percent");
  const { apiVersion, kind } = object;
  return {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: { name: flags.text("name") ?? name },
    spec: {
      maxReplicas: flags.number("max"),
      ...(min === undefined ? {} : { minReplicas: min }),
      scaleTargetRef: { apiVersion, kind, name },
      ...(percent === undefined
        ? {}
        : {
            metrics: [
              {
                type: "Resource",
                resource: {
                  name: "cpu",
                  target: { type: "Utilization", averageUtilization: percent },
                },
              },
            ],
          }),
    },
  };
}
