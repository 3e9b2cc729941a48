/* Field selectors: `spec.nodeName=node-1,status.phase!=Running` (apimachinery pkg/fields/selector.go). */
import { SelectorError } from "./label-selector.ts";
import type { KubernetesObject, Resource } from "./types.ts";

export interface FieldRequirement {
  readonly field: string;
  readonly value: string;
  readonly negated: boolean;
}

const METADATA = ["metadata.name", "metadata.namespace"];

/** Fields beside metadata that may be selected by (the conversion functions of pkg/apis/core/v1/conversion.go and strategies' GetAttrs). */
const FIELDS: { readonly [R in Resource]?: readonly string[] } = {
  pods: [
    "spec.nodeName",
    "spec.restartPolicy",
    "spec.schedulerName",
    "spec.serviceAccountName",
    "spec.hostNetwork",
    "status.phase",
    "status.podIP",
    "status.podIPs",
    "status.nominatedNodeName",
  ],
  nodes: ["spec.unschedulable"],
  namespaces: ["status.phase", "name"],
  secrets: ["type"],
  services: ["spec.clusterIP", "spec.type"],
  events: [
    "involvedObject.kind",
    "involvedObject.namespace",
    "involvedObject.name",
    "involvedObject.uid",
    "involvedObject.apiVersion",
    "involvedObject.resourceVersion",
    "involvedObject.fieldPath",
    "reason",
    "reportingComponent",
    "source",
    "type",
  ],
};

/** Fields that are false when absent. */
const BOOLEANS = new Set(["spec.unschedulable", "spec.hostNetwork"]);

/** Reads a field selector for a resource. Throws a SelectorError for one that is malformed or names an unknown field. */
export function parseFieldSelector(resource: Resource, text: string): FieldRequirement[] {
  const requirements = splitTerms(text)
    .filter((term) => term !== "")
    .map((term) => {
      const match = /^((?:[^\\=!]|\\.|!(?!=))*)(!=|==|=)(.*)$/s.exec(term);
      if (match === null) {
        throw new SelectorError(`invalid selector: '${text}'; can't understand '${term}'`);
      }
      const [, field = "", sign, value = ""] = match;
      return { field, value: value.replace(/\\([\\,=])/g, "$1"), negated: sign === "!=" };
    });
  for (const { field } of requirements) refuseUnknown(resource, field);
  return requirements;
}

/** Cuts at commas that no backslash precedes. */
function splitTerms(text: string): string[] {
  return text.match(/(?:[^\\,]|\\.)+/gs) ?? [];
}

function refuseUnknown(resource: Resource, field: string): void {
  const known = FIELDS[resource];
  if (METADATA.includes(field) || known?.includes(field)) return;
  throw new SelectorError(
    known === undefined
      ? `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`
      : `field label not supported: ${field}`,
  );
}

/** Does the object have the values wanted? */
export function fieldsMatch(
  requirements: readonly FieldRequirement[],
  object: KubernetesObject,
): boolean {
  return requirements.every(
    ({ field, value, negated }) => (valueOf(object, field) === value) !== negated,
  );
}

function valueOf(object: KubernetesObject, field: string): string {
  if (field === "name") return object.metadata.name;
  if (field === "source") {
    return valueOf(object, "source.component") || valueOf(object, "reportingComponent");
  }
  let value: unknown = object;
  for (const part of field.split(".")) {
    value = (value as Readonly<Record<string, unknown>> | null | undefined)?.[part];
  }
  if (value === undefined || value === null) return BOOLEANS.has(field) ? "false" : "";
  return typeof value === "object" ? "" : String(value as string | number | boolean);
}
