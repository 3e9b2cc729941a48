import type { PodTemplateSpec } from "../../simulator/api/types.ts";

/** A pod template told in words: `image nginx, containers[0].restartPolicy=Never`. */
export function describedTemplate(description: string): PodTemplateSpec {
  let template: PodTemplateSpec = { spec: { containers: [{ name: "main" }] } };
  for (const part of description.split(/,\s*/)) {
    const image = /^image (\S+)$/.exec(part);
    const change = image === null ? part.replace("=", " = ") : `containers[0].image = ${image[1]}`;
    template = changedTemplate(template, change);
  }
  return template;
}

/** The template with one change told in words: `none`, `PATH removed` or `PATH = VALUE`, where PATH begins at the pod's spec. */
export function changedTemplate(template: PodTemplateSpec, change: string): PodTemplateSpec {
  if (change === "none") return template;
  const match = /^(\S+) (?:removed|= (.+))$/.exec(change);
  if (match === null) throw new Error(`Not a change of a template: ${change}`);
  const path = match[1]!
    .replace(/^spec\./, "")
    .split(/[.[\]]+/)
    .filter(Boolean);
  const value = match[2] === undefined ? undefined : readValue(match[2]);
  return { ...template, spec: setAt(template.spec, path, value) as PodTemplateSpec["spec"] };
}

function readValue(text: string): unknown {
  return /^(-?\d+|".*"|true|false)$/.test(text) ? (JSON.parse(text) as unknown) : text;
}

function setAt(object: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(object)) {
    return object.map((item: unknown, i) => (i === Number(key) ? setAt(item, rest, value) : item));
  }
  const { [key]: before, ...others } = object as Record<string, unknown>;
  const next = setAt(before, rest, value);
  return next === undefined ? others : { ...others, [key]: next };
}
