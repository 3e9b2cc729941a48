/* Which objects a list, a watch or a deletecollection is about. */
import { fieldsMatch, parseFieldSelector } from "../field-selector.ts";
import { parseLabelSelector, requirementsMatch, SelectorError } from "../label-selector.ts";
import type { KubernetesObject, Resource } from "../types.ts";
import type { ApiRequest } from "./request.ts";
import { badRequest } from "./status.ts";

export type Selects = (object: KubernetesObject) => boolean;

/** The objects of a namespace (undefined: of all) that both selectors of the query match. Throws BadRequest. */
export function selection(
  resource: Resource,
  namespace: string | undefined,
  query: NonNullable<ApiRequest["query"]>,
  name?: string,
): Selects {
  try {
    const labels = parseLabelSelector(query.labelSelector ?? "");
    const fields = parseFieldSelector(resource, query.fieldSelector ?? "");
    return (object) =>
      (namespace === undefined || object.metadata.namespace === namespace) &&
      (name === undefined || object.metadata.name === name) &&
      requirementsMatch(labels, object.metadata.labels) &&
      fieldsMatch(fields, object);
  } catch (error) {
    if (error instanceof SelectorError) throw badRequest(error.message);
    throw error;
  }
}
