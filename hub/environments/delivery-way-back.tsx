import * as React from "react";
import { useHost } from "../components/host-context.tsx";
import { Failure, Warning } from "../components/note.tsx";
import { Skeleton } from "../components/skeleton.tsx";
import type { Repository } from "../../core/azure-devops/types.ts";
import { openRollback } from "../../clients/azure-devops/open-rollback.ts";
import { readRollback } from "../../clients/azure-devops/read-rollback.ts";
import { heldBodies } from "../components/body-source.ts";
import { useComparer } from "../components/use-comparer.ts";
import type { Comparer } from "../data/beside/comparer.ts";
import type { Seen } from "../data/beside/questions.ts";
import type { Moment } from "../data/compare-folders.ts";
import { useLive } from "../data/use-live.ts";
import { ChangesBody } from "../review/changes.tsx";
import type { RollbackScope } from "../view/rollback-scopes.ts";
import { OpenWayBack } from "./open-way-back.tsx";

/** The way back of a delivery, or of one app of it: files of others stay as they are. */
export function DeliveryWayBack(props: {
  readonly environment: string;
  readonly branch: string;
  readonly address: Repository;
  readonly scope: RollbackScope & { readonly kind: "delivery" };
  readonly now: Moment;
  readonly then: Moment;
}) {
  const { environment, branch, address, scope, now, then } = props;
  const { ado } = useHost();
  const { delivery, app } = scope;
  const target = {
    ...{ repo: now.repo, targetBranch: branch, path: now.path, to: then.commit },
    ...{ delivery, environment, app },
  };
  const key = JSON.stringify([target, now.commit]);
  const comparer = useComparer(key);
  const read = useLive(
    () => readRollback(ado, target, (before, after) => comparer.ask("plain", { before, after })),
    { key },
  );
  if (read.error !== undefined) return <Failure error={read.error} retry={read.refresh} />;
  if (read.value === undefined) return <Skeleton label="Reading what would go back" rows={4} />;
  const { value } = read;
  const { problems } = value.plan;
  const isNothing = value.writes.length + value.deletes.length === 0;
  return (
    <>
      <WhatGoesBack
        seen={value.diff.seen}
        warnings={value.warnings}
        title={`${scope.key} in ${environment}`}
        comparer={comparer}
        renew={read.refresh}
      />
      {problems.length > 0 && (
        <Warning>It cannot be taken back from here: {problems.join("; ")}.</Warning>
      )}
      {problems.length === 0 && !isNothing && (
        <OpenWayBack
          subject={`${scope.key} in ${environment}`}
          commit={then.commit}
          repository={address}
          open={async ({ reason, hold }) => {
            const apps = app === undefined ? {} : { apps: [app] };
            const held = hold && { ...apps, ...hold };
            const of = { target, read: value, reason, hold: held };
            return (await openRollback(ado, of)).pullRequest.pullRequestId;
          }}
        />
      )}
    </>
  );
}

function WhatGoesBack(props: {
  readonly seen: Seen;
  readonly warnings: readonly string[];
  readonly title: string;
  readonly comparer: Comparer;
  readonly renew: () => void;
}) {
  const { warnings, title, comparer, renew } = props;
  const { id, view } = props.seen;
  const bodies = React.useMemo(() => heldBodies(comparer, id), [comparer, id]);
  return (
    <>
      <p role="status">
        Taking back <b>{title}</b>: {view.summary}
        {view.complete ? "" : ", as far as it could be compared"}.
      </p>
      {warnings.map((warning) => (
        <Warning key={warning}>{warning}.</Warning>
      ))}
      <ChangesBody view={view} bodies={bodies} renew={renew} />
    </>
  );
}
