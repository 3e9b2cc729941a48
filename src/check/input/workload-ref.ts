import { isRecord, type GivenObject } from "./read-input.ts";

/**
 * Rollouts that take their pods from another object, as Argo Rollouts' template resolver does (rollout/templateref.go): with its template, and its
 * selector where they have none of their own. What an edit changes of the template stands in that object. `without`: those whose object is not given.
 */
export function withTemplates(objects: readonly GivenObject[]): {
  readonly objects: readonly GivenObject[];
  readonly without: readonly GivenObject[];
} {
  const without: GivenObject[] = [];
  const resolved = objects.flatMap((given) => {
    const spec = isRecord(given.object.spec) ? given.object.spec : {};
    const { workloadRef: ref, ...rest } = spec;
    if (given.kind !== "Rollout" || !isRecord(ref)) return given;
    const owner = objects.find(
      ({ kind, name, namespace }) =>
        kind === ref.kind && name === ref.name && namespace === given.namespace,
    );
    if (owner === undefined || !isRecord(owner.object.spec)) {
      without.push(given);
      return [];
    }
    const { selector = owner.object.spec.selector } = rest;
    const { template } = owner.object.spec;
    const object = { ...given.object, spec: { ...rest, selector, template } };
    return { ...given, object, templateOf: owner };
  });
  return { objects: resolved, without };
}
