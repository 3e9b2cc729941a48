import { mkdirSync, writeFileSync } from "node:fs";
import { format } from "prettier";
import { publishedSchemas } from "../labs/authoring.ts";

/** Writes the JSON Schemas of scenarios and labs to where the site publishes them. */
const folder = new URL("../../public/schema/", import.meta.url);

mkdirSync(folder, { recursive: true });
for (const [name, schema] of Object.entries(publishedSchemas())) {
  writeFileSync(
    new URL(name, folder),
    await format(JSON.stringify(schema), { parser: "json", printWidth: 100 }),
  );
}
