import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { readConnectionData } from "../../clients/azure-devops/identity.ts";
import {
  type Attachment,
  listAttachments,
  readAttachment,
} from "../../clients/azure-devops/pull-request-attachments.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { isChartsFile, parseRenderedCharts } from "../../core/charts/rendered-charts.ts";
import type { RenderedRelease } from "../../core/charts/rendered-release.ts";
import { unknownEffect } from "../../core/diff/uncompared.ts";
import { isBuildIdentity } from "../../core/gate/build-identity.ts";
import { readExactJson } from "../../kube/exact-json.ts";
import type { Analysis } from "./analyse.ts";
import type { Comparison } from "./load-pull-request.ts";

/** Charts of some commits; the newest file that speaks of them. */
export type FoundCharts = {
  readonly name: string;
  readonly releases: readonly RenderedRelease[];
};

/** Of the newest ones: others can only be older runs of the same validation. */
const mostRead = 5;

/** Whether a comparison could say more with what charts render. */
export function hangsOnCharts({ risks, objects }: Analysis): boolean {
  return (
    risks.some(({ rule }) => rule === unknownEffect) ||
    objects.some(({ identity }) => identity.kind === "HelmRelease")
  );
}

/**
 * What a validation attached for exactly these commits. Anyone who may contribute can attach a file:
 * only the Build service of the repository's project counts, as the service set it.
 */
export async function findRenderedCharts(
  ado: AzureDevOps,
  of: { readonly pullRequest: PullRequest; readonly comparison: Comparison },
): Promise<FoundCharts | undefined> {
  const { pullRequest, comparison } = of;
  const { repository, pullRequestId: id } = pullRequest;
  const project = repository.project.id;
  const repo = { project, repository: repository.id };
  const attached = await listAttachments(ado, { repo, id });
  const named = attached.filter(({ displayName }) => isChartsFile(displayName));
  if (named.length === 0) return undefined;
  const { instanceId: host } = await readConnectionData(ado);
  const counted = named.filter(({ author }) => isBuildIdentity(author, { host, ids: [project] }));
  for (const { displayName: name } of newestFirst(counted).slice(0, mostRead)) {
    const charts = parseRenderedCharts(parsed(await readAttachment(ado, { repo, id, name })));
    if (charts === undefined || charts.before !== comparison.before) continue;
    const isMerge = comparison.basis === "merge" && charts.source === comparison.source;
    if (charts.after === comparison.after || isMerge) return { name, releases: charts.releases };
  }
  return undefined;
}

function newestFirst(all: readonly Attachment[]): readonly Attachment[] {
  const time = ({ createdDate = "" }: Attachment) => Date.parse(createdDate) || 0;
  return [...all].sort((a, b) => time(b) - time(a));
}

function parsed(text: string): unknown {
  try {
    return readExactJson(text);
  } catch {
    return undefined;
  }
}
