import { spawnSync } from "node:child_process";
import type { Pins, Standing } from "./decide-pins.ts";
import { updateFailed } from "./update-failed.ts";

export type Step = { readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv };

const schemaFolder = "rendering/checks/schemas/";
const fluxFile = "kube/flux.json";
const fieldTypes = "sandbox/flux-embedded/api/field-types.json";
const prettier = "node_modules/prettier/bin/prettier.cjs";

/** What the steps write: a folder ends with a slash. */
export const generated = [
  schemaFolder,
  fluxFile,
  "kube/go/validate/zones.txt",
  fieldTypes,
] as const;

/** What is generated anew from the modules that moved. */
export function stepsFor({ mod, text }: Pins, standing: Standing): readonly Step[] {
  const isSameFlux = text.flux === standing.flux;
  const schemas = ["scripts/schemas/generate.ts", ...(isSameFlux ? ["--without-flux"] : [])];
  return [
    { args: schemas, env: {} },
    { args: ["scripts/kube/write-zones.ts"], env: { GOTOOLCHAIN: mod.toolchain } },
    { args: ["scripts/write-field-types.ts"], env: {} },
    {
      args: [prettier, "--write", "--log-level", "warn", schemaFolder, fluxFile, fieldTypes],
      env: {},
    },
  ];
}

/** @throws TerminalError with code "kube-update-failed" */
export function runStep(root: string, step: Step): void {
  console.log(commandOf(step));
  const { status, error } = spawnSync(process.execPath, ["--import", "tsx", ...step.args], {
    cwd: root,
    env: { ...process.env, ...step.env },
    stdio: "inherit",
  });
  if (status === 0) return;
  throw updateFailed(
    `${step.args.join(" ")} failed${error ? ` (${error.message})` : ", as it says above"}`,
    "Mend that, or move the pins alone with --pins-only, and run again.",
  );
}

/** As a person types it. */
export function commandOf({ args, env }: Step): string {
  const set = Object.entries(env).map(([name, value]) => `${name}=${value ?? ""} `);
  const program = args[0] === prettier ? "npx prettier" : `npx tsx ${args[0] ?? ""}`;
  return `${set.join("")}${[program, ...args.slice(1)].join(" ")}`;
}
