import type { KubernetesObject } from "../../simulator/index.ts";
import { labelsText } from "./cells.ts";
import { tableOf } from "./printers.ts";
import { shownCells, shownColumns, type Row } from "./table.ts";
import { TabWriter } from "./tab-writer.ts";

/** What the flags of `kubectl get` change of a table. */
export interface TableOptions {
  /** `-o wide` */
  readonly wide?: boolean;
  /** `--no-headers` */
  readonly noHeaders?: boolean;
  /** `-A` */
  readonly withNamespace?: boolean;
  /** `--show-labels` */
  readonly showLabels?: boolean;
  /** `-L app,tier` */
  readonly labelColumns?: readonly string[];
  /** `--output-watch-events`: the type of change, in front of each row. */
  readonly withEventType?: boolean;
}

/** Objects of one kind, in the order in which they are printed. */
export interface ObjectGroup {
  readonly kind: string;
  /** "" for the core group; printed before names where kinds are mixed: `deployment.apps/web`. */
  readonly group: string;
  readonly objects: readonly KubernetesObject[];
}

/**
 * What `kubectl get` prints, a text a line (kubectl pkg/cmd/get/get.go Run, cli-runtime pkg/printers/tableprinter.go). With more than
 * one kind each has its own table, its names begin with the kind, and an empty line stands between. No objects give no lines.
 */
export function printGroups(
  groups: readonly ObjectGroup[],
  nowMs: number,
  options: TableOptions = {},
  withKind = false,
): string[] {
  const lines: string[] = [];
  for (const group of groups) {
    const printed = new TablePrinter(group, options, withKind || groups.length > 1).print(
      group.objects,
      nowMs,
    );
    if (lines.length > 0 && printed.length > 0 && !options.noHeaders) lines.push("");
    lines.push(...printed);
  }
  return lines;
}

/** Prints objects of one kind as they come, as `get -w` does: headers once, columns that only ever get wider. */
export class TablePrinter {
  readonly #kind: string;
  readonly #prefix: string;
  readonly #options: TableOptions;
  readonly #writer = new TabWriter();
  #headersDue: boolean;

  constructor(
    { kind, group }: Pick<ObjectGroup, "kind" | "group">,
    options: TableOptions = {},
    withKind = false,
  ) {
    this.#kind = kind;
    this.#prefix = withKind ? `${kind}${group === "" ? "" : `.${group}`}/`.toLowerCase() : "";
    this.#options = options;
    this.#headersDue = options.noHeaders !== true;
  }

  /** The lines of these objects, with headers if they were not printed yet. `eventType` is for `withEventType`. */
  print(objects: readonly KubernetesObject[], nowMs: number, eventType = ""): string[] {
    if (objects.length === 0) return [];
    const table = tableOf(this.#kind, objects, nowMs);
    const wide = this.#options.wide === true;
    const shown = shownColumns(table, wide);
    const nameAt = shown.findIndex(({ format }) => format === "name");
    const lines = table.rows.map((row) => {
      const cells = shownCells(table, row, wide).map((cell, i) =>
        shortened(i === nameAt ? `${this.#prefix}${cell}` : String(cell)),
      );
      return this.#decorated(cells, row, eventType);
    });
    if (this.#headersDue) lines.unshift(this.#headers(shown.map(({ name }) => name)));
    this.#headersDue = false;
    return this.#writer.write(lines);
  }

  #decorated(cells: readonly string[], { object }: Row, eventType: string): string[] {
    const { withEventType, withNamespace, labelColumns = [], showLabels } = this.#options;
    const { namespace = "", labels } = object.metadata;
    return [
      ...(withEventType ? [eventType.padEnd(8)] : []),
      ...(withNamespace ? [namespace] : []),
      ...cells,
      ...labelColumns.map((key) => labels?.[key] ?? ""),
      ...(showLabels ? [labelsText(labels)] : []),
    ];
  }

  #headers(names: readonly string[]): string[] {
    const { withEventType, withNamespace, labelColumns = [], showLabels } = this.#options;
    return [
      ...(withEventType ? ["Event"] : []),
      ...(withNamespace ? ["Namespace"] : []),
      ...names,
      ...labelColumns.map((key) => key.slice(key.lastIndexOf("/") + 1)),
      ...(showLabels ? ["Labels"] : []),
    ].map((name) => name.toUpperCase());
  }
}

/** A cell is one line: of more, the first is shown (cellBreakChars). */
function shortened(cell: string): string {
  const end = cell.search(/[\f\n\r]/);
  return end < 0 ? cell : `${cell.slice(0, end)}...`;
}
