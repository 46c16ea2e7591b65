// helm-controller, from one of its writes to the next: a release anew for another version or other values
// (helmrelease_controller.go, state.go, atomic_release.go).
import { createHash } from "node:crypto";
import { identityKey } from "../../../core/manifests/identity.ts";
import {
  applyTo,
  findIn,
  keyOf,
  nameOf,
  valuesIn,
  write,
  type Ends,
  type FluxState,
  type Obj,
} from "./flux-state.ts";

type Chart = { readonly version: string; readonly digest?: string; readonly content: unknown };
type Wanted = {
  readonly version: string;
  readonly digest: string | undefined;
  readonly config: string;
  /** What it would run. */
  readonly content: string;
};
type Attempt = { readonly state: FluxState; readonly release: Obj };

/** Makes its HelmChart, and answers how it goes on; undefined where it does not come so far. */
export function beginRelease(state: FluxState, release: Obj): Ends | undefined {
  if (release.spec.suspend === true) return undefined;
  const message = "Fulfilling prerequisites";
  if (release.spec.chartRef === undefined) chartFor(state, release);
  write(state, release, {
    said: { Reconciling: ["True", "Progressing", message], Stalled: undefined },
  });
  return { reads: async () => readOne({ state, release }) };
}

function readOne(attempt: Attempt): Ends | undefined {
  const { state, release } = attempt;
  const now = nowOf(attempt);
  if (now === undefined) return undefined;
  const chart = chartOf(attempt);
  if (chart === undefined) {
    write(state, now, { said: { Ready: ["False", "SourceNotReady", "not ready"] } });
    return undefined;
  }
  const { namespace } = release.metadata;
  let values = { ...release.spec.values };
  for (const { name: at } of release.spec.valuesFrom ?? []) {
    const data = valuesIn(state, { name: at, namespace });
    if (data === undefined) {
      write(state, now, { said: { Ready: ["False", "ValuesError", at] } });
      return undefined;
    }
    values = { ...data, ...values };
  }
  const { version, digest, content } = chart;
  const config = `sha256:${createHash("sha256").update(JSON.stringify(values)).digest("hex")}`;
  const wanted = { version, digest, config, content: JSON.stringify([content, values]) };
  const last = state.releases.get(nameOf(now));
  const isSame = last?.version === version && last.config === config && last.digest === digest;
  if (isSame && last.failed !== true) return end(attempt, wanted, isSame);
  return upgrade(attempt, wanted);
}

function nowOf({ state, release: { kind, metadata } }: Attempt): Obj | undefined {
  return findIn(state, { kind, name: metadata.name, namespace: metadata.namespace });
}

function attemptedOf({ release }: Attempt, { version, digest, config }: Wanted) {
  return {
    lastAttemptedGeneration: release.metadata.generation,
    lastAttemptedRevision: version,
    lastAttemptedRevisionDigest: digest,
    lastAttemptedConfigDigest: config,
  };
}

function upgrade(attempt: Attempt, wanted: Wanted): Ends | undefined {
  const now = nowOf(attempt);
  if (now === undefined) return undefined;
  const message = "Running 'upgrade' action with timeout of 5m0s";
  write(attempt.state, now, {
    said: {
      Ready: ["Unknown", "Progressing", message],
      Reconciling: ["True", "Progressing", message],
    },
    rest: attemptedOf(attempt, wanted),
  });
  return {
    ends: async () => end(attempt, wanted, false),
    fails: async () => failUpgrade(attempt, wanted),
  };
}

function end({ state, release }: Attempt, wanted: Wanted, isSame: boolean): undefined {
  const now = nowOf({ state, release });
  if (now === undefined) return undefined;
  const { content, ...last } = wanted;
  const key = nameOf(now);
  if (!isSame) {
    state.releases.set(key, last);
    state.released.set(key, content);
  }
  write(state, now, {
    said: { Ready: ["True", "UpgradeSucceeded"], Reconciling: undefined, Remediated: undefined },
    rest: {
      ...attemptedOf({ state, release }, wanted),
      observedGeneration: release.metadata.generation,
      lastHandledReconcileAt: release.metadata.annotations?.["reconcile.fluxcd.io/requestedAt"],
    },
  });
  return undefined;
}

// Rolled back to what it ran before, or left as it is to be tried again (`strategy: RetryOnFailure`).
function failUpgrade(attempt: Attempt, wanted: Wanted): Ends | undefined {
  const { state, release } = attempt;
  const now = nowOf(attempt);
  if (now === undefined) return undefined;
  const key = nameOf(now);
  const [before, ran] = [state.releases.get(key), state.released.get(key)];
  const { content, ...last } = wanted;
  state.releases.set(key, { ...last, failed: true });
  state.released.set(key, content);
  const message = "Helm upgrade failed: timed out";
  write(state, now, {
    said: {
      Ready: ["False", "UpgradeFailed", message],
      Reconciling: ["True", "ProgressingWithRetry", "retrying after 5m0s"],
    },
    rest: { observedGeneration: release.metadata.generation },
  });
  if (before === undefined || ran === undefined) return undefined;
  return {
    "tries again later": async () => undefined,
    "rolls back": async () => {
      const then = nowOf(attempt);
      if (then === undefined) return undefined;
      state.releases.set(key, before);
      state.released.set(key, ran);
      write(state, then, {
        said: {
          Ready: ["False", "RollbackSucceeded", "rolled back"],
          Remediated: ["True", "RollbackSucceeded", "rolled back"],
        },
      });
      return undefined;
    },
  };
}

/** What it takes, once its source has it as it is now (`isSourceReady`). */
function chartOf({ state, release }: Attempt): Chart | undefined {
  const { namespace, name } = release.metadata;
  const ref = release.spec.chartRef && { namespace, ...release.spec.chartRef };
  const at = release.spec.chart?.spec.sourceRef.namespace;
  const source = findIn(
    state,
    ref ?? { kind: "HelmChart", name: `${namespace}-${name}`, namespace: at ?? "" },
  );
  const { observedGeneration, artifact } = source?.status ?? {};
  if (observedGeneration !== source?.metadata.generation || artifact === undefined) {
    return undefined;
  }
  if (ref === undefined) {
    return { version: artifact.revision, content: source && state.packed.get(nameOf(source)) };
  }
  const [tag = "", digest = ""] = artifact.revision.split("@");
  return { version: `${tag}+${digest.slice(7, 19)}`, digest, content: artifact.revision };
}

function chartFor(state: FluxState, release: Obj): void {
  if (release.spec.chart === undefined) return;
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
  release.status = {
    ...release.status,
    helmChart: `${sourceRef.namespace}/${namespace}-${name}`,
  };
}

/** What a deleted one leaves behind: nothing. */
export function finalizeRelease(state: FluxState, release: Obj): void {
  const { namespace, name } = release.metadata;
  if (release.spec.suspend !== true) {
    state.released.delete(nameOf(release));
    state.releases.delete(nameOf(release));
    const at = release.spec.chart?.spec.sourceRef.namespace;
    if (at !== undefined) {
      const identity = { group: "source.toolkit.fluxcd.io", version: "v1", kind: "HelmChart" };
      const chart = { namespace: at, name: `${namespace}-${name}` };
      state.packed.delete(`HelmChart/${chart.namespace}/${chart.name}`);
      state.here.delete(identityKey({ ...identity, ...chart }));
    }
  }
  state.here.delete(keyOf(release));
}
