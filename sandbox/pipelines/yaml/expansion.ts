import type { Scope } from "../expressions/evaluate.ts";
import type { Budget } from "./budget.ts";
import type { Node } from "./node.ts";

/** What a list consists of, and so what a template in it must bring. */
export type ListKind = "steps" | "jobs" | "phases" | "stages" | "variables";

export const listKinds: readonly string[] = ["steps", "jobs", "phases", "stages", "variables"];

/** A file that was asked for: its text, or why there is none. */
export type TemplateFile = { readonly text: string } | { readonly missing: string };

/** A file that is being read. */
export type Source = {
  readonly file: string;
  readonly alias: string;
  /** The file of another repository that gave what is being read here. */
  readonly giver?: Source;
};

/** Where an expansion stands: what expressions see, and which file is being read. */
export type Expansion = {
  readonly scope: Scope;
  readonly source: Source;
  /** Reads a template; `alias` is one of the repositories of the `resources` so far, or `self`. */
  readonly load: (file: {
    readonly path: string;
    readonly alias: string;
    readonly resources: readonly Node[];
  }) => Promise<TemplateFile>;
  /** The `resources` of the root and of the templates that it extends, expanded. */
  readonly resources: readonly Node[];
  /** What a list item with `template:` stands for. */
  readonly include: (item: Node, template: Node, at: Expansion) => Promise<readonly Node[]>;
  readonly depth: number;
  readonly budget: Budget;
  /** Of the list being expanded; absent inside plain data. */
  readonly kind?: ListKind | undefined;
  /** True inside values of parameters, where `template` is a word like any other. */
  readonly data?: boolean;
};
