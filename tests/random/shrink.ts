import type { Plan } from "./plan.ts";

/** The smallest plan that still fails, found by leaving out one thing after the other. */
export function shrink(plan: Plan, fails: (plan: Plan) => boolean): Plan {
  for (;;) {
    const smaller = candidates(plan).find(fails);
    if (smaller === undefined) return plan;
    plan = smaller;
  }
}

function candidates(plan: Plan): Plan[] {
  const all: Plan[] = [];
  for (let i = plan.steps.length - 1; i > 0; i -= 1) {
    all.push({ ...plan, steps: plan.steps.toSpliced(i, 1) });
  }
  if (plan.traffic.length > 0) all.push({ ...plan, traffic: [] });
  for (const [field, list] of Object.entries(plan.faults)) {
    const { [field]: _unused, ...faults } = plan.faults;
    all.push({ ...plan, faults });
    for (let i = 0; list.length > 1 && i < list.length; i += 1) {
      all.push({ ...plan, faults: { ...faults, [field]: list.toSpliced(i, 1) } });
    }
  }
  if (Object.keys(plan.network).length > 0) all.push({ ...plan, network: {} });
  if (plan.nodes > 1) all.push({ ...plan, nodes: 1 });
  for (const [file, objects] of Object.entries(plan.files)) {
    if (!plan.steps.some((step) => "apply" in step && step.apply === file)) {
      const { [file]: _unused, ...files } = plan.files;
      all.push({ ...plan, files });
      continue;
    }
    for (const smaller of withLess(objects, KEPT)) {
      all.push({ ...plan, files: { ...plan.files, [file]: smaller as Plan["files"][string] } });
    }
  }
  for (const smaller of withLess(plan.images, ["name"])) {
    all.push({ ...plan, images: smaller as Plan["images"] });
  }
  return all;
}

/** Fields without which a manifest means nothing. */
const KEPT = [
  "apiVersion",
  "kind",
  "metadata",
  "spec",
  "selector",
  "matchLabels",
  "app",
  "template",
  "labels",
  "containers",
  "name",
  "image",
  "ports",
  "port",
  "replicas",
];

/** Copies of a value with one field, or one element of a list, left out, or one number made less. */
function withLess(value: unknown, kept: readonly string[]): unknown[] {
  if (typeof value === "number") return value > 1 ? [value - 1] : [];
  if (Array.isArray(value)) {
    const copies = value.length > 1 ? value.map((_, i) => value.toSpliced(i, 1)) : [];
    for (const [i, item] of value.entries()) {
      for (const less of withLess(item, kept)) copies.push(value.with(i, less));
    }
    return copies;
  }
  if (typeof value !== "object" || value === null) return [];
  const copies: unknown[] = [];
  for (const [key, item] of Object.entries(value)) {
    if (!kept.includes(key)) {
      copies.push(Object.fromEntries(Object.entries(value).filter(([other]) => other !== key)));
    }
    for (const less of withLess(item, kept)) copies.push({ ...value, [key]: less });
  }
  return copies;
}
