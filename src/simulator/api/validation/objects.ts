/* Pods and the smaller kinds as whole objects: pkg/apis/core/validation/validation.go. */
import { deepEqual } from "../deep-equal.ts";
import { goQuote } from "../schema/go-text.ts";
import type { FieldError } from "../status-error.ts";
import type { ConfigMap, KubernetesObject, Node, Pod, PodSpec, Secret } from "../types.ts";
import {
  duplicate,
  forbidden,
  invalid,
  invalidEach,
  notSupported,
  required,
  tooLong,
} from "./field-errors.ts";
import { validateObjectMeta, validateObjectMetaUpdate } from "./metadata.ts";
import {
  configMapKey,
  dns1123Subdomain,
  labelValue,
  qualifiedName,
  type NameRule,
} from "./names.ts";
import { validatePodAnnotations } from "./pod-annotations.ts";
import {
  refuseEphemeral,
  validateImagesOfPod,
  validateNodeNameOfPod,
  validatePodSpec,
} from "./pod-spec.ts";
import { validateSecretType } from "./secret-types.ts";

/** Keys and values of a ConfigMap or Secret together: 1 MiB. */
const DATA_SIZE_MAX = 1024 * 1024;

const INT32_MAX = 2147483647;

/** ValidatePodCreate. */
export function validatePod(pod: Pod): FieldError[] {
  return [
    ...validateObjectMeta(pod.metadata, true, dns1123Subdomain),
    ...validatePodAnnotations(pod.metadata.annotations, pod.spec, "metadata.annotations"),
    ...validatePodSpec(pod.spec ?? ({} as PodSpec), "spec", { isPod: true }),
    ...validateImagesOfPod(pod.spec ?? ({} as PodSpec), "spec"),
    ...refuseEphemeral(pod.spec ?? ({} as PodSpec), "spec", "cannot be set on create"),
    ...validateNodeNameOfPod(pod.spec ?? ({} as PodSpec)),
  ];
}

/**
 * ValidatePodUpdate: only images, activeDeadlineSeconds and more tolerations may change.
 * Simplified: upstream's error goes on with the difference of the two specs.
 */
export function validatePodUpdate(pod: Pod, old: Pod): FieldError[] {
  const errors = validateObjectMetaUpdate(pod.metadata, old.metadata);
  errors.push(
    ...validatePodAnnotations(pod.metadata.annotations, pod.spec, "metadata.annotations"),
  );
  errors.push(...validatePodSpec(pod.spec, "spec", { isPod: true }));
  for (const list of ["containers", "initContainers"] as const) {
    if ((pod.spec[list] ?? []).length !== (old.spec[list] ?? []).length) {
      const detail = "pod updates may not add or remove containers";
      return [...errors, forbidden(`spec.${list}`, detail)];
    }
  }
  const deadline = validateDeadlineUpdate(pod.spec, old.spec);
  errors.push(...deadline.errors);
  if (deadline.isOver) return errors;
  if (!hasOldTolerations(pod.spec, old.spec)) {
    const detail = "existing toleration can not be modified except its tolerationSeconds";
    errors.push(forbidden("spec.tolerations", detail));
  }
  if (!deepEqual(withoutChangeable(pod.spec), withoutChangeable(old.spec))) {
    const fields =
      "`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";
    errors.push(forbidden("spec", `pod updates may not change fields other than ${fields}`));
  }
  return errors;
}

/** A deadline can be set, and come sooner; an error about its number ends the validation. */
function validateDeadlineUpdate(
  { activeDeadlineSeconds: now }: PodSpec,
  { activeDeadlineSeconds: before }: PodSpec,
): { errors: FieldError[]; isOver?: boolean } {
  const path = "spec.activeDeadlineSeconds";
  if (now === undefined) {
    const detail = "must not update from a positive integer to nil value";
    return { errors: before === undefined ? [] : [invalid(path, "null", detail)] };
  }
  if (now < 0 || now > INT32_MAX) {
    const detail = `must be between 0 and ${INT32_MAX}, inclusive`;
    return { errors: [invalid(path, now, detail)], isOver: true };
  }
  if (before === undefined || before >= now) return { errors: [] };
  return {
    errors: [invalid(path, now, "must be less than or equal to previous value")],
    isOver: true,
  };
}

/** validateOnlyAddedTolerations: how long an old one lasts may change. */
function hasOldTolerations({ tolerations = [] }: PodSpec, old: PodSpec): boolean {
  const lasting = (toleration: object) => ({ ...toleration, tolerationSeconds: undefined });
  return (old.tolerations ?? []).every((before) =>
    tolerations.some((now) => deepEqual(lasting(now), lasting(before))),
  );
}

