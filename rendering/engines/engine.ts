import type { Step } from "../../core/delivery/steps/registry.ts";
import type { Reading } from "../../core/manifests/kubernetes-yaml.ts";
import type { ValueRead } from "../../core/render/origins.ts";
import type { StepContext, StepOutput } from "../step-context.ts";

/** One way to render; what fluxgate.yaml says of it is in core/delivery/steps. */
export type RenderEngine<Of extends Step> = {
  /**
   * Every file of the checkout that the step may read; nothing else is shown to it.
   * @throws InputError when one is missing, remote or outside.
   */
  readonly inputs: (step: Of, context: StepContext) => readonly string[];
  /** How unquoted words of its output are read; default: as kustomize reads them. */
  readonly reading?: Reading;
  /** The folder that its tool calls by another name in what it says. */
  readonly saidFolder?: (step: Of, context: StepContext) => string | undefined;
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
  /** Whether values of the step before go on to the next one. */
  readonly keepsValues?: boolean;
};

export type RenderedText = {
  readonly file: string;
  readonly text: string;
  /** Whether the text's lines are those of the file. */
  readonly sameLines: boolean;
  /** What its template names, as far as the engine can tell. */
  readonly reads?: readonly ValueRead[];
};
