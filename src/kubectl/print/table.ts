import type { KubernetesObject } from "../../simulator/index.ts";

/** A column of a table, as the API server describes it (meta/v1 TableColumnDefinition). */
export interface Column {
  readonly name: string;
  readonly type: "string" | "integer" | "boolean";
  /** "name" where it holds the object's name. */
  readonly format?: "name";
  /** 0 is always shown, 1 with `-o wide`. */
  readonly priority: 0 | 1;
}

export type Cell = string | number | boolean;

/** What a row says beside its cells (meta/v1 TableRowCondition). */
export interface RowCondition {
  readonly type: "Completed";
  readonly status: "True";
  readonly reason: string;
  readonly message: string;
}

/** A cell for each column, those for `-o wide` too: the server always sends them and kubectl leaves them out. */
export interface Row {
  readonly cells: readonly Cell[];
  readonly conditions?: readonly RowCondition[];
  readonly object: KubernetesObject;
}

/** Objects of one kind as the API server answers `as=Table` (meta/v1 Table, without its metadata). */
export interface Table {
  readonly columnDefinitions: readonly Column[];
  readonly rows: readonly Row[];
}

/** How a kind is printed: its columns, and the cells of an object at an instant. */
export interface KindPrinter<T> {
  readonly columns: readonly Column[];
  readonly cells: (object: T, nowMs: number) => readonly Cell[];
  readonly conditions?: (object: T) => readonly RowCondition[];
}

/** Columns that are always shown. A name is given as `Name`, as `#Count` where it holds a number, and as `?Default` where it is true or false. */
export function columns(...names: readonly string[]): Column[] {
  return names.map((name) => ({
    name: name.replace(/^[#?]/, ""),
    type: name.startsWith("#") ? "integer" : name.startsWith("?") ? "boolean" : "string",
    ...(name === "Name" ? { format: "name" as const } : {}),
    priority: 0,
  }));
}

/** Columns that `-o wide` adds. */
export function wideColumns(...names: readonly string[]): Column[] {
  return columns(...names).map((column) => ({ ...column, priority: 1 }));
}

/** The cells of a row that are shown. */
export function shownCells(table: Table, row: Row, wide: boolean): Cell[] {
  return row.cells.filter((_, i) => isShown(table.columnDefinitions[i], wide));
}

/** The columns that are shown. */
export function shownColumns({ columnDefinitions }: Table, wide: boolean): Column[] {
  return columnDefinitions.filter((column) => isShown(column, wide));
}

function isShown(column: Column | undefined, wide: boolean): boolean {
  return column !== undefined && (wide || column.priority === 0);
}
