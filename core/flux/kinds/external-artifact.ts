import type { FluxObjectBase, FluxReference } from "../flux-base.ts";
import { objectAt, textAt } from "../read-json.ts";
import type { FluxKind } from "./flux-kind.ts";
import { watching } from "./flux-kind.ts";
import { originOf, present, reference, type Origin } from "./read-fields.ts";

/** What another controller made of sources (Flux 2.7: source-watcher's ArtifactGenerator). */
export type ExternalArtifact = FluxObjectBase &
  Origin & {
    readonly kind: "ExternalArtifact";
    /** What makes it. */
    readonly source?: FluxReference;
    /** A digest, unless whoever makes it takes over a source's own. */
    readonly artifactRevision?: string;
  };

export const externalArtifacts: FluxKind<ExternalArtifact> = {
  ...{ group: "source.toolkit.fluxcd.io", versions: ["v1"], kind: "ExternalArtifact" },
  ...{
    resource: "externalartifacts",
    role: "source",
    verbs: watching,
    optional: true,
    nudged: false,
  },
  parse: externalArtifact,
  revisions: ({ artifactRevision, originRevision }) => [artifactRevision, originRevision],
  commits: ({ originRevision }) => [originRevision],
};

function externalArtifact(json: unknown, base: FluxObjectBase): ExternalArtifact {
  const artifact = objectAt(json, "status", "artifact");
  const source = objectAt(json, "spec", "sourceRef");
  return {
    ...base,
    kind: "ExternalArtifact",
    ...originOf(artifact),
    ...present({
      source: textAt(source, "name") === undefined ? undefined : reference(source, base.namespace),
      artifactRevision: textAt(artifact, "revision"),
    }),
  };
}
