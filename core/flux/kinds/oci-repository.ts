import type { FluxObjectBase } from "../flux-base.ts";
import { objectAt, textAt } from "../read-json.ts";
import type { FluxKind } from "./flux-kind.ts";
import { watching } from "./flux-kind.ts";
import { originOf, present, type Origin } from "./read-fields.ts";

export type OCIRepository = FluxObjectBase &
  Origin & {
    readonly kind: "OCIRepository";
    readonly url: string;
    /** A digest. */
    readonly artifactRevision?: string;
  };

export const ociRepositories: FluxKind<OCIRepository> = {
  ...{ group: "source.toolkit.fluxcd.io", versions: ["v1", "v1beta2"], kind: "OCIRepository" },
  ...{
    resource: "ocirepositories",
    role: "source",
    verbs: watching,
    optional: true,
    nudged: false,
  },
  parse: ociRepository,
  revisions: ({ artifactRevision, originRevision }) => [artifactRevision, originRevision],
  commits: ({ originRevision }) => [originRevision],
};

function ociRepository(json: unknown, base: FluxObjectBase): OCIRepository {
  const artifact = objectAt(json, "status", "artifact");
  return {
    ...base,
    kind: "OCIRepository",
    url: textAt(json, "spec", "url") ?? "",
    ...originOf(artifact),
    ...present({ artifactRevision: textAt(artifact, "revision") }),
  };
}
