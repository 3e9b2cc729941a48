/* kubectl get (pkg/cmd/get/get.go). */
import { toStored, type KubernetesObject, type ResourceDefinition } from "../../simulator/index.ts";
import { logLine } from "../command/log-line.ts";
import { listed, meant, selectorsOf, visit } from "../command/resolve.ts";
import {
  FIELD_SELECTOR_FLAG,
  FILE_FLAGS,
  namespaceOf,
  OUTPUT_FLAG,
  type Call,
  type Verb,
} from "../command/verb.ts";
import type { ApiError } from "../kubectl-error.ts";
import { errorTexts, isNotFound, KubectlError } from "../kubectl-error.ts";
import { printerFor, type ObjectPrinter } from "../output/printer.ts";
import {
  printGroups,
  refuseToSort,
  SortError,
  sortObjects,
  TablePrinter,
  type TableOptions,
} from "../print/index.ts";
import type { Program } from "../program.ts";
import { Watcher } from "../watch.ts";

export const get: Verb = {
  name: "get",
  about: "Display one or many resources",
  usage: "(TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...) [flags]",
  flags: [
    OUTPUT_FLAG,
    ...FILE_FLAGS,
    { name: "selector", short: "l", about: "labels of the objects: app=web,tier!=db" },
    FIELD_SELECTOR_FLAG,
    { name: "all-namespaces", short: "A", type: "bool", about: "objects of all namespaces" },
    { name: "watch", short: "w", type: "bool", about: "goes on with each change" },
    { name: "watch-only", type: "bool", about: "changes only" },
    { name: "output-watch-events", type: "bool", about: "with -w: the type of each change" },
    { name: "no-headers", type: "bool", about: "no line of headings" },
    { name: "show-labels", type: "bool", about: "a last column with all labels" },
    { name: "label-columns", short: "L", type: "list", about: "columns with these labels" },
    { name: "sort-by", about: "order by a field: .metadata.creationTimestamp" },
    { name: "ignore-not-found", type: "bool", about: "nothing where there is nothing" },
    {
      name: "show-managed-fields",
      type: "bool",
      about: "with -o yaml or json: who manages which field",
    },
    { name: "show-kind", type: "bool", about: "the kind in front of each name" },
    {
      name: "chunk-size",
      type: "int",
      about: "size of the parts of a long list; it changes nothing",
    },
    { name: "subresource", about: "status or scale", missing: true },
    { name: "raw", about: "a path of the API", missing: true },
  ],
  *run(call) {
    const { flags, words, world } = call;
    if (words.length > 0 && flags.has("filename")) {
      throw new KubectlError(
        "when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well",
      );
    }
    if (words.length === 0 && !flags.has("filename")) {
      yield {
        stderr:
          'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n',
      };
      throw new KubectlError(
        `Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\nSee 'kubectl get -h' for help and examples`,
      );
    }
    const printer = printerFor(flags.text("output") ?? "", {
      hasTables: true,
      showManagedFields: flags.isOn("show-managed-fields"),
      noHeaders: flags.isOn("no-headers"),
      readFile: (path) => {
        const content = world.read(path);
        return typeof content === "string" ? content : undefined;
      },
    });
    if (flags.isOn("watch") || flags.isOn("watch-only")) return yield* watch(call, printer);
    return yield* once(call, printer);
  },
};

function* once(call: Call, printer: ObjectPrinter | undefined): Program {
  const { flags, words, world } = call;
  const groups: KindGroup[] = [];
  let errors: readonly (ApiError | KubectlError)[] = [];
  let byName = true;
  let tables = 0;
  const found = flags.has("filename") ? undefined : meant(call, words);
  if (found !== undefined && "kinds" in found) {
    byName = false;
    for (const kind of found.kinds) {
      groups.push({ kind, objects: listed(call, kind).map(({ object }) => object) });
    }
    tables = groups.length;
  } else {
    if (flags.isOn("all-namespaces")) {
      throw new KubectlError("a resource cannot be retrieved by name across all namespaces");
    }
    const visited = visit(call);
    errors = visited.errors;
    tables = visited.infos.length;
    if (flags.isOn("ignore-not-found")) errors = errors.filter((error) => !isNotFound(error));
    for (const { kind, object } of visited.infos) {
      const last = groups.at(-1);
      if (last?.kind === kind)
        groups[groups.length - 1] = { kind, objects: [...last.objects, object] };
      else groups.push({ kind, objects: [object] });
    }
  }
  const sorted = sortedGroups(call, groups, printer === undefined ? tables : 0);
  const rows = (kind: ResourceDefinition, objects: readonly KubernetesObject[]) =>
    // The server makes its tables of what it stores.
    objects.map((object) => toStored(kind, object));
  const all = sorted.flatMap(({ objects }) => objects);
  if (printer !== undefined) {
    if (all.length > 0 || (!byName && errors.length === 0)) {
      yield { stdout: printer.print(all, !(byName && all.length === 1)) };
    }
  } else if (all.length > 0) {
    const lines = printGroups(
      sorted.map(({ kind, objects }) => ({
        kind: kind.kind,
        group: kind.group,
        objects: rows(kind, objects),
      })),
      world.now(),
      tableOptions(call),
      flags.isOn("show-kind"),
    );
    yield { stdout: `${lines.join("\n")}\n` };
  } else if (errors.length === 0 && !flags.isOn("ignore-not-found")) {
    yield { stderr: `${nothingFound(call, groups)}\n` };
  }
  for (const text of errorTexts(errors)) yield { stderr: `${text}\n` };
  return errors.length === 0 ? 0 : 1;
}

