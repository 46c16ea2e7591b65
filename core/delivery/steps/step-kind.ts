/** Programs that steps run. */
export type Tool = "helm" | "kubectl" | "jsonnet";

/** What every step may have beside its own key. */
export type StepCommonFile = {
  readonly as?: "documents" | "values";
  readonly highLevel?: boolean;
};

/** The same with defaults. */
export type StepCommon = {
  /** What the step hands on: objects, or values for the next step that takes them. */
  readonly as: "documents" | "values";
  /** Whether its output is kept as the high-level result. */
  readonly highLevel: boolean;
  /** Line of fluxgate.yaml. */
  readonly line: number;
  /** Line of fluxgate.yaml of each path, by the path as written. */
  readonly pathLines: Readonly<Record<string, number>>;
};

/** A path of the checkout and the keys under the step's own that lead to it. */
export type StepPath = readonly [keys: readonly (string | number)[], path: string];

export type StepProblem = { readonly keys: readonly (string | number)[]; readonly message: string };

/** One kind of step, as fluxgate.yaml says it (`File`) and with its defaults (`Step`). */
export type StepKind<File, Step> = {
  /** JSON Schema of what stands under its key. */
  readonly schema: object;
  readonly withDefaults: (file: File, app: StepApp) => Step;
  /** Every path of the checkout that it names. */
  readonly paths: (file: File) => readonly StepPath[];
  /** What its schema cannot say. */
  readonly problems?: (file: File, at: { readonly isFirst: boolean }) => readonly StepProblem[];
  /** Whether a step marked `as: values` may stand before it. */
  readonly takesValues: boolean;
  readonly tools: (step: Step) => readonly Tool[];
};

/** The app that a step belongs to, as written. */
export type StepApp = { readonly name: string; readonly namespace?: string };
