import type { FluxObjectBase, FluxReference } from "../flux-base.ts";
import { objectAt, textAt } from "../read-json.ts";
import type { FluxKind } from "./flux-kind.ts";
import { imageToolkit } from "./image-toolkit.ts";
import { folder, present, reference } from "./read-fields.ts";

/** Writes the versions that policies chose into a repository, by itself. */
export type ImageUpdateAutomation = FluxObjectBase & {
  readonly kind: "ImageUpdateAutomation";
  readonly source: FluxReference;
  /** Folder whose files it changes; empty for all. */
  readonly path: string;
  /** Branch that it pushes to, where that is not the source's. */
  readonly pushBranch?: string;
  readonly lastPushCommit?: string;
};

export const imageUpdateAutomations: FluxKind<ImageUpdateAutomation> = {
  ...imageToolkit,
  kind: "ImageUpdateAutomation",
  resource: "imageupdateautomations",
  parse: (json, base) => ({
    ...base,
    kind: "ImageUpdateAutomation",
    source: reference(objectAt(json, "spec", "sourceRef"), base.namespace, "GitRepository"),
    path: folder(textAt(json, "spec", "update", "path") ?? ""),
    ...present({
      pushBranch: textAt(json, "spec", "git", "push", "branch"),
      lastPushCommit: textAt(json, "status", "lastPushCommit"),
    }),
  }),
  revisions: ({ lastPushCommit }) => [lastPushCommit],
};
