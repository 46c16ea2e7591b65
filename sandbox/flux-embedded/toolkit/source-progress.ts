// What source-controller's kinds have in common: their artifact, and the conditions of a pass.
import { join } from "node:path";
import type { Cluster } from "../cluster.ts";
import { handledRequest, type FluxStatus } from "./flux-object.ts";
import { conditionOf, persist, setCondition, type Draft } from "./status-draft.ts";

export const sourceVersion = "source.toolkit.fluxcd.io/v1";

export type Artifact = {
  readonly revision: string;
  readonly digest: string;
  readonly path: string;
  readonly url: string;
  readonly size: number;
  readonly lastUpdateTime: string;
  /** Annotations of an OCI artifact. */
  readonly metadata?: Readonly<Record<string, string>>;
};

export type SourceStatus = FluxStatus & { readonly artifact?: Artifact };

/** Why a source could not be fetched, by the reason that its conditions give. */
export class SourceFailure extends Error {
  readonly reason: string;
  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The commit that an artifact was made from, as whoever pushed it wrote on it. */
export function originRevision({ metadata = {} }: Pick<Artifact, "metadata">): string | undefined {
  return metadata["org.opencontainers.image.revision"];
}

/** Where an artifact lies. */
export function artifactFile(cluster: Cluster, { path }: Pick<Artifact, "path">): string {
  return join(cluster.directory, "artifacts", path);
}

/** The address that Flux' controllers fetch an artifact from. */
export function artifactUrl(path: string): string {
  return `http://source-controller.flux-system.svc.cluster.local./${path}`;
}

/** Without drift a Ready that has been settled stays as it is meanwhile. */
export function progress(
  draft: Draft,
  message: string,
  { drift }: { readonly drift: boolean },
): void {
  const reason = "Progressing";
  setCondition(draft, { type: "Reconciling", status: "True", reason, message });
  const settled = (conditionOf(draft, "Ready")?.status ?? "Unknown") !== "Unknown";
  if (drift || !settled) {
    setCondition(draft, { type: "Ready", status: "Unknown", reason, message });
  }
}

/** The begin of a pass: a new generation or a request is shown at once. */
export function announce(cluster: Cluster, draft: Draft<SourceStatus>): void {
  const { observedGeneration = -1, lastHandledReconcileAt, artifact } = draft.status;
  const generation = draft.object.metadata.generation ?? 1;
  progress(draft, "reconciliation in progress", { drift: false });
  if (observedGeneration !== generation) {
    const message = `processing object: new generation ${observedGeneration} -> ${generation}`;
    progress(draft, message, { drift: false });
    persist(cluster, draft);
  } else if (handledRequest(draft.object).lastHandledReconcileAt !== lastHandledReconcileAt) {
    persist(cluster, draft);
  }
  if (artifact) return;
  progress(draft, "building artifact", { drift: true });
  persist(cluster, draft);
}
