import { defineEcConfig } from "@astrojs/starlight/expressive-code";
import { namedCode } from "./src/site/build/named-code.ts";

// In a file of its own, since `<Code>` reads it as well.
export default defineEcConfig({ plugins: [namedCode()] });
