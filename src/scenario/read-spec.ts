import type { Scenario } from "../simulator/scenario.ts";
import { beside, manifestsAt, type ReadFile } from "./read-files.ts";
import { describedImage, imagesUsed, ordinaryImage } from "./read-images.ts";
import { readManifest } from "./read-manifests.ts";
import { networkModel } from "./read-network.ts";
import { trafficSource } from "./read-traffic.ts";
import type { Diagnostic } from "./schema/diagnostic.ts";
import type { ScenarioSpec } from "./schema/scenario-shape.ts";

/** kubernetes/ingress-nginx README: best-effort maintenance until March 2026, no releases and no fixes after it. */
const RETIRED =
  "ingress-nginx is retired since March 2026 and gets no more fixes: new clusters use the Gateway API (road gateway)";

export interface BuildOptions {
  readonly name: string;
  /** Path of the document that holds the spec, for messages. */
  readonly file: string;
  /** Gives the files that steps apply. */
  readonly readFile: ReadFile;
}

/** A scenario made of its document, or why it cannot be. */
export interface Build {
  /** Undefined when something is wrong. */
  readonly scenario?: Scenario;
  /** What is wrong with the steps' own entries: a file that is not there. */
  readonly problems: readonly {
    readonly step: number;
    readonly entry: number;
    readonly message: string;
  }[];
  /** What is wrong in the manifests. */
  readonly diagnostics: readonly Diagnostic[];
  readonly warnings: readonly string[];
}

/** Fetches the manifests of a scenario's steps and fills in what the document leaves out. */
export function buildScenario(spec: ScenarioSpec, { name, file, readFile }: BuildOptions): Build {
  const problems: Build["problems"][number][] = [];
  const diagnostics: Diagnostic[] = [];
  const noted: string[] = [];
  const steps = spec.steps.map((step, index): Scenario["steps"][number] => {
    if (step.kubectl !== undefined)
      return { atMs: step.atMs, action: { kind: "kubectl", command: step.kubectl } };
    const objects: unknown[] = [];
    step.apply.forEach((path, entry) => {
      const found = manifestsAt(path, readFile);
      if ("problem" in found) {
        problems.push({ step: index, entry, message: found.problem });
        return;
      }
      for (const manifest of found.files) {
        const read = readManifest(manifest.text, beside(file, manifest.path));
        diagnostics.push(...read.diagnostics);
        noted.push(...read.warnings);
        objects.push(...read.objects);
      }
    });
    return { atMs: step.atMs, action: { kind: "apply", objects, label: step.apply.join(" -f ") } };
  });
  if (problems.length > 0 || diagnostics.length > 0)
    return { problems, diagnostics, warnings: noted };
  const { images, unknown } = allImages(spec, steps);
  const warnings = [...new Set(noted), ...unknown];
  if (spec.traffic.some(({ road }) => road === "ingress-nginx")) warnings.push(RETIRED);
  if (steps.length === 0) warnings.push("the scenario has no steps: its cluster stays empty");
  const scenario: Scenario = {
    name,
    seed: spec.seed,
    durationMs: spec.duration,
    untilSettled: spec.until === "settled",
    ...(spec.settledFor === 0 ? {} : { settledForMs: spec.settledFor }),
    nodes: spec.nodes,
    ...(spec.nodePressure.length === 0
      ? {}
      : { nodePressure: spec.nodePressure.map(({ at, ...rest }) => ({ atMs: at, ...rest })) }),
    ...(spec.nodeFailures.length === 0
      ? {}
      : {
          nodeFailures: spec.nodeFailures.map(({ at, until, ...rest }) => ({
            atMs: at,
            ...(until === undefined ? {} : { untilMs: until }),
            ...rest,
          })),
        }),
    ...(spec.metrics.length === 0
      ? {}
      : {
          metrics: spec.metrics.map(({ series, ...rest }) => ({
            ...rest,
            points: series.map(({ at, value }) => ({ atMs: at, milli: value })),
          })),
        }),
    images,
    network: networkModel(spec.network),
    traffic: spec.traffic.map((source) => trafficSource(source, spec.duration)),
    steps,
  };
  return { scenario, problems, diagnostics, warnings };
}

/** The images described, and those that the steps use without a description, with a warning for each. */
function allImages(spec: ScenarioSpec, steps: Scenario["steps"]) {
  const images = spec.images.map(describedImage);
  const known = new Set(images.map(({ name }) => name));
  const objects = steps.flatMap(({ action }) => (action.kind === "apply" ? action.objects : []));
  const commands = steps.flatMap(({ action }) =>
    action.kind === "kubectl" ? [action.command] : [],
  );
  const missing = imagesUsed(objects, commands).filter((image) => !known.has(image));
  const unknown = missing.map(
    (image) =>
      `image ${image} is not described in the scenario: it behaves like an ordinary web server`,
  );
  return { images: [...images, ...missing.map(ordinaryImage)], unknown };
}
