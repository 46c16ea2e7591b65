import type { Step } from "../../core/delivery/delivery.ts";
import type { Tool } from "../processes/tool-versions.ts";
import type { StepContext, StepOutput } from "../step-context.ts";

/** One way to render. To add one: a file beside this, its schema, and a line in engine-of.ts. */
export type RenderEngine<Of extends Step> = {
  /** Programs it runs. */
  readonly tools: (step: Of) => readonly Tool[];
  /**
   * Every file of the checkout that the step may read; nothing else is shown to it.
   * @throws InputError when one is missing, remote or outside.
   */
  readonly inputs: (step: Of, context: StepContext) => readonly string[];
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
