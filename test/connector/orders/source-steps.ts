// source-controller: what it fetches of git and registries, and packs of charts. A chart anew for another
// version or another spec only (builder_local.go).
import { createHash } from "node:crypto";
import { nameOf, timeIn, write, type FluxState, type Obj } from "./flux-state.ts";

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

/** A chart of a registry. */
export function pullArtefact(state: FluxState, object: Obj): void {
  const tag = object.spec.ref.tag ?? "latest";
  const revision = `${tag}@sha256:${createHash("sha256").update(tag).digest("hex")}`;
  const isKept = object.status?.artifact?.revision === revision;
  const artifact = isKept ? object.status?.artifact : { revision, lastUpdateTime: timeIn(state) };
  store(state, object, { status: { ...(artifact ? { artifact } : {}) } });
}

function store(
  state: FluxState,
  object: Obj,
  of: { readonly status: Omit<Status, "conditions">; readonly keep?: () => void },
): void {
  const { generation } = object.metadata;
  write(state, object, {
    said: { Ready: ["True", "Succeeded", "stored artifact"] },
    rest: { observedGeneration: generation, ...of.status },
  });
  const rest = state.rest.get(nameOf(object));
  state.rest.set(nameOf(object), () => {
    of.keep?.();
    rest?.();
  });
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
  const kept = isKept ? status.artifact : undefined;
  store(state, object, {
    status: {
      observedChartName: "web",
      ...(isGit ? { observedSourceArtifactRevision: from.revision } : {}),
      artifact: kept ?? { revision: own, lastUpdateTime: timeIn(state) },
    },
    keep: () => {
      if (!isKept) state.packed.set(nameOf(object), isGit ? inside : [chart, version]);
    },
  });
}

type ChartFields = {
  readonly chart: string;
  readonly version: string;
  readonly reconcileStrategy?: string;
  readonly sourceRef: { readonly kind: string; readonly name: string };
};
