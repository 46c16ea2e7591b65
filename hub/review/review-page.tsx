import * as React from "react";
import { Spinner } from "azure-devops-ui/Spinner";
import { useHost } from "../components/host-context.tsx";
import { Failure } from "../components/note.tsx";
import { reportLoaded } from "../data/host.ts";
import { loadPullRequest } from "../data/load-pull-request.ts";
import { useLive } from "../data/use-live.ts";
import { Review } from "./review.tsx";

const everyMs = 5000;

/** The tab on one pull request, read again every few seconds. */
export function ReviewPage(props: { readonly repository: string; readonly id: number }) {
  const { ado, project, extension } = useHost();
  const { id } = props;
  const repo = { project: project.id, repository: props.repository };
  const facts = useLive(() => loadPullRequest(ado, { repo, id, extension }), {
    key: JSON.stringify([repo, id]),
    everyMs,
  });
  const something = facts.value !== undefined || facts.error !== undefined;
  React.useEffect(() => {
    if (something) reportLoaded();
  }, [something]);
  return (
    <div className="fg-page">
      {facts.error !== undefined && <Failure error={facts.error} retry={facts.refresh} />}
      {facts.value === undefined && facts.error === undefined && <Spinner label="Loading" />}
      {facts.value !== undefined && (
        <Review repo={repo} facts={facts.value} refresh={facts.refresh} />
      )}
    </div>
  );
}
