import { copy } from "./copy.ts";
import { helm } from "./helm.ts";
import { jsonnet } from "./jsonnet.ts";
import { kustomize } from "./kustomize.ts";
import { tokens } from "./tokens.ts";
import type { StepCommon, StepCommonFile, StepKind, Tool } from "./step-kind.ts";

/** Every kind of step by the key that fluxgate.yaml writes. Another one is a line here. */
export const stepKinds = { helm, kustomize, tokens, copy, jsonnet };

type Kinds = typeof stepKinds;
export type Engine = keyof Kinds;

type PartsOf<Kind> = Kind extends StepKind<infer File, infer Defaults> ? [File, Defaults] : never;
type FileOf<Kind> = PartsOf<Kind>[0];
type DefaultsOf<Kind> = PartsOf<Kind>[1];

/** A step as fluxgate.yaml says it: exactly one of the engines' keys is there. */
export type StepFile = StepCommonFile & {
  readonly [Name in Engine]?: FileOf<Kinds[Name]>;
};

/** A step with its defaults. */
export type Step = {
  readonly [Name in Engine]: StepCommon & { readonly engine: Name } & DefaultsOf<Kinds[Name]>;
}[Engine];

/** The step of one engine. */
export type StepOf<Name extends Engine> = Extract<Step, { readonly engine: Name }>;

export const engineNames = Object.keys(stepKinds) as readonly Engine[];

/**
 * The kind of a step, and what stands under its key.
 * @throws Error for a step of no known kind, which the schema refuses before.
 */
export function kindOf(step: StepFile): {
  readonly engine: Engine;
  readonly kind: StepKind<unknown, object>;
  readonly file: unknown;
} {
  const engine = engineNames.find((name) => step[name] !== undefined);
  if (engine === undefined) throw new Error(`No step of ${engineNames.join(", ")}`);
  // The table is keyed by the very name under which the step's own part stands.
  const kind = stepKinds[engine] as unknown as StepKind<unknown, object>;
  return { engine, kind, file: step[engine] };
}

/** The programs that a step runs. */
export function toolsOfStep(step: Step): readonly Tool[] {
  return (stepKinds[step.engine] as unknown as StepKind<unknown, Step>).tools(step);
}
