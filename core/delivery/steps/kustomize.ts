import { flag, object, path } from "../schema-words.ts";
import type { StepKind } from "./step-kind.ts";

export type KustomizeStep = {
  readonly path: string;
  readonly enableHelm: boolean;
  /** `none` lets a kustomization name files beside or above its folder, inside the checkout. */
  readonly loadRestrictor: "rootOnly" | "none";
};

type File = Pick<KustomizeStep, "path"> & Partial<KustomizeStep>;

/** kustomize build; what the step before wrote lies beside it as input.yaml. */
export const kustomize: StepKind<File, KustomizeStep> = {
  schema: object(
    {
      path: { ...path, description: "Folder with a kustomization." },
      enableHelm: { ...flag, description: "kustomize --enable-helm; default false." },
      loadRestrictor: {
        enum: ["rootOnly", "none"],
        description: "none: files outside of the kustomization's folder too; default rootOnly.",
      },
    },
    { required: ["path"], description: "kustomize build; input.yaml holds the step before." },
  ),
  withDefaults: (file) => ({ enableHelm: false, loadRestrictor: "rootOnly", ...file }),
  paths: (file) => [[["path"], file.path]],
  takesValues: false,
  tools: ({ enableHelm }) => (enableHelm ? ["kubectl", "helm"] : ["kubectl"]),
};
