import astro from "eslint-plugin-astro";
import * as mdx from "eslint-plugin-mdx";
import tseslint from "typescript-eslint";

/** Rooms that give the same answer for the same input, on every machine and in every browser. */
const pureRooms = [
  "simulator",
  "manifest",
  "kubectl",
  "shell",
  "scenario",
  "words",
  "check",
  "labs",
];

const bannedGlobals = {
  Date: "virtual time of simulator/kernel, simulator/api/time.ts for the wire format",
  performance: "virtual time of simulator/kernel",
  setTimeout: "the kernel's event queue",
  setInterval: "the kernel's event queue",
  setImmediate: "the kernel's event queue",
  queueMicrotask: "the kernel's event queue",
  requestAnimationFrame: "the kernel's event queue",
  crypto: "simulator/kernel/random.ts",
  fetch: "an input of the scenario",
  console: "a returned value, a diagnostic, or a decision with its reason",
  process: "an argument, or cli/",
  Buffer: "Uint8Array",
  document: "ui/",
  window: "ui/",
  navigator: "ui/",
  localStorage: "ui/",
  Intl: "words/ for sentences, plain numbers elsewhere",
};

/** Their last bits differ between engines. */
const bannedMath = ["random", "log", "log2", "log10", "log1p", "exp", "expm1", "pow", "sin", "cos"]
  .concat(["tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "cbrt", "hypot"])
  .map((property) => ({
    object: "Math",
    property,
    message: "Use simulator/kernel/random.ts or arithmetic.ts: the same bits in every engine.",
  }));

/** What a pure room may not touch; each ban says what to use. */
const purity = {
  files: pureRooms.map((room) => `src/${room}/**/*.ts`),
  ignores: ["**/*.test.ts"],
  rules: {
    "no-restricted-globals": [
      "error",
      ...Object.entries(bannedGlobals).map(([name, instead]) => ({
        name,
        message: `Use ${instead}.`,
      })),
    ],
    "no-restricted-properties": ["error", ...bannedMath],
    "no-restricted-syntax": [
      "error",
      { selector: "[operator=/^\\*\\*=?$/]", message: "Multiply: ** differs between engines." },
      {
        selector: "MemberExpression[property.name=/^(toLocale\\w+|localeCompare)$/]",
        message: "Depends on the reader's machine: compare code units, write sentences in words/.",
      },
    ],
    "no-restricted-imports": [
      "error",
      { patterns: [{ group: ["node:*"], message: "Pure rooms run in the page: no Node." }] },
    ],
  },
};

export default tseslint.config(
  { ignores: ["dist/", ".astro/", ".cache/", "test-results/", "playwright-report/"] },
  ...tseslint.configs.recommended,
  ...astro.configs.recommended,
  {
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "max-lines": ["warn", { max: 400, skipBlankLines: true, skipComments: true }],
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-console": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  purity,
  {
    files: ["src/cli/**", "tests/bench/**"],
    rules: { "no-console": "off" },
  },
  {
    // Type declarations of packages that export none by name.
    files: ["**/*.d.ts"],
    rules: { "@typescript-eslint/triple-slash-reference": "off" },
  },
  {
    ...mdx.flat,
    files: ["**/*.mdx"],
    processor: mdx.createRemarkProcessor({ lintCodeBlocks: false }),
  },
  {
    // MDX is markup: what it imports is used by tags, which these rules do not see.
    files: ["**/*.mdx"],
    rules: {
      "@typescript-eslint/no-unused-vars": "off",
      "@typescript-eslint/consistent-type-imports": "off",
    },
  },
);
