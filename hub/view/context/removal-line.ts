// What becomes of objects that leave git, where only the cluster's Kustomizations tell: connectors report
// their folders and whether they prune. Anybody may have written a report, so it is quoted, never counted.
import { count } from "../../../core/count.ts";
import type { LeftFolder } from "../../../core/diff/left-folders.ts";
import type { EnvironmentSnapshot, SnapshotObject } from "../../../core/environment-snapshot.ts";
import { isUnder } from "../../../core/flux/folder.ts";
import { clusterView } from "../cluster-view.ts";
import type { ContextLine } from "./context-line.ts";

type Finding = { readonly order: number; readonly text: string };

/** @param reports of clusters that take this repository and branch */
export function removalLine(
  left: readonly LeftFolder[],
  { reports, now }: { readonly reports: readonly EnvironmentSnapshot[]; readonly now: number },
): Omit<ContextLine, "label"> {
  const findings = left
    .flatMap((one) => findingsOf(one, { reports, now }))
    .sort((a, b) => a.order - b.order);
  const [first, ...others] = findings;
  if (first === undefined) return { tone: "plain", text: "", more: [] };
  return {
    tone: first.order === deleted ? "plain" : "warning",
    text: `${first.text}.${others.length === 0 ? "" : ` (${count(others.length, "more line")})`}`,
    more: others.length === 0 ? [] : findings.map(({ text }) => ({ text })),
  };
}

const [stays, unknown, deleted] = [0, 1, 2];

function findingsOf(
  one: LeftFolder,
  { reports, now }: { readonly reports: readonly EnvironmentSnapshot[]; readonly now: number },
): readonly Finding[] {
  const place = one.folder === "" ? "the repository's root" : `${one.folder}/`;
  const what = `${count(one.objects, "object")} of ${place}`;
  const [stay, are] = one.objects === 1 ? ["stays", "is"] : ["stay", "are"];
  const found = reports
    .filter(({ active }) => active)
    .flatMap((report) => appliersOf(one, report.objects).map((applier) => ({ report, applier })));
  if (found.length === 0) {
    const why = "no report of a connector names the Kustomization that applies";
    const text = `Not known whether Flux deletes ${what}: ${why} ${place} (with prune: false it leaves them)`;
    return [{ order: unknown, text }];
  }
  return found.map(({ report, applier }) => {
    const view = clusterView(report, now);
    const said = `as its connector reports${view.current ? "" : ` (${view.text})`}`;
    const by = `Kustomization ${applier.namespace}/${applier.name}`;
    const where = `in cluster ${report.cluster}`;
    if (applier.prune !== true) {
      return { order: stays, text: `${what} ${stay} ${where}: ${by} does not prune, ${said}` };
    }
    if (applier.phase === "suspended") {
      const text = `${what} ${stay} ${where} for now: ${by} is suspended, ${said}`;
      return { order: stays, text };
    }
    const order = view.current ? deleted : unknown;
    return { order, text: `${what} ${are} deleted ${where}: ${by} prunes, ${said}` };
  });
}

/** Of those whose folder holds it the innermost, which may be several. */
function appliersOf(
  { folder, root }: LeftFolder,
  objects: readonly SnapshotObject[],
): readonly SnapshotObject[] {
  const around = objects.filter(
    ({ kind, path, prune }) =>
      kind === "Kustomization" &&
      path !== undefined &&
      prune !== undefined &&
      (isUnder(folder, path) || isUnder(root, path)),
  );
  const longest = Math.max(...around.map(({ path = "" }) => path.length));
  return around.filter(({ path = "" }) => path.length === longest);
}
