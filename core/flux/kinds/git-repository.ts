import type { FluxObjectBase } from "../flux-base.ts";
import type { Json } from "../read-json.ts";
import { flagAt, listAt, objectAt, objectsAt, textAt } from "../read-json.ts";
import type { FluxKind } from "./flux-kind.ts";
import { watching } from "./flux-kind.ts";
import { present } from "./read-fields.ts";

export type GitRepository = FluxObjectBase & {
  readonly kind: "GitRepository";
  readonly url: string;
  readonly ref: {
    readonly branch?: string;
    readonly tag?: string;
    readonly semver?: string;
    readonly name?: string;
    readonly commit?: string;
  };
  /** Patterns of files that its artefact leaves out. */
  readonly ignore?: string;
  /** Its artefact is not just the files of the commit: why, as a field of its spec. */
  readonly madeWith?: "include" | "recurseSubmodules" | "sparseCheckout";
  readonly artifactRevision?: string;
  /** When that artefact was stored, ISO time of the cluster. */
  readonly artifactStoredAt?: string;
};

export const gitRepositories: FluxKind<GitRepository> = {
  ...{ group: "source.toolkit.fluxcd.io", versions: ["v1", "v1beta2"], kind: "GitRepository" },
  ...{
    resource: "gitrepositories",
    role: "source",
    verbs: watching,
    optional: false,
    nudged: true,
  },
  parse: gitRepository,
  revisions: ({ artifactRevision }) => [artifactRevision],
  commits: ({ artifactRevision }) => [artifactRevision],
};

function gitRepository(json: unknown, base: FluxObjectBase): GitRepository {
  const ref = objectAt(json, "spec", "ref");
  return {
    ...base,
    kind: "GitRepository",
    url: textAt(json, "spec", "url") ?? "",
    ref: present({
      branch: textAt(ref, "branch"),
      tag: textAt(ref, "tag"),
      semver: textAt(ref, "semver"),
      name: textAt(ref, "name"),
      commit: textAt(ref, "commit"),
    }),
    ...present({
      ignore: textAt(json, "spec", "ignore"),
      madeWith: madeWith(objectAt(json, "spec")),
      artifactRevision: textAt(json, "status", "artifact", "revision"),
      artifactStoredAt: textAt(json, "status", "artifact", "lastUpdateTime"),
    }),
  };
}

function madeWith(spec: Json): GitRepository["madeWith"] {
  if (objectsAt(spec, "include").length > 0) return "include";
  if (flagAt(spec, "recurseSubmodules")) return "recurseSubmodules";
  return listAt(spec, "sparseCheckout").length > 0 ? "sparseCheckout" : undefined;
}
