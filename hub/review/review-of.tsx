import * as React from "react";
import { Spinner } from "azure-devops-ui/Spinner";
import type { RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { useHost } from "../components/host-context.tsx";
import { Failure } from "../components/note.tsx";
import { reportLoaded } from "../data/host.ts";
import { type EarlyFacts, loadPullRequest } from "../data/load-pull-request.ts";
import { createMemory } from "../data/memory.ts";
import { useChanges } from "../data/use-changes.ts";
import { useLive } from "../data/use-live.ts";
import { Review } from "./review.tsx";

const everyMs = 5000;

/** The review of one pull request wherever it stands, read again every few seconds. */
export function ReviewOf(props: {
  readonly repo: RepositoryRef;
  readonly id: number;
  /** It stands below another heading, beside other things. */
  readonly isPart?: boolean;
}) {
  const { ado, extension } = useHost();
  const { repo, id, isPart = false } = props;
  const key = JSON.stringify([repo, id]);
  const [early, setEarly] = React.useState<EarlyFacts & { readonly key: string }>();
  // What it would change takes longest: it is compared while the rest is still being read.
  const onComparison = (found: EarlyFacts) =>
    setEarly((last) => (last?.key === key ? last : { ...found, key }));
  const memory = React.useRef(createMemory()).current;
  const load = () => loadPullRequest(ado, { repo, id, extension, onComparison, memory });
  const facts = useLive(load, { key, everyMs });
  const known = facts.value ?? (early?.key === key ? early : undefined);
  const changes = useChanges({ repo, known });
  const something = facts.value !== undefined || facts.error !== undefined;
  React.useEffect(() => {
    if (something) reportLoaded();
  }, [something]);
  return (
    <>
      {facts.error !== undefined && facts.value === undefined && !isPart && <h1>Review</h1>}
      {facts.error !== undefined && <Failure error={facts.error} retry={facts.refresh} />}
      {!something && <Spinner label="Loading" />}
      {facts.value !== undefined && (
        <Review {...{ repo, isPart, changes }} facts={facts.value} refresh={facts.refresh} />
      )}
    </>
  );
}
