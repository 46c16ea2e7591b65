import { compareRelease } from "../../core/charts/with-charts.ts";
import type { RenderedRelease } from "../../core/charts/rendered-release.ts";
import { objectName } from "../../core/manifests/object-name.ts";
import type { CommitFiles } from "../../core/merge/flux-roots.ts";
import type { AppliedObject, MergeFinding } from "../../core/merge/merge-finding.ts";
import { countedObjects } from "../../core/report/change-text.ts";
import type { Kube } from "../../kube/kube.ts";
import { judgeObjects } from "./judge-objects.ts";

export type JudgedCharts = {
  readonly findings: readonly MergeFinding[];
  readonly notChecked: readonly string[];
  /** What changes by each release, a line each. */
  readonly changes: readonly string[];
};

/** What Helm and the API server would say to what the charts of changed releases render. */
export async function judgeCharts(
  releases: readonly RenderedRelease[],
  given: {
    readonly files: CommitFiles;
    readonly kube: Kube;
    /** All that is applied to the cluster: definitions among it count. */
    readonly beside: readonly AppliedObject[];
  },
): Promise<JudgedCharts> {
  const findings: MergeFinding[] = [];
  const notChecked: string[] = [];
  const changes: string[] = [];
  for (const release of releases) {
    const { identity, file, failure, refused } = release;
    const name = objectName(identity);
    if (failure !== undefined) {
      const message = `${name}: its chart was not rendered: ${failure}`;
      if (refused) findings.push({ severity: "error", message, file });
      else notChecked.push(message);
      continue;
    }
    const { objects, problems } = compareRelease(release);
    notChecked.push(...problems.map(({ message }) => message));
    const counted = countedObjects(objects).join(", ");
    changes.push(`${name}: ${counted === "" ? "no object changed" : counted}`);
    const place = (object: RenderedRelease["before"][number]) => ({ object, file });
    const judged = await judgeObjects({
      before: release.before.map(place),
      after: release.after.map(place),
      ...given,
      isFinal: true,
    });
    const said = (message: string) => `${name} renders ${message}`;
    findings.push(...judged.findings.map((one) => ({ ...one, message: said(one.message) })));
    notChecked.push(...judged.notChecked.map(said));
  }
  return { findings, notChecked, changes };
}
