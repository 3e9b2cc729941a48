import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
    // Room for a machine that does other things as well.
    testTimeout: 300_000,
  },
});
