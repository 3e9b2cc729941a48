/* From words to kinds of the API: what discovery and the RESTMapper do for kubectl. */
import { resources, servedKinds, type ResourceDefinition } from "../simulator/index.ts";
import { KubectlError } from "./kubectl-error.ts";

/** Groups in the order of their priority, in which a word without a group is looked up and `all` is listed. */
const GROUPS = [
  "",
  "apps",
  "autoscaling",
  "batch",
  "networking.k8s.io",
  "policy",
  "scheduling.k8s.io",
];

/** Every kind that the server serves, by group and then by name. */
export function allKinds(): ResourceDefinition[] {
  const rank = ({ group }: ResourceDefinition) => {
    const at = GROUPS.indexOf(group);
    return at < 0 ? GROUPS.length : at;
  };
  return [...resources.values()].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.group < b.group ? -1 : a.group > b.group ? 1 : 0) ||
      (a.plural < b.plural ? -1 : 1),
  );
}

/**
 * The kind that a word names: plural, singular or kind in any case, or a short name as it is (restmapper/shortcut.go), with or without
 * `.group` or `.version.group`.
 */
export function findKindByWord(word: string): ResourceDefinition | undefined {
  const [typed = "", ...rest] = word.split(".");
  const name = typed.toLowerCase();
  const group = rest.join(".");
  return [...allKinds(), ...servedKinds()].find(
    (kind) =>
      (kind.plural === name || kind.singular === name || kind.shortNames.includes(typed)) &&
      (group === "" || kind.group === group || `${kind.version}.${kind.group}` === group),
  );
}

export function kindByWord(word: string): ResourceDefinition {
  const kind = findKindByWord(word);
  if (kind === undefined) {
    const [name] = word.split(".");
    throw new KubectlError(`the server doesn't have a resource type ${JSON.stringify(name)}`);
  }
  return kind;
}

/** The kinds that `pods,svc` or a category such as `all` stands for. */
export function kindsByWords(words: string): ResourceDefinition[] {
  const kinds = words.split(",").flatMap((word) => {
    const ofCategory = allKinds().filter(({ categories }) => categories?.includes(word));
    return ofCategory.length > 0 ? ofCategory : [kindByWord(word)];
  });
  return [...new Set(kinds)];
}

/** `deployment.apps`, `pod`: how kubectl names a kind in front of a name. */
export function typeName({ singular, group }: ResourceDefinition): string {
  return group === "" ? singular : `${singular}.${group}`;
}

/** `deployments.apps`, `pods`. */
export function resourceName({ plural, group }: ResourceDefinition): string {
  return group === "" ? plural : `${plural}.${group}`;
}

/** `Deployment.apps`, `Pod`: how Go prints a group and kind (schema.GroupKind.String). */
export function groupKind({ kind, group }: Pick<ResourceDefinition, "kind" | "group">): string {
  return group === "" ? kind : `${kind}.${group}`;
}
