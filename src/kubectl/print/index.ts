export { humanDuration, shortHumanDuration } from "./human-duration.ts";
export { summarizePod, type PodSummary } from "./pod.ts";
export { tableOf } from "./printers.ts";
export { refuseToSort, sortObjects, SortError } from "./sort-objects.ts";
export { shownCells, type Cell, type Column, type Row, type Table } from "./table.ts";
export { printGroups, TablePrinter, type ObjectGroup, type TableOptions } from "./table-printer.ts";
