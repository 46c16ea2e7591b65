import type { StepOf } from "../../core/delivery/steps/registry.ts";
import type { RenderEngine } from "./engine.ts";
import { isManifest, plainFiles, warnOfUnbuilt } from "./plain-files.ts";

/** Plain YAML: every object of a file or folder, as it stands. */
export const copyEngine: RenderEngine<StepOf<"copy">> = {
  inputs: (step, context) => plainFiles(context, step.path),
  run: async (_step, { files }, context) => {
    warnOfUnbuilt(files, "copy", context);
    const texts = files
      .filter(isManifest)
      .map((file) => ({ file, text: context.copy.read(file), sameLines: true }));
    return { texts, keepsInput: true };
  },
};
