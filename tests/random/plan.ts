import { RandomStream, seedStream } from "../../src/simulator/kernel/random.ts";
import { Draw } from "./draw.ts";
import { image, IMAGES } from "./pod-template.ts";
import { faults, metrics, steps } from "./steps.ts";
import { autoscaler, cast, crowd } from "./workloads.ts";

/** A random scenario as data that can be made smaller field by field; `files` and `steps` are those of a Scenario document. */
export interface Plan {
  readonly seed: number;
  readonly nodes: number;
  readonly images: readonly Json[];
  readonly traffic: readonly Json[];
  readonly network: Json;
  /** `nodeFailures`, `nodePressure` and `metrics` of the document. */
  readonly faults: Readonly<Record<string, readonly Json[]>>;
  /** Objects of each manifest. */
  readonly files: Readonly<Record<string, readonly Json[]>>;
  readonly steps: readonly Step[];
}

export type Json = { readonly [key: string]: unknown };

/** Something done at a time; a pod is named by its place among those that exist then. */
export type Step =
  | { readonly atMs: number; readonly apply: string }
  | { readonly atMs: number; readonly kubectl: string }
  | { readonly atMs: number; readonly deletePod: number; readonly flags: string }
  | { readonly atMs: number; readonly evictPod: number }
  /** Cordons the node and evicts its pods once. */
  | { readonly atMs: number; readonly drain: string }
  | { readonly atMs: number; readonly uncordon: string };

/** The plan of a seed. */
export function randomPlan(seed: number): Plan {
  const draw = new Draw(new RandomStream(seedStream(seed, "plan")));
  const nodes = draw.whole(1, 3);
  const all = cast(draw);
  const files: Record<string, Json[]> = {};
  const first: string[] = [];
  if (draw.chance(0.2)) {
    files["batch.yaml"] = [crowd(nodes, draw)];
    first.push("batch.yaml");
  }
  for (const member of all) {
    first.push(`${member.name}.yaml`);
    files[`${member.name}.yaml`] = member.make(draw);
    const variants = draw.whole(0, 2);
    for (let i = 1; i <= variants; i += 1) files[`${member.name}-${i}.yaml`] = member.make(draw);
  }
  const isAutoscaled = files["web.yaml"] !== undefined && draw.chance(0.15);
  if (isAutoscaled) files["web.yaml"]!.push(autoscaler(draw));
  const isSurging = Object.values(files)
    .flat()
    .some((object) => object.kind === "DaemonSet" && JSON.stringify(object).includes("maxSurge"));
  const traffic =
    files["web.yaml"] !== undefined && draw.chance(0.4)
      ? [
          {
            name: "users",
            to: "service/web:80",
            rps: draw.whole(1, 20),
            ...draw.maybe(0.5, () => ({ road: "proxy" })),
          },
        ]
      : [];
  const network = draw.chance(0.7)
    ? {}
    : { endpointSlice: `${draw.whole(1, 400)}ms`, kubeProxy: draw.pick(["sync", "300ms", "1s"]) };
  return {
    seed,
    nodes,
    images: IMAGES.map((name) => image(name, draw)),
    traffic,
    network,
    faults: {
      ...faults(nodes, isSurging, draw),
      ...(isAutoscaled ? metrics(draw) : {}),
    } as Plan["faults"],
    files,
    steps: [
      ...first.map((file) => ({ atMs: 0, apply: file })),
      ...steps(all, Object.keys(files), nodes, draw),
    ],
  };
}
