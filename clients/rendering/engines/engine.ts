import type { Engine, Step } from "../../../core/delivery/delivery.ts";
import type { Tool } from "../../processes/tool-versions.ts";
import type { StepContext, StepOutput } from "../step-context.ts";
import { copyEngine } from "./copy.ts";
import { helmEngine } from "./helm.ts";
import { jsonnetEngine } from "./jsonnet.ts";
import { kustomizeEngine } from "./kustomize.ts";
import { tokensEngine } from "./tokens.ts";

/** One way to render. To add one: a file beside this, its schema, and a line in the table below. */
export type RenderEngine<Of extends Step> = {
  /** Programs it runs. */
  readonly tools: (step: Of) => readonly Tool[];
  /**
   * Every file of the checkout that the step may read; nothing else is shown to it.
   * @throws InputError when one is missing, remote or outside.
   */
  readonly inputs: (step: Of, context: StepContext) => Promise<readonly string[]>;
  readonly run: (step: Of, input: StepInput, context: StepContext) => Promise<EngineOutput>;
};

export type StepInput = StepOutput & {
  /** What {@link RenderEngine.inputs} returned. */
  readonly files: readonly string[];
};

export type EngineOutput = {
  /** YAML or JSON, with the file that a person knows it by. */
  readonly texts: readonly RenderedText[];
  /** Whether the documents of the steps before stay; a step that transforms them says no. */
  readonly keepsInput: boolean;
};

export type RenderedText = {
  readonly file: string;
  readonly text: string;
  /** Whether the text's lines are those of the file. */
  readonly sameLines: boolean;
};

const engines: { readonly [Name in Engine]: RenderEngine<Extract<Step, { engine: Name }>> } = {
  helm: helmEngine,
  kustomize: kustomizeEngine,
  tokens: tokensEngine,
  copy: copyEngine,
  jsonnet: jsonnetEngine,
};

/** The engine of a step. */
export function engineOf<Of extends Step>(step: Of): RenderEngine<Of> {
  // The table is keyed by the very name that selects the step's type.
  return engines[step.engine] as unknown as RenderEngine<Of>;
}
