import { defaultClass } from "../admission/priority.ts";
import type { Stored } from "../admission/stored.ts";
import { fillAbsent } from "../defaults/fill.ts";
import { forbidden } from "../refusals.ts";
import type { ResourceDefinition } from "../resource.ts";
import type { NewObject, PriorityClass } from "../types.ts";
import {
  SYSTEM_CLASSES,
  validatePriorityClass,
  validatePriorityClassUpdate,
} from "../validation/priority-class.ts";
import { defineKind } from "./define.ts";

const API_VERSION = { apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass" };

export const priorityclasses: ResourceDefinition<PriorityClass> = defineKind<PriorityClass>({
  group: "scheduling.k8s.io",
  kind: "PriorityClass",
  plural: "priorityclasses",
  shortNames: ["pc"],
  namespaced: false,
  setDefaults: (object) => fillAbsent(object, { preemptionPolicy: "PreemptLowerPriority" }),
  validate: validatePriorityClass,
  validateUpdate: validatePriorityClassUpdate,
  prepareForCreate: (object) => ({
    ...object,
    metadata: { ...object.metadata, generation: 1 },
  }),
  refuse: refuseSecondDefault,
  refuseDelete({ metadata: { name } }) {
    if (!SYSTEM_CLASSES.some((one) => one.name === name)) return;
    const why = "this is a system priority class and cannot be deleted";
    throw forbidden(priorityclasses, name, why);
  },
});

/** plugin/pkg/admission/priority validatePriorityClass: pods without a class can be given only one. */
function refuseSecondDefault(
  { metadata: { name }, globalDefault }: PriorityClass,
  stored: Stored,
): void {
  if (globalDefault !== true) return;
  const others = stored.list("priorityclasses").filter(({ metadata }) => metadata.name !== name);
  const other = defaultClass(others);
  if (other === undefined) return;
  const why = `PriorityClass ${other.metadata.name} is already marked as default. Only one default can exist`;
  throw forbidden(priorityclasses, name, why);
}

/** The classes that the API server makes when it starts (registry/scheduling/rest AddSystemPriorityClasses). */
export const systemPriorityClasses: readonly NewObject<PriorityClass>[] = SYSTEM_CLASSES.map(
  ({ name, value, description }) => ({ ...API_VERSION, metadata: { name }, value, description }),
);
