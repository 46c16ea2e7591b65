import type { FluxObjectBase } from "../flux-base.ts";
import { objectAt, textAt } from "../read-json.ts";
import type { FluxKind } from "./flux-kind.ts";
import { watching } from "./flux-kind.ts";
import { present } from "./read-fields.ts";

export type OCIRepository = FluxObjectBase & {
  readonly kind: "OCIRepository";
  readonly url: string;
  /** A digest. */
  readonly artifactRevision?: string;
  /** What the artefact was made from, where whoever pushed it said so: `main@sha1:…`. */
  readonly originRevision?: string;
  readonly originSource?: string;
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
  const annotation = (name: string) =>
    textAt(artifact, "metadata", `org.opencontainers.image.${name}`);
  return {
    ...base,
    kind: "OCIRepository",
    url: textAt(json, "spec", "url") ?? "",
    ...present({
      artifactRevision: textAt(artifact, "revision"),
      originRevision: annotation("revision"),
      originSource: annotation("source"),
    }),
  };
}