function nothingFound(call: Call, groups: readonly { kind: ResourceDefinition }[]): string {
  const isNamespaced = groups.every(({ kind }) => kind.namespaced);
  return isNamespaced && !call.flags.isOn("all-namespaces")
    ? `No resources found in ${namespaceOf(call)} namespace.`
    : "No resources found";
}

interface KindGroup {
  readonly kind: ResourceDefinition;
  readonly objects: readonly KubernetesObject[];
}

/**
 * `--sort-by`: a table is sorted by itself, and one that cannot be sorted is not printed at all. The server sends a table for each type or
 * name that is asked for; `tables` is how many, 0 where objects are printed.
 */
function sortedGroups(
  call: Call,
  groups: readonly KindGroup[],
  tables: number,
): readonly KindGroup[] {
  const path = call.flags.text("sort-by") ?? "";
  if (path === "") return groups;
  return guardedSort(call, () => {
    if (tables > 1) refuseToSort(path);
    return groups.map(({ kind, objects }) => {
      if (tables > 0 && objects.length < 2) return { kind, objects };
      try {
        return { kind, objects: sortObjects(objects, path) };
      } catch (error) {
        if (tables > 0 && error instanceof SortError && !error.isFatal)
          return { kind, objects: [] };
        throw error;
      }
    });
  });
}

function guardedSort<T>({ world }: Call, sort: () => T): T {
  try {
    return sort();
  } catch (error) {
    if (!(error instanceof SortError)) throw error;
    throw new KubectlError(
      error.isFatal ? logLine("F", world.now(), "sorter.go:375", error.message) : error.message,
    );
  }
}

function tableOptions({ flags }: Call): TableOptions {
  return {
    wide: flags.text("output") === "wide",
    noHeaders: flags.isOn("no-headers"),
    withNamespace: flags.isOn("all-namespaces"),
    showLabels: flags.isOn("show-labels"),
    labelColumns: flags.list("label-columns"),
    withEventType: flags.isOn("output-watch-events"),
  };
}

/** What stands first, then each change as it comes, until Ctrl+C or `--request-timeout`. */
function* watch(call: Call, printer: ObjectPrinter | undefined): Program {
  const { flags, client, world } = call;
  const { kind, name } = watched(call);
  const where = {
    kind,
    namespace: flags.isOn("all-namespaces") || !kind.namespaced ? "" : namespaceOf(call),
  };
  const query = name === undefined ? selectorsOf(call) : { fieldSelector: `metadata.name=${name}` };
  const { items, resourceVersion } = client.list(where, query);
  if (name !== undefined && items.length === 0) client.get(where, name);
  const table = new TablePrinter(kind, tableOptions(call), flags.isOn("show-kind"));
  const text = (objects: readonly KubernetesObject[], type: string) =>
    printer === undefined
      ? table
          .print(
            objects.map((object) => toStored(kind, object)),
            world.now(),
            type,
          )
          .map((line) => `${line}\n`)
          .join("")
      : objects.map((object) => printer.print([object], false)).join("");
  if (!flags.isOn("watch-only") && items.length > 0) {
    const [first] = sortedGroups(call, [{ kind, objects: items }], printer === undefined ? 1 : 0);
    yield { stdout: text(first!.objects, "ADDED") };
  }
  const limitMs = flags.duration("request-timeout") ?? 0;
  const untilMs = limitMs > 0 ? world.now() + limitMs : Infinity;
  const watcher = new Watcher(client, where, resourceVersion, query);
  while (world.now() < untilMs) {
    for (const { type, object } of watcher.changes()) yield { stdout: text([object], type) };
    yield { waitForChange: true, untilMs };
  }
  return 0;
}

function watched(call: Call): { kind: ResourceDefinition; name?: string } {
  const found = meant(call, call.words);
  const kinds = "kinds" in found ? found.kinds : found.names.map(({ kind }) => kind);
  const [kind] = kinds;
  if (kind === undefined || new Set(kinds).size > 1) {
    throw new KubectlError("you may only specify a single resource type");
  }
  if ("kinds" in found) return { kind };
  if (found.names.length > 1) {
    throw new KubectlError(
      "watch is only supported on individual resources and resource collections",
    );
  }
  return { kind, name: found.names[0]!.name };
}
