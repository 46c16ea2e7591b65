// source-controller's HelmChart (v1.9) of a chart in a GitRepository or a HelmRepository.
import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { objectKey, timestamp, type KubeObject } from "../api/kube-object.ts";
import type { Cluster } from "../cluster.ts";
import type { Again } from "../controller.ts";
import { fluxObject } from "../toolkit/flux-object.ts";
import { markStored, reconcileSource, type SourceKind } from "../toolkit/reconcile-source.ts";
import {
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
  dropConditions,
  finish,
  persist,
  type Draft,
} from "../toolkit/status-draft.ts";
import type { ChartSpec } from "./helm-release-spec.ts";
import { packageChart, type ChartMetadata } from "./package-chart.ts";
import { pullChart } from "./pull-chart.ts";

type ChartStatus = SourceStatus & {
  readonly observedChartName?: string;
  readonly observedSourceArtifactRevision?: string;
};

type ChartDraft = Draft<ChartStatus>;

const helmCharts: SourceKind<ChartStatus> = {
  kind: "HelmChart",
  fetch: build,
  stalls: ["InvalidChartReference"],
};

export function reconcileHelmChart(cluster: Cluster, key: string): Promise<Again> {
  return reconcileSource(cluster, key, helmCharts);
}

type Origin = { readonly object: KubeObject; readonly artifact: Artifact };

function originOf(cluster: Cluster, { metadata }: KubeObject, spec: ChartSpec): Origin {
  const { kind, name } = spec.sourceRef;
  const { namespace = "" } = metadata;
  const at = { apiVersion: sourceVersion, kind, key: objectKey({ namespace, name }) };
  const isKnown = kind === "GitRepository" || kind === "HelmRepository";
  const object = isKnown ? fluxObject(cluster, at) : undefined;
  if (!object) {
    const message = `failed to get source: ${kind}.source.toolkit.fluxcd.io "${name}" not found`;
    throw new SourceFailure("SourceUnavailable", message);
  }
  const { artifact } = (object.status ?? {}) as SourceStatus;
  if (artifact) return { object, artifact };
  const message = `no artifact available for ${kind} source '${name}'`;
  throw new SourceFailure("NoSourceArtifact", message);
}

async function build(cluster: Cluster, draft: ChartDraft): Promise<void> {
  const { object } = draft;
  const spec = object.spec as ChartSpec;
  const origin = originOf(cluster, object, spec);
  const { revision: observedSourceArtifactRevision } = origin.artifact;
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
  const chart = await chartFrom(cluster, origin, {
    spec,
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

type Wanted = {
  readonly spec: ChartSpec;
  readonly target: (chart: ChartMetadata) => string | undefined;
};

function chartFrom(
  cluster: Cluster,
  { object, artifact }: Origin,
  { spec, target }: Wanted,
): Promise<ChartMetadata> {
  const { chart, version = "*", reconcileStrategy, valuesFiles = [] } = spec;
  if (object.kind === "HelmRepository") {
    const { url } = object.spec as { readonly url: string };
    return pullChart(cluster, { url, chart, version, target });
  }
  const short = /:([0-9a-f]{12})/.exec(artifact.revision)?.[1];
  return packageChart(cluster, {
    archive: artifactFile(cluster, artifact),
    path: chart,
    metadata: reconcileStrategy === "Revision" ? short : undefined,
    valuesFiles,
    target,
  });
}

// Nothing new: what the last artifact said holds.
function restored(draft: ChartDraft): ChartDraft {
  const { observedChartName = "", artifact } = draft.status;
  markChart(draft, { name: observedChartName, version: artifact?.revision ?? "" });
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
  const { reason, message } = markChart(draft, chart);
  finish(cluster, draft);
  const event = { object, type: "Normal", reason, message } as const;
  cluster.record({
    ...event,
    controller: "source-controller",
    metadata: { revision, digest },
  });
}

function markChart(draft: ChartDraft, { name, version }: ChartMetadata) {
  const { sourceRef } = draft.object.spec as ChartSpec;
  const isPulled = sourceRef.kind === "HelmRepository";
  const reason = isPulled ? "ChartPullSucceeded" : "ChartPackageSucceeded";
  const did = isPulled ? "pulled" : "packaged";
  const message = `${did} '${name}' chart with version '${version}'`;
  markStored(draft, reason, message);
  return { reason, message };
}
