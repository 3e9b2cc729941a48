/** What reads and proves labs: for the command line and the build. A page gets labs read, as plain data, and needs no YAML library. */
export { readLab } from "./read-lab.ts";
export { proveLab, type Proof } from "./prove.ts";
export { publishedSchemas } from "./schemas.ts";
