import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", ".fluxgate/", "**/*.{js,mjs,cjs}"] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "no-console": "error",
      "max-params": ["error", 3],
      eqeqeq: "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // A handler may be async by contract and yet have nothing to wait for.
      "@typescript-eslint/require-await": "off",
    },
  },
  {
    // It is worth its brackets from three on: two read better each on a line of its own.
    ignores: ["test/**", "sandbox/test/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "ObjectExpression > SpreadElement > ObjectExpression[properties.length<3]",
          message: "Write the properties plainly.",
        },
      ],
    },
  },
  {
    // Only these write to the terminal.
    files: ["cli/**", "scripts/**", "tasks/common/**"],
    rules: { "no-console": "off" },
  },
  {
    files: ["core/**"],
    rules: {
      "no-restricted-globals": [
        "error",
        { name: "fetch", message: "core is pure: pass I/O in." },
        { name: "process", message: "core is pure: pass the environment in." },
        { name: "setTimeout", message: "core is pure: pass the clock in." },
      ],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "core is pure: pass the clock in." },
        { object: "Math", property: "random", message: "core is pure: pass randomness in." },
      ],
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["node:*"], message: "core is pure: no Node modules." }] },
      ],
    },
  },
  {
    files: ["test/**", "sandbox/test/**"],
    rules: {
      "@typescript-eslint/no-floating-promises": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
    },
  },
);
