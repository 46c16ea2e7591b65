// source-controller's HelmChart (v1.9) of a chart that lies in a GitRepository.
import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { objectKey, timestamp, type KubeObject } from "../api/kube-object.ts";
import type { Cluster } from "../cluster.ts";
import type { Again } from "../controller.ts";
import { parseDuration } from "../toolkit/durations.ts";
import { fluxObject, removeFinalizer, withFinalizer } from "../toolkit/flux-object.ts";
import {
  announce,
  artifactFile,
  artifactUrl,
  progress,
  SourceFailure,
  sourceVersion,
  type Artifact,
  type SourceStatus,
} from "../toolkit/source-progress.ts";
import {
  conditionOf,
  draftOf,
  dropConditions,
  finish,
  persist,
  setCondition,
  type Draft,
} from "../toolkit/status-draft.ts";
import type { ChartSpec } from "./helm-release-spec.ts";
import { packageChart, type ChartMetadata } from "./package-chart.ts";

type ChartStatus = SourceStatus & {
  readonly observedChartName?: string;
  readonly observedSourceArtifactRevision?: string;
};

type ChartDraft = Draft<ChartStatus>;

export async function reconcileHelmChart(cluster: Cluster, key: string): Promise<Again> {
  const found = fluxObject(cluster, { apiVersion: sourceVersion, kind: "HelmChart", key });
  if (!found) return undefined;
  if (found.metadata.deletionTimestamp) {
    removeFinalizer(cluster, found);
    return undefined;
  }
  const object = withFinalizer(cluster, found);
  const spec = object.spec as ChartSpec;
  if (spec.suspend) return undefined;
  const draft = draftOf<ChartStatus>(object);
  announce(cluster, draft);
  try {
    await build(cluster, draft, spec);
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    return fail(cluster, draft, error);
  }
  return parseDuration(spec.interval) ?? 60_000;
}

function fail(cluster: Cluster, draft: ChartDraft, { reason, message }: SourceFailure): Again {
  // What only another artifact of the source can mend is not tried again before there is one.
  const isStalled = reason === "InvalidChartReference";
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

function sourceArtifact(cluster: Cluster, { metadata }: KubeObject, spec: ChartSpec): Artifact {
  const { kind, name } = spec.sourceRef;
  const { namespace = "" } = metadata;
  const at = { apiVersion: sourceVersion, kind, key: objectKey({ namespace, name }) };
  const source = kind === "GitRepository" ? fluxObject(cluster, at) : undefined;
  if (!source) {
    const message = `failed to get source: ${kind}.source.toolkit.fluxcd.io "${name}" not found`;
    throw new SourceFailure("SourceUnavailable", message);
  }
  const { artifact } = (source.status ?? {}) as SourceStatus;
  if (artifact) return artifact;
  const message = `no artifact available for ${kind} source '${name}'`;
  throw new SourceFailure("NoSourceArtifact", message);
}

async function build(cluster: Cluster, draft: ChartDraft, spec: ChartSpec): Promise<void> {
  const { object } = draft;
  const source = sourceArtifact(cluster, object, spec);
  const { revision: observedSourceArtifactRevision } = source;
  const {
    artifact: known,
    observedGeneration,
    observedSourceArtifactRevision: seen,
  } = draft.status;
  const { generation, namespace, name } = object.metadata;
  const hasFailed = conditionOf(draft, "FetchFailed") !== undefined;
  const isSame = observedGeneration === generation && seen === observedSourceArtifactRevision;
  if (known && isSame && !hasFailed) return finish(cluster, restored(draft));
  draft.status = { ...draft.status, observedSourceArtifactRevision };
  const pathOf = (chart: ChartMetadata) =>
    `helmchart/${namespace}/${name}/${chart.name}-${chart.version}.tgz`;
  const { reconcileStrategy, valuesFiles = [] } = spec;
  const short = /:([0-9a-f]{12})/.exec(observedSourceArtifactRevision)?.[1];
  const chart = await packageChart(cluster, {
    archive: artifactFile(cluster, source),
    path: spec.chart,
    metadata: reconcileStrategy === "Revision" ? short : undefined,
    valuesFiles,
    // The version decides: a chart that changed under its old version is not packed again.
    target: (one) => {
      const isPacked = known?.path === pathOf(one) && observedGeneration === generation;
      return isPacked ? undefined : artifactFile(cluster, { path: pathOf(one) });
    },
  });
  dropConditions(draft, "FetchFailed", "Stalled");
  if (known?.revision === chart.version && observedGeneration === generation) {
    return finish(cluster, restored(draft));
  }
  await succeed(cluster, draft, { chart, path: pathOf(chart) });
  if (known && known.path !== pathOf(chart)) {
    await rm(artifactFile(cluster, known), { force: true });
  }
}

// Nothing new: what the last artifact said holds.
function restored(draft: ChartDraft): ChartDraft {
  const { observedChartName = "", artifact } = draft.status;
  markStored(draft, { name: observedChartName, version: artifact?.revision ?? "" });
  return draft;
}

async function succeed(
  cluster: Cluster,
  draft: ChartDraft,
  { chart, path }: { readonly chart: ChartMetadata; readonly path: string },
): Promise<void> {
  const { object } = draft;
  progress(draft, `building artifact: new chart`, { drift: true });
  persist(cluster, draft);
  const packed = await readFile(artifactFile(cluster, { path }));
  const digest = `sha256:${createHash("sha256").update(packed).digest("hex")}`;
  const revision = chart.version;
  draft.status = {
    ...draft.status,
    observedChartName: chart.name,
    artifact: {
      ...{ digest, path, revision, size: packed.length, lastUpdateTime: timestamp() },
      url: artifactUrl(path),
    },
  };
  const { reason, message } = markStored(draft, chart);
  finish(cluster, draft);
  const event = { object, type: "Normal", reason, message } as const;
  cluster.record({
    ...event,
    controller: "source-controller",
    metadata: { revision, digest },
  });
}

function markStored(draft: ChartDraft, { name, version }: ChartMetadata) {
  const reason = "ChartPackageSucceeded";
  const message = `packaged '${name}' chart with version '${version}'`;
  dropConditions(draft, "ArtifactOutdated");
  for (const type of ["ArtifactInStorage", "Ready"]) {
    setCondition(draft, { type, status: "True", reason, message });
  }
  return { reason, message };
}
