import type { FluxObjectBase } from "../flux-base.ts";
import { textAt } from "../read-json.ts";
import type { FluxKind } from "./flux-kind.ts";
import { watching } from "./flux-kind.ts";
import { present } from "./read-fields.ts";

export type HelmRepository = FluxObjectBase & {
  readonly kind: "HelmRepository";
  readonly url: string;
  /** Of a registry: nothing is fetched for it, and its controller says nothing of it. */
  readonly oci: boolean;
  /** Digest of its index, never a commit. */
  readonly artifactRevision?: string;
};

export const helmRepositories: FluxKind<HelmRepository> = {
  ...{ group: "source.toolkit.fluxcd.io", versions: ["v1", "v1beta2"], kind: "HelmRepository" },
  ...{
    resource: "helmrepositories",
    role: "source",
    verbs: watching,
    optional: true,
    nudged: false,
  },
  parse: (json, base) => ({
    ...base,
    kind: "HelmRepository",
    url: textAt(json, "spec", "url") ?? "",
    oci: textAt(json, "spec", "type") === "oci",
    ...present({ artifactRevision: textAt(json, "status", "artifact", "revision") }),
  }),
  revisions: ({ artifactRevision }) => [artifactRevision],
  commits: () => [],
};
