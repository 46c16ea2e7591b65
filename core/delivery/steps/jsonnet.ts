import { flag, mapOf, object, path, paths, text } from "../schema-words.ts";
import type { StepKind } from "./step-kind.ts";

export type JsonnetStep = {
  readonly file: string;
  readonly libraries: readonly string[];
  /** Of any type: text is text, the rest is code. */
  readonly extVars: Readonly<Record<string, unknown>>;
  readonly topLevelArguments: Readonly<Record<string, unknown>>;
  /** Top-level argument → declared variable of the environment. */
  readonly argumentsFromVariables: Readonly<Record<string, string>>;
  /** Gets the objects of the steps before as external variable `input`; its result replaces them. */
  readonly transform: boolean;
  /** The result is an object of file name → documents (`jsonnet --multi`). */
  readonly multi: boolean;
};

type File = Pick<JsonnetStep, "file"> & Partial<JsonnetStep>;

// jsonnet takes what stands before the first "=" for the name, and a "-" at its start for an option.
const externalName = {
  pattern: "^[^-=\\x00-\\x1f][^=\\x00-\\x1f]*$",
  description: "An external variable's name: no equals sign, no hyphen first.",
};
const argumentName = {
  pattern: "^[A-Za-z_][A-Za-z0-9_]*$",
  description: "An argument's name: letters, digits and _, the first no digit.",
};

/** Evaluates a jsonnet program. */
export const jsonnet: StepKind<File, JsonnetStep> = {
  schema: object(
    {
      file: { ...path, description: "The program." },
      libraries: { ...paths, description: "Library folders (-J), the later wins." },
      extVars: mapOf({}, "External variables of any type.", externalName),
      topLevelArguments: mapOf({}, "Top-level arguments of any type.", argumentName),
      argumentsFromVariables: mapOf(
        text,
        "Top-level argument → name of a declared variable.",
        argumentName,
      ),
      transform: {
        ...flag,
        description:
          "The external variable input holds the objects of the steps before, the result replaces them. Default false.",
      },
      multi: { ...flag, description: "The result maps file names to documents. Default false." },
    },
    { required: ["file"], description: "Evaluates a jsonnet program." },
  ),
  withDefaults: (file) => ({
    libraries: [],
    extVars: {},
    topLevelArguments: {},
    argumentsFromVariables: {},
    transform: false,
    multi: false,
    ...file,
  }),
  paths: ({ file, libraries = [] }) => [
    [["file"], file],
    ...libraries.map((folder, at) => [["libraries", at], folder] as const),
  ],
  takesValues: true,
  tools: () => ["jsonnet"],
};
