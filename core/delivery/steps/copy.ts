import { object, path } from "../schema-words.ts";
import type { StepKind } from "./step-kind.ts";

export type CopyStep = { readonly path: string };

/** Plain YAML, as it stands. */
export const copy: StepKind<CopyStep, CopyStep> = {
  schema: object({ path }, { required: ["path"], description: "Plain YAML, a file or folder." }),
  withDefaults: (file) => ({ path: file.path }),
  paths: (file) => [[["path"], file.path]],
  takesValues: false,
  tools: () => [],
};
