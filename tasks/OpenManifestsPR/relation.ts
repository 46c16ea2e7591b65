import { readMergeBase } from "../../clients/azure-devops/commits.ts";
import { HttpError } from "../../core/errors.ts";
import { parseSource, type Relation } from "../../core/run/order.ts";
import { sourceOf, type Work } from "./deps.ts";

/** How the code of another render relates to this run's; `source` as trailers name it. */
export async function readRelation(work: Work, source: string): Promise<Relation> {
  const own = ownSource(work);
  const other = parseSource(source);
  if (own === undefined || other === undefined) return "unknown";
  if (own.repository.toLowerCase() !== other.repository.toLowerCase()) return "unknown";
  if (own.commit === other.commit) return "same";
  const base = await readCommonCommit(work, { ...own, other: other.commit });
  if (base === own.commit) return "contains";
  if (base === other.commit) return "contained";
  return base === undefined ? "unknown" : "diverged";
}

export function ownSource(work: Pick<Work, "render" | "inputs">) {
  const { repository, commit } = sourceOf(work);
  return parseSource(`${repository}@${commit}`);
}

type Compared = { readonly repository: string; readonly commit: string; readonly other: string };

async function readCommonCommit(
  { runs, inputs: { run } }: Work,
  { repository, commit: a, other: b }: Compared,
): Promise<string | undefined> {
  // Code of GitHub and others is not behind this API.
  if (run.sourceProvider !== undefined && run.sourceProvider !== "TfsGit") return undefined;
  try {
    return await readMergeBase(runs, { repo: { project: run.project, repository }, a, b });
  } catch (error) {
    // Not to be read by this job; a service that is away is another matter.
    if (error instanceof HttpError && error.status >= 400 && error.status < 500) return undefined;
    throw error;
  }
}