function withoutChangeable(spec: PodSpec): object {
  const strip = (list: PodSpec["containers"] | undefined) =>
    list?.map((container) => ({ ...container, image: undefined }));
  return {
    ...spec,
    containers: strip(spec.containers),
    initContainers: strip(spec.initContainers),
    activeDeadlineSeconds: undefined,
    tolerations: undefined,
  };
}

/** An object of which only the metadata are looked at. */
export function validateMetaOnly(
  object: KubernetesObject,
  namespaced: boolean,
  nameRule: NameRule,
): FieldError[] {
  return validateObjectMeta(object.metadata, namespaced, nameRule);
}

/** The update of such an object. */
export function validateMetaUpdateOnly(
  object: KubernetesObject,
  old: KubernetesObject,
): FieldError[] {
  return validateObjectMetaUpdate(object.metadata, old.metadata);
}

/** ValidateConfigMap and ValidateSecret; what is too large as a whole is told of a path without a name, which upstream prints so. */
export function validateKeyedData(object: ConfigMap | Secret): FieldError[] {
  const errors = validateObjectMeta(object.metadata, true, dns1123Subdomain);
  const { binaryData = {} } = object as ConfigMap;
  const isSecret = object.kind === "Secret";
  let size = 0;
  for (const field of ["data", "binaryData"] as const) {
    const data = (object as ConfigMap)[field] ?? {};
    for (const key of Object.keys(data).sort()) {
      const at = `${field}[${key}]`;
      errors.push(...invalidEach(at, key, configMapKey(key)));
      if (field === "data" && binaryData[key] !== undefined) {
        errors.push(invalid(at, key, "duplicate of key present in binaryData"));
      }
      size += isSecret || field === "binaryData" ? base64Size(data[key]!) : data[key]!.length;
    }
  }
  if (size > DATA_SIZE_MAX) errors.push(tooLong(isSecret ? "data" : "[]", DATA_SIZE_MAX));
  return isSecret ? [...errors, ...validateSecretType(object as Secret)] : errors;
}

/** Bytes that a base64 text stands for. */
function base64Size(text: string): number {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  return (text.length / 4) * 3 - padding;
}

/** The update of a ConfigMap or Secret: one that is immutable keeps its data. */
export function validateKeyedDataUpdate<T extends ConfigMap | Secret>(
  object: T,
  old: T,
): FieldError[] {
  const errors = validateObjectMetaUpdate(object.metadata, old.metadata);
  if (old.immutable === true) {
    const detail = "field is immutable when `immutable` is set";
    if (object.immutable !== true) errors.push(forbidden("immutable", detail));
    for (const field of ["data", "binaryData"] as const) {
      if (!deepEqual((object as ConfigMap)[field], (old as ConfigMap)[field])) {
        errors.push(forbidden(field, detail));
      }
    }
  }
  if (object.kind === "Secret" && (object as Secret).type !== (old as Secret).type) {
    errors.push(invalid("type", (object as Secret).type ?? "", "field is immutable"));
  }
  return [...errors, ...validateKeyedData(object)];
}

/** ValidateNode: its taints, which upstream looks for in the metadata. */
export function validateNode(node: Node): FieldError[] {
  const errors = validateObjectMeta(node.metadata, false, dns1123Subdomain);
  const seen = new Set<string>();
  (node.spec?.taints ?? []).forEach(({ key, value = "", effect }, i) => {
    const at = `metadata.taints[${i}]`;
    errors.push(...invalidEach(`${at}.key`, key, qualifiedName(key)));
    const wrong = labelValue(value);
    if (wrong.length > 0) errors.push(invalid(`${at}.value`, value, wrong.join(";")));
    const effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];
    if (!effect) errors.push(required(`${at}.effect`));
    else if (!effects.includes(effect)) errors.push(notSupported(`${at}.effect`, effect, effects));
    if (seen.has(`${effect} ${key}`)) {
      const go = `core.Taint{Key:${goQuote(key)}, Value:${goQuote(value)}, Effect:${goQuote(effect)}, TimeAdded:<nil>}`;
      const second = duplicate(at, { go });
      const detail = `${second.detail}: taints must be unique by key and effect pair`;
      errors.push({ ...second, detail });
    }
    seen.add(`${effect} ${key}`);
  });
  return errors;
}
