export { defineOwnManifest } from "./element.ts";
