import type { StepOf } from "../../core/delivery/steps/registry.ts";
import { filesUnder } from "../inputs/contained-files.ts";
import type { RenderEngine } from "./engine.ts";

/** Plain YAML: every object of a file or folder, as it stands. */
export const copyEngine: RenderEngine<StepOf<"copy">> = {
  inputs: (step, { checkout, expand }) =>
    filesUnder(checkout, expand(step.path)).filter(isManifest),
  run: async (_step, { files }, { copy }) => {
    const texts = files.map((file) => ({ file, text: copy.read(file), sameLines: true }));
    return { texts, keepsInput: true };
  },
};

/** YAML and JSON files, without those that only tell kustomize what to do. */
export function isManifest(path: string): boolean {
  const name = path.split("/").at(-1) ?? "";
  return /\.(ya?ml|json)$/.test(name) && !/^kustomization\.ya?ml$/.test(name);
}
