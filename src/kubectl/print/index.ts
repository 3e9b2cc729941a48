export { humanDuration, shortHumanDuration } from "./human-duration.ts";
export { tableOf } from "./printers.ts";
export { refuseToSort, sortObjects, SortError } from "./sort-objects.ts";
export { shownCells } from "./table.ts";
export { printGroups, TablePrinter, type TableOptions } from "./table-printer.ts";
