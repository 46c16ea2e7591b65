// What people and runs want of a delivery in an environment: reviews, and waits for them.
import { runBranchOf } from "../../core/run/branch.ts";
import { pullRequestUrl, runUrl } from "../../core/azure-devops/urls.ts";
import { contributionId } from "../../core/extension.ts";
import type { RepositoryFacts } from "../data/load-environments.ts";
import { agoText, waitingText } from "./ago.ts";
import type { Place } from "./place.ts";
import type { Subject } from "./subjects.ts";

export type Linked = { readonly text: string; readonly url: string };
/** Links to the reviews of its open pull requests. */
export function reviewLinks(
  { repository, pullRequests }: RepositoryFacts,
  subject: Subject,
  { organisationUrl, extension, now }: Place,
): readonly Linked[] {
  const { name, project } = repository;
  const address = { organisationUrl, project: project.name, repository: name };
  return pullRequests
    .filter((one) => isSame(runBranchOf(one), subject))
    .map(({ pullRequestId: id, creationDate, isDraft }) => ({
      text: `!${id} to review${isDraft === true ? ", a draft" : ""}, opened ${agoText(creationDate, now)}`,
      url: `${pullRequestUrl(address, id)}?_a=${contributionId(extension, "review")}`,
    }));
}

/** Links to the runs that wait for it. */
export function waitLinks(
  { waits }: RepositoryFacts,
  subject: Subject,
  { organisationUrl, now }: Place,
): readonly Linked[] {
  return waits
    .filter((wait) => isSame(wait, subject))
    .map(({ build, since, project, number, isPushed }) => ({
      text: [
        build === undefined
          ? `run ${number}, which you may not see or which is gone,`
          : `${build.definition.name} ${build.buildNumber}`,
        ` ${waitingText(since, now)}`,
        ...(isPushed ? ["; somebody has pushed to its branch since"] : []),
      ].join(""),
      url: runUrl({ organisationUrl, project: build?.project.name ?? project, build: number }),
    }));
}

function isSame(a: Subject | undefined, b: Subject): boolean {
  return a?.delivery === b.delivery && a.environment === b.environment;
}
