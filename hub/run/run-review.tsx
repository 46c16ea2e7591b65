import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { ReviewOf } from "../review/review-of.tsx";

/** The review of an open pull request of the run, in its tab: opened at once where it is the only one. */
export function RunReview(props: {
  readonly pullRequest: PullRequest;
  readonly startsOpen: boolean;
}) {
  const { repository, pullRequestId: id } = props.pullRequest;
  const [isOpen, setOpen] = React.useState(props.startsOpen);
  const repo = { project: repository.project.id, repository: repository.id };
  return (
    <div className="fg-part">
      {isOpen ? (
        <ReviewOf repo={repo} id={id} isPart={true} />
      ) : (
        <Button text={`Review !${id} here`} onClick={() => setOpen(true)} />
      )}
    </div>
  );
}
