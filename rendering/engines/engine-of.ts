import type { Engine, Step } from "../../core/delivery/steps/registry.ts";
import { copyEngine } from "./copy.ts";
import type { RenderEngine } from "./engine.ts";
import { helmEngine } from "./helm.ts";
import { jsonnetEngine } from "./jsonnet.ts";
import { kustomizeEngine } from "./kustomize.ts";
import { tokensEngine } from "./tokens.ts";

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
