import { writeFileSync } from "node:fs";
import { measuredTable } from "./measured-table.ts";

/** Writes the table of measured against simulated to where a page reads it: a row a line. `npm run measured`. */
const { schema, seeds, rows } = measuredTable();
const lines = rows.map((row) => `    ${JSON.stringify(row)}`).join(",\n");
writeFileSync(
  new URL("../../content/measured.json", import.meta.url),
  `{\n  "schema": ${JSON.stringify(schema)},\n  "seeds": ${seeds},\n  "rows": [\n${lines}\n  ]\n}\n`,
);
