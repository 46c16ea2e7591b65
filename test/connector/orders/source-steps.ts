// source-controller: what it fetches of git and registries, and packs of charts. A chart anew for another
// version or another spec only (builder_local.go).
import { createHash } from "node:crypto";
import { treeUrl } from "../a-tree-repository.ts";
import { keyOf, nameOf, timeIn, write, type Ends, type FluxState, type Obj } from "./flux-state.ts";

type Status = NonNullable<Obj["status"]>;

export function fetchSource(state: FluxState, object: Obj): void {
  const { ref, ignore } = object.spec;
  const { name } = object.metadata;
  const commit = ref.tag === "old" ? "b".repeat(40) : state.head;
  const revision = `${ref.tag ?? "main"}@sha1:${commit}`;
  const before = state.artefacts.get(name);
  const isKept = before?.revision === revision && before.ignore === ignore;
  const artifact = isKept ? object.status?.artifact : { revision, lastUpdateTime: timeIn(state) };
  store(state, object, {
    status: { ...(artifact ? { artifact } : {}) },
    keep: () => state.artefacts.set(name, { revision, commit, ignore }),
  });
}

/** A chart of a registry, or what a pipeline has pushed there of the repository (flux push artifact). */
export function pullArtefact(state: FluxState, object: Obj): void {
  if (object.metadata.name === "infra") {
    pullFiles(state, object);
    return;
  }
  const tag = object.spec.ref.tag ?? "latest";
  const revision = `${tag}@sha256:${createHash("sha256").update(tag).digest("hex")}`;
  const isKept = object.status?.artifact?.revision === revision;
  const artifact = isKept ? object.status?.artifact : { revision, lastUpdateTime: timeIn(state) };
  store(state, object, { status: { ...(artifact ? { artifact } : {}) } });
}

function pullFiles(state: FluxState, object: Obj): void {
  const commit = state.pushed;
  const isTold = object.spec.url?.endsWith("/told") === true;
  const origin = isTold ? `main@sha1:${commit}` : undefined;
  const files = Object.entries(state.trees[commit] ?? {}).sort();
  const digest = createHash("sha256")
    .update(JSON.stringify([files, origin]))
    .digest("hex");
  const revision = `latest@sha256:${digest}`;
  const metadata = origin && {
    "org.opencontainers.image.source": treeUrl,
    "org.opencontainers.image.revision": origin,
  };
  const isKept = object.status?.artifact?.revision === revision;
  const made = { revision, lastUpdateTime: timeIn(state), ...(metadata ? { metadata } : {}) };
  const artifact = isKept ? object.status?.artifact : made;
  const kept = { revision, commit, ignore: undefined, ...(origin ? { origin } : {}) };
  store(state, object, {
    status: { ...(artifact ? { artifact } : {}) },
    keep: () => state.artefacts.set(object.metadata.name, kept),
  });
}

function store(
  state: FluxState,
  object: Obj,
  of: {
    readonly status: Omit<Status, "conditions">;
    /** The generation that was worked on. */
    readonly of?: number;
    readonly keep?: () => void;
    readonly message?: string;
  },
): void {
  const { of: generation = object.metadata.generation } = of;
  write(state, object, {
    said: { Ready: ["True", "Succeeded", of.message ?? "stored artifact"] },
    rest: { observedGeneration: generation, ...of.status },
  });
  const rest = state.rest.get(nameOf(object));
  state.rest.set(nameOf(object), () => {
    of.keep?.();
    rest?.();
  });
}

/** Looks at a chart; another version it says to have looked at before it has stored it (observeChartBuild). */
export function packChart(state: FluxState, object: Obj): Ends | undefined {
  const { generation } = object.metadata;
  const { status = {} } = object;
  const { chart, version, reconcileStrategy, sourceRef } = object.spec as unknown as ChartFields;
  const isForced = status.observedGeneration !== generation;
  const from = state.artefacts.get(sourceRef.name);
  if (sourceRef.kind === "GitRepository" && from === undefined) return undefined;
  const files = Object.entries(state.trees[from?.commit ?? ""] ?? {});
  const folder = chart.replace(/^\.\//, "");
  const inside = files.filter(([path]) => path.startsWith(`${folder}/`));
  const said = /version: (\S+)/.exec(Object.fromEntries(inside)[`${folder}/Chart.yaml`] ?? "");
  const isGit = sourceRef.kind === "GitRepository" && from !== undefined;
  const suffix = isGit && reconcileStrategy === "Revision" ? `+${from.commit.slice(0, 12)}` : "";
  const own = isGit ? `${said?.[1] ?? "?"}${suffix}` : version;
  const isKept = !isForced && status.artifact?.revision === own;
  const seen = isGit ? { observedSourceArtifactRevision: from.revision } : {};
  const key = keyOf(object);
  const summary = `packaged 'web' chart with version '${own}'`;
  const finish = (artifact: Status["artifact"]) => {
    const now = state.here.get(key)?.object;
    if (now === undefined) return undefined;
    store(state, now, {
      of: generation,
      message: summary,
      status: { observedChartName: "web", ...seen, ...(artifact ? { artifact } : {}) },
      keep: () => {
        if (!isKept) state.packed.set(nameOf(now), isGit ? inside : [chart, version]);
      },
    });
    return undefined;
  };
  if (isKept) return finish(status.artifact);
  const message = `building artifact: ${summary}`;
  write(state, object, { said: { Ready: ["Unknown", "Progressing", message] }, rest: seen });
  return {
    stores: async () => finish({ revision: own, lastUpdateTime: timeIn(state) }),
    "cannot store": async () => {
      const now = state.here.get(key)?.object;
      const reason = "StorageOperationFailed";
      if (now) write(state, now, { said: { Ready: ["False", reason, "no space left"] } });
      return undefined;
    },
  };
}

type ChartFields = {
  readonly chart: string;
  readonly version: string;
  readonly reconcileStrategy?: string;
  readonly sourceRef: { readonly kind: string; readonly name: string };
};
