import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { Checkbox } from "azure-devops-ui/Checkbox";
import { useHost } from "../components/host-context.tsx";
import { HostLink } from "../components/host-link.tsx";
import { Mark } from "../components/mark.tsx";
import { Failure } from "../components/note.tsx";
import { pullRequestUrl } from "../../core/azure-devops/urls.ts";
import { contributionId } from "../../core/extension.ts";
import { readConnectionData } from "../../clients/azure-devops/identity.ts";
import { listStatuses } from "../../clients/azure-devops/statuses.ts";
import type { Moment } from "../data/compare-folders.ts";
import type { RepositoryFacts } from "../data/load-environments.ts";
import { openRollback } from "../data/open-rollback.ts";
import { useLive } from "../data/use-live.ts";
import { byConnectors } from "../view/connector-statuses.ts";
import { verdictOf } from "../view/verdict.ts";

type Made =
  | { readonly state: "none" }
  | { readonly state: "opening" }
  | { readonly state: "open"; readonly id: number }
  | { readonly state: "failed"; readonly error: unknown };

/** The way back to a moment: what was said of it, and the pull request that goes there. */
export function RollBack(props: {
  readonly environment: string;
  readonly repository: RepositoryFacts;
  readonly now: Moment;
  readonly then: Moment;
  readonly connectors: ReadonlySet<string>;
}) {
  const { environment, repository, now, then, connectors } = props;
  const { ado, extension } = useHost();
  const [made, setMade] = React.useState<Made>({ state: "none" });
  const said = useLive(
    async () =>
      byConnectors(await listStatuses(ado, { repo: then.repo, commit: then.commit }), connectors),
    { key: JSON.stringify(then) },
  );
  const verdict = verdictOf(said.value ?? [], environment);
  const [holds, setHolds] = React.useState(true);
  const openIt = async () => {
    const { authenticatedUser } = await readConnectionData(ado);
    const hold = {
      reason: `${environment} was taken back to ${then.commit.slice(0, 8)}`,
      by: authenticatedUser.providerDisplayName,
      at: new Date().toISOString(),
    };
    const { branch } = repository;
    return openRollback(ado, { environment, branch, now, then, ...(holds ? { hold } : {}) });
  };
  const open = () => {
    setMade({ state: "opening" });
    openIt().then(
      (id) => setMade({ state: "open", id }),
      (error: unknown) => setMade({ state: "failed", error }),
    );
  };
  const { name, project } = repository.repository;
  const address = { organisationUrl: ado.organisationUrl, project: project.name, repository: name };
  return (
    <section className="fg-rollback" aria-label="The way back">
      {said.value !== undefined && (
        <Mark tone={verdict?.state === "succeeded" ? "good" : "warning"}>
          {verdict?.state === "succeeded"
            ? `${then.commit.slice(0, 8)} was seen healthy in ${environment}.`
            : `Nobody saw ${then.commit.slice(0, 8)} healthy in all of ${environment}.`}
        </Mark>
      )}
      {made.state === "failed" && <Failure error={made.error} />}
      {made.state === "open" ? (
        <p role="status">
          <HostLink
            url={`${pullRequestUrl(address, made.id)}?_a=${contributionId(extension, "review")}`}
          >
            !{made.id} takes {environment} back: review it
          </HostLink>
        </p>
      ) : (
        <>
          <Checkbox
            label="Hold it: no run deploys another version until somebody deletes the hold"
            checked={holds}
            onChange={(_event, checked) => setHolds(checked)}
          />
          <Button
            primary={true}
            disabled={made.state === "opening"}
            text={`Open the pull request that takes ${environment} back`}
            onClick={open}
          />
        </>
      )}
    </section>
  );
}
