import * as React from "react";
import { useHost } from "../components/host-context.tsx";
import type { Repository } from "../../core/azure-devops/types.ts";
import { openFolderRollback } from "../../clients/azure-devops/open-folder-rollback.ts";
import type { Moment } from "../data/compare-folders.ts";
import { Comparison } from "./comparison.tsx";
import { OpenWayBack } from "./open-way-back.tsx";

/** The way back of everything in an environment's folder, also of what no delivery owns. */
export function FolderWayBack(props: {
  readonly environment: string;
  readonly branch: string;
  readonly address: Repository;
  readonly now: Moment;
  readonly then: Moment;
}) {
  const { environment, branch, address, now, then } = props;
  const { ado } = useHost();
  const titles = [`${environment} now`, `${environment} ${then.commit.slice(0, 8)}`] as const;
  return (
    <>
      <Comparison left={now} right={then} titles={titles} isProposed={true} />
      <OpenWayBack
        subject={environment}
        commit={then.commit}
        repository={address}
        open={async ({ reason, hold }) => {
          const { pullRequest } = await openFolderRollback(ado, {
            ...{ repo: now.repo, path: now.path, tip: now.commit, to: then.commit },
            ...{ environment, branch, reason, hold },
          });
          return pullRequest.pullRequestId;
        }}
      />
    </>
  );
}
