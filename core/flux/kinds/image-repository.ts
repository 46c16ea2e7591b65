import type { FluxObjectBase } from "../flux-base.ts";
import { textAt } from "../read-json.ts";
import type { FluxKind } from "./flux-kind.ts";
import { imageToolkit } from "./image-toolkit.ts";

/** A registry that Flux scans for versions. */
export type ImageRepository = FluxObjectBase & {
  readonly kind: "ImageRepository";
  /** Without its tag. */
  readonly image: string;
};

export const imageRepositories: FluxKind<ImageRepository> = {
  ...imageToolkit,
  kind: "ImageRepository",
  resource: "imagerepositories",
  parse: (json, base) => ({
    ...base,
    kind: "ImageRepository",
    image: textAt(json, "spec", "image") ?? "",
  }),
  // Each scan is noted in its status; that is no news.
  revisions: () => [],
};
