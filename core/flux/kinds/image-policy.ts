import type { FluxObjectBase, FluxReference } from "../flux-base.ts";
import { objectAt, textAt } from "../read-json.ts";
import type { FluxKind } from "./flux-kind.ts";
import { imageToolkit } from "./image-toolkit.ts";
import { present, reference } from "./read-fields.ts";

/** Which of a registry's versions is the newest that may run. */
export type ImagePolicy = FluxObjectBase & {
  readonly kind: "ImagePolicy";
  readonly repository: FluxReference;
  /** `registry.fabrikam.com/api:1.2.3`, what it last chose. */
  readonly latest?: string;
};

export const imagePolicies: FluxKind<ImagePolicy> = {
  ...imageToolkit,
  kind: "ImagePolicy",
  resource: "imagepolicies",
  parse: (json, base) => ({
    ...base,
    kind: "ImagePolicy",
    repository: reference(
      objectAt(json, "spec", "imageRepositoryRef"),
      base.namespace,
      "ImageRepository",
    ),
    ...present({ latest: latestOf(json) }),
  }),
  revisions: ({ latest }) => [latest],
};

// `latestRef` since Flux 2.5, `latestImage` before.
function latestOf(json: unknown): string | undefined {
  const name = textAt(json, "status", "latestRef", "name");
  const tag = textAt(json, "status", "latestRef", "tag");
  if (name === undefined || tag === undefined) return textAt(json, "status", "latestImage");
  return `${name}:${tag}`;
}
