/** A pipeline and what the service's preview makes of it, in our own words. */
export type PreviewCase = {
  readonly it: string;
  readonly yaml: string;
  /** Templates beside it. */
  readonly files?: Readonly<Record<string, string>>;
  /** Of whoever queues the run. */
  readonly given?: Readonly<Record<string, string>>;
} & Expected;

export type Expected =
  | { readonly refused: RegExp }
  | {
      /** Scripts of all steps, in order. */
      readonly scripts?: readonly string[];
      /** Variables of the pipeline by name. */
      readonly variables?: Readonly<Record<string, string>>;
      /** `env` of the first step. */
      readonly env?: Readonly<Record<string, string>>;
      /** What stands at a path of the answer: `stages.0.jobs.0.pool.name`. */
      readonly at?: Readonly<Record<string, unknown>>;
    };
