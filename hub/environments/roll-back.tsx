import * as React from "react";
import { Choice } from "../components/choice.tsx";
import { Mark } from "../components/mark.tsx";
import { Failure } from "../components/note.tsx";
import type { PlaceInAddress } from "../components/use-place.ts";
import { useHost } from "../components/host-context.tsx";
import { listStatuses } from "../../clients/azure-devops/statuses.ts";
import type { Moment } from "../data/compare-folders.ts";
import type { FolderFacts, RepositoryFacts } from "../data/load-environments.ts";
import { useLive } from "../data/use-live.ts";
import { byConnectors } from "../view/connector-statuses.ts";
import { scopeOf, scopesOf } from "../view/rollback-scopes.ts";
import { verdictOf } from "../view/verdict.ts";
import { DeliveryWayBack } from "./delivery-way-back.tsx";
import { FolderWayBack } from "./folder-way-back.tsx";

/** The way back to a moment: of what, whether it was well then, and the pull request that goes there. */
export function RollBack(props: {
  readonly repository: RepositoryFacts;
  readonly folder: FolderFacts;
  readonly now: Moment;
  readonly then: Moment;
  readonly connectors: ReadonlySet<string>;
  /** False: whose statuses count is not known. */
  readonly reportsRead: boolean;
  readonly place: PlaceInAddress;
}) {
  const { repository, folder, now, then, connectors, place } = props;
  const { ado } = useHost();
  const { environment } = folder;
  const scopes = scopesOf(folder);
  const scope = scopeOf(folder, place.values?.["back"] ?? "");
  const said = useLive(
    async () =>
      byConnectors(await listStatuses(ado, { repo: then.repo, commit: then.commit }), connectors),
    { key: JSON.stringify(then) },
  );
  const past = then.commit.slice(0, 8);
  const context = scope?.kind === "delivery" ? `${scope.delivery}/${environment}` : environment;
  const saidWell = verdictOf(said.value ?? [], context)?.state === "succeeded";
  const isWell = saidWell && props.reportsRead;
  return (
    <section className="fg-rollback" aria-label="The way back">
      <Choice
        label="What goes back"
        value={scope?.key ?? ""}
        options={scopes.map(({ key, text }) => [key, text] as const)}
        onChange={(back) => place.change({ back })}
      />
      {said.error !== undefined && <Failure error={said.error} retry={said.refresh} />}
      {said.value !== undefined && scope !== undefined && (
        <Mark tone={isWell ? "good" : "warning"}>
          {isWell
            ? `${past} was seen healthy in ${environment}.`
            : saidWell
              ? `A status says that ${past} was healthy in ${environment}: unconfirmed, since reports of connectors could not be read.`
              : `Nobody saw ${past} healthy in all of ${environment}.`}
        </Mark>
      )}
      {scope === undefined && (
        <p className="fg-nothing">Choose what goes back: what others own stays as it is.</p>
      )}
      {scope?.kind === "folder" && (
        <FolderWayBack
          environment={environment}
          branch={repository.branch}
          address={repository.repository}
          now={now}
          then={then}
        />
      )}
      {scope?.kind === "delivery" && (
        <DeliveryWayBack
          key={scope.key}
          environment={environment}
          branch={repository.branch}
          address={repository.repository}
          scope={scope}
          now={now}
          then={then}
        />
      )}
    </section>
  );
}
