import { flag, object, path, text } from "../schema-words.ts";
import type { StepKind } from "./step-kind.ts";

export type TokensStep = {
  /** File or folder; absent: only what the step before wrote. */
  readonly path?: string;
  /** The word `name` inside stands for the token's name. */
  readonly patterns: readonly string[];
  /** Written before a token to keep it as it is; the escape itself is removed. */
  readonly escape: string;
  /** Rewrites the files of `path` in the working copy for the steps after it; no output. */
  readonly inPlace: boolean;
};

type File = Partial<TokensStep> & { readonly pattern?: string };

/** Token form where a step names none. */
const defaultPattern = "#{name}#";
const pattern = {
  type: "string",
  pattern: "name",
  description: 'Token form; "name" stands for the token\'s name: "#{name}#", "__name__".',
};

/** Puts variables and configuration values in the place of tokens. */
export const tokens: StepKind<File, TokensStep> = {
  schema: object(
    {
      path: { ...path, description: "File or folder of templates." },
      pattern,
      patterns: {
        type: "array",
        items: pattern,
        minItems: 1,
        description: "Several forms at once.",
      },
      escape: {
        ...text,
        minLength: 1,
        description: "Before a token: keep it. Default a backslash.",
      },
      inPlace: { ...flag, description: "Rewrite files for later steps; no output. Default false." },
    },
    { description: "Puts variables and configuration values in the place of tokens." },
  ),
  withDefaults: ({ pattern: only = defaultPattern, patterns = [only], ...file }) => ({
    ...{ escape: "\\", inPlace: false, patterns },
    ...file,
  }),
  paths: (file) => (file.path === undefined ? [] : [[["path"], file.path]]),
  problems: (file, { isFirst }) =>
    file.path === undefined && (isFirst || file.inPlace === true)
      ? [{ keys: [], message: `tokens needs "path" here` }]
      : [],
  takesValues: false,
  tools: () => [],
};
