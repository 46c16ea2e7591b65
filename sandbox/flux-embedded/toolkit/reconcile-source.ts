// One pass of a source: what its kind fetches, between the begin and the end that all of them share.
import type { KubeObject } from "../api/kube-object.ts";
import type { Cluster } from "../cluster.ts";
import type { Again } from "../controller.ts";
import { parseDuration } from "./durations.ts";
import { fluxObject, removeFinalizer, withFinalizer } from "./flux-object.ts";
import { announce, SourceFailure, sourceVersion, type SourceStatus } from "./source-progress.ts";
import { draftOf, dropConditions, finish, setCondition, type Draft } from "./status-draft.ts";

export type SourceKind<Status extends SourceStatus> = {
  readonly kind: string;
  /** Ends with Ready=True. @throws SourceFailure, or what `failureOf` knows */
  readonly fetch: (cluster: Cluster, draft: Draft<Status>) => Promise<void>;
  /** An error that its conditions tell; undefined for any other. */
  readonly failureOf?: (error: unknown) => SourceFailure | undefined;
  /** Reasons that only another spec or artefact mends: such is not tried again before. */
  readonly stalls?: readonly string[];
  /** What it keeps beside its artefact goes when it is deleted. */
  readonly forget?: (cluster: Cluster, object: KubeObject) => Promise<void>;
};

export async function reconcileSource<Status extends SourceStatus>(
  cluster: Cluster,
  key: string,
  source: SourceKind<Status>,
): Promise<Again> {
  const found = fluxObject(cluster, { apiVersion: sourceVersion, kind: source.kind, key });
  if (!found) return undefined;
  if (found.metadata.deletionTimestamp) {
    removeFinalizer(cluster, found);
    await source.forget?.(cluster, found);
    return undefined;
  }
  const object = withFinalizer(cluster, found);
  const { suspend, interval } = object.spec as {
    readonly suspend?: boolean;
    readonly interval?: string;
  };
  if (suspend) return undefined;
  const draft = draftOf<Status>(object);
  announce(cluster, draft);
  try {
    await source.fetch(cluster, draft);
  } catch (error) {
    const failure = error instanceof SourceFailure ? error : source.failureOf?.(error);
    if (failure === undefined) throw error;
    return fail(cluster, draft, { failure, stalls: source.stalls ?? [] });
  }
  return parseDuration(interval) ?? 60_000;
}

function fail(
  cluster: Cluster,
  draft: Draft<SourceStatus>,
  { failure, stalls }: { readonly failure: SourceFailure; readonly stalls: readonly string[] },
): Again {
  const { reason, message } = failure;
  const isStalled = stalls.includes(reason);
  setCondition(draft, { type: "FetchFailed", status: "True", reason, message });
  setCondition(draft, { type: "Ready", status: "False", reason, message });
  if (isStalled) {
    dropConditions(draft, "Reconciling");
    setCondition(draft, { type: "Stalled", status: "True", reason, message });
    const observedGeneration = draft.object.metadata.generation ?? 1;
    draft.status = { ...draft.status, observedGeneration };
  }
  finish(cluster, draft);
  const event = { object: draft.object, type: "Warning", reason, message } as const;
  cluster.record({ ...event, controller: "source-controller" });
  return isStalled ? undefined : "retry";
}

/** The artefact is there: nothing is outdated, and the source is ready with it. */
export function markStored(draft: Draft<SourceStatus>, reason: string, message: string): void {
  dropConditions(draft, "ArtifactOutdated");
  for (const type of ["ArtifactInStorage", "Ready"]) {
    setCondition(draft, { type, status: "True", reason, message });
  }
}
