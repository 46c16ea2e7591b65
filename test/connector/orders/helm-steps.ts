// helm-controller, and what source-controller packs for it: a chart anew for another version or another
// spec only (builder_local.go), a release anew for another version or other values (state.go).
import { createHash } from "node:crypto";
import { identityKey } from "../../../core/manifests/identity.ts";
import {
  applyTo,
  findIn,
  keyOf,
  nameOf,
  say,
  timeIn,
  valuesIn,
  type FluxState,
  type Obj,
} from "./flux-state.ts";

/** Reads what is there, and answers how it ends; undefined where it does not come so far. */
export function beginRelease(state: FluxState, release: Obj): (() => Promise<void>) | undefined {
  if (release.spec.suspend === true) return undefined;
  const { namespace, name, generation } = release.metadata;
  const chart = chartFor(state, release);
  const { observedGeneration, artifact } = chart.status ?? {};
  if (observedGeneration !== chart.metadata.generation || artifact === undefined) {
    say(state, release, { status: "False", reason: "SourceNotReady" });
    return undefined;
  }
  let values = { ...release.spec.values };
  for (const { name: at } of release.spec.valuesFrom ?? []) {
    const data = valuesIn(state, { name: at, namespace });
    if (data === undefined) {
      say(state, release, { status: "False", reason: "ValuesError", message: at });
      return undefined;
    }
    values = { ...data, ...values };
  }
  say(state, release, { status: "Unknown", reason: "Progressing" });
  const packed = state.packed.get(nameOf(chart));
  const version = artifact.revision;
  const digest = `sha256:${createHash("sha256").update(JSON.stringify(values)).digest("hex")}`;
  return async () => {
    const now = findIn(state, { kind: "HelmRelease", name, namespace });
    if (now === undefined) return;
    const key = nameOf(now);
    const { lastAttemptedRevision, lastAttemptedConfigDigest } = now.status ?? {};
    const isSame = lastAttemptedRevision === version && lastAttemptedConfigDigest === digest;
    if (!isSame || !state.released.has(key)) {
      state.released.set(key, JSON.stringify([packed, values]));
    }
    now.status = {
      ...{ ...now.status, observedGeneration: generation, lastAttemptedGeneration: generation },
      ...{ lastAttemptedRevision: version, lastAttemptedConfigDigest: digest },
    };
    say(state, now, { status: "True", reason: "UpgradeSucceeded" });
  };
}

function chartFor(state: FluxState, release: Obj): Obj {
  const { chart, version = "*", reconcileStrategy, sourceRef } = release.spec.chart.spec;
  const { namespace, name } = release.metadata;
  const made = {
    ...{ apiVersion: "source.toolkit.fluxcd.io/v1", kind: "HelmChart" },
    metadata: { name: `${namespace}-${name}`, namespace: sourceRef.namespace },
    spec: {
      ...{ chart, version, sourceRef: { kind: sourceRef.kind, name: sourceRef.name } },
      ...(reconcileStrategy === undefined ? {} : { reconcileStrategy }),
    },
  };
  applyTo(state, state.here, { object: made, owner: nameOf(release) });
  const helmChart = `${sourceRef.namespace}/${namespace}-${name}`;
  release.status = { ...release.status, helmChart };
  const found = state.here.get(keyOf(made))?.object;
  if (found === undefined) throw new Error("it was just made");
  return found;
}

/** What a deleted one leaves behind: nothing. */
export function finalizeRelease(state: FluxState, release: Obj): void {
  const { namespace, name } = release.metadata;
  if (release.spec.suspend !== true) {
    state.released.delete(nameOf(release));
    const identity = { group: "source.toolkit.fluxcd.io", version: "v1", kind: "HelmChart" };
    const at = {
      namespace: release.spec.chart.spec.sourceRef.namespace,
      name: `${namespace}-${name}`,
    };
    state.packed.delete(`HelmChart/${at.namespace}/${at.name}`);
    state.here.delete(identityKey({ ...identity, ...at }));
  }
  state.here.delete(keyOf(release));
}

/** source-controller looks at a chart. */
export function packChart(state: FluxState, object: Obj): void {
  const { generation } = object.metadata;
  const { status = {} } = object;
  const { chart, version, reconcileStrategy, sourceRef } = object.spec as unknown as ChartFields;
  const isForced = status.observedGeneration !== generation;
  const from = state.artefacts.get(sourceRef.name);
  if (sourceRef.kind === "GitRepository" && from === undefined) return;
  const files = Object.entries(state.trees[from?.commit ?? ""] ?? {});
  const folder = chart.replace(/^\.\//, "");
  const inside = files.filter(([path]) => path.startsWith(`${folder}/`));
  const said = /version: (\S+)/.exec(Object.fromEntries(inside)[`${folder}/Chart.yaml`] ?? "");
  const isGit = sourceRef.kind === "GitRepository" && from !== undefined;
  const suffix = isGit && reconcileStrategy === "Revision" ? `+${from.commit.slice(0, 12)}` : "";
  const own = isGit ? `${said?.[1] ?? "?"}${suffix}` : version;
  const isKept = !isForced && status.artifact?.revision === own;
  if (!isKept) state.packed.set(nameOf(object), isGit ? inside : [chart, version]);
  object.status = {
    ...{ observedGeneration: generation, observedChartName: "web" },
    ...(isGit ? { observedSourceArtifactRevision: from.revision } : {}),
    artifact: isKept ? status.artifact : { revision: own, lastUpdateTime: timeIn(state) },
  };
  say(state, object, { status: "True", reason: "ChartPackageSucceeded" });
}

type ChartFields = {
  readonly chart: string;
  readonly version: string;
  readonly reconcileStrategy?: string;
  readonly sourceRef: { readonly kind: string; readonly name: string };
};
