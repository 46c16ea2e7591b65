import * as React from "react";
import { Spinner } from "azure-devops-ui/Spinner";
import type { RepositoryRef } from "../../clients/azure-devops/connection.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { Help } from "../components/help.tsx";
import { useHost } from "../components/host-context.tsx";
import { OriginsProvider } from "../components/origin.tsx";
import { RunApprovals } from "../components/run-approvals.tsx";
import { Failure, Warning } from "../components/note.tsx";
import { Problems } from "../components/problems.tsx";
import type { PullRequestFacts } from "../data/load-pull-request.ts";
import { loadPolicies, loadTargetBranch } from "../data/load-policies.ts";
import { loadRights } from "../data/load-rights.ts";
import type { Changes } from "../data/use-changes.ts";
import { useRunChecks } from "../data/use-run-checks.ts";
import { useContext } from "../data/use-context.ts";
import { useEdited } from "../data/use-edited.ts";
import { serverGapOf, useServerWord } from "../data/use-server-word.ts";
import { type Live, useLive, useNow } from "../data/use-live.ts";
import { contextView } from "../view/context/context-view.ts";
import { notAsRendered } from "../view/context/not-as-rendered.ts";
import { decisionView } from "../view/decision-view.ts";
import { deploymentView } from "../view/deployment-view.ts";
import { forkText } from "../view/fork-text.ts";
import { verdictBasis } from "../view/risk-verdict.ts";
import { comparedTarget, movedView } from "../view/target-move.ts";
import { unreadText } from "../view/unread.ts";
import { waitView } from "../view/wait-view.ts";
import { ChangesBody } from "./changes.tsx";
import { Compared } from "./compared.tsx";
import { Context } from "./context.tsx";
import { DecisionBar } from "./decision-bar.tsx";
import { Edited } from "./edited.tsx";
import { Heading } from "./heading.tsx";
import { OtherFiles } from "./other-files.tsx";
import { ServerWord } from "./server-word.tsx";
import { SinceApproved } from "./since-approved.tsx";
import { TargetMoved } from "./target-moved.tsx";
import { useViewed } from "./use-viewed.ts";
import { useDecision } from "./use-decision.ts";

const policiesEveryMs = 15_000;
const branchEveryMs = 300_000;

/** A pull request on manifests: what it would change, who waits for it, and the decision. */
export function Review(props: {
  readonly repo: RepositoryRef;
  readonly facts: PullRequestFacts;
  readonly changes: Live<Changes | undefined>;
  /** It stands below another heading, beside other things. */
  readonly isPart: boolean;
  readonly refresh: () => void;
}) {
  const { repo, facts, changes, isPart, refresh } = props;
  const { ado } = useHost();
  const now = useNow();
  const open = facts.pullRequest.status === "active";
  const { pullRequest } = facts;
  // After a push the old comparison stays until there is a new one: no vote is given for it.
  const isNewest = isOfNow(changes.value, pullRequest);
  const shown = isNewest && changes.value?.isPartial === false ? changes.value : undefined;
  const server = useServerWord(shown, open);
  const moved = movedView(facts, changes.value?.places);
  const head = comparedTarget(facts.move, moved);
  const decision = useDecision({ repo, facts, shown, head, refresh });
  const rights = useLive(() => loadRights(ado, pullRequest), {
    key: String(pullRequest.pullRequestId),
  });
  const policies = useLive(() => loadPolicies(ado, pullRequest), {
    key: JSON.stringify([
      pullRequest.pullRequestId,
      pullRequest.lastMergeSourceCommit,
      pullRequest.reviewers?.map(({ id, vote }) => [id, vote]),
      pullRequest.isDraft,
    ]),
    ...(open ? { everyMs: policiesEveryMs } : {}),
  });
  const view = (shown && server.value?.view) ?? changes.value?.view;
  const basis = verdictBasis({
    ...{
      isOpen: open,
      isNewest,
      isStale: moved === undefined ? false : moved.isStale,
      isWhole: shown !== undefined,
    },
    isBranchAlone: changes.value?.basis === "source",
    isAnswered: (server.value ?? server.error) !== undefined,
  });
  const target = useLive(() => loadTargetBranch(ado, pullRequest), {
    key: JSON.stringify([pullRequest.pullRequestId, pullRequest.targetRefName]),
    ...(open ? { everyMs: branchEveryMs } : {}),
  });
  const checks = useRunChecks(ado, facts.build);
  const viewed = useViewed({ repo, facts });
  const { value: may } = rights;
  const decided = decisionView(
    {
      ...facts,
      rights: may,
      policies: policies.value,
      branch: target.value,
      digest: shown?.digest,
      isStale: moved?.isStale === true,
      // Also after a push: what is on the screen then is not what would be merged.
      isComparing: shown === undefined && (changes.error ?? facts.uncompared) === undefined,
    },
    now,
  );
  const beside = useContext(repo, facts);
  const known = beside.value;
  const readAgain = () => {
    refresh();
    beside.refresh();
  };
  const origins = known && "value" in known.origins ? known.origins.value : undefined;
  const edited = useEdited(shown, origins?.after).value;
  const context = open && (
    <Context
      lines={contextView(known, {
        ...{ environment: facts.target?.environment, organisationUrl: ado.organisationUrl, now },
        outcome: view?.outcome,
        odd: notAsRendered({
          edited,
          images: view?.images ?? [],
          recorded: origins?.after?.index.provenance.images ?? {},
        }),
      })}
    />
  );
  const abandoned = pullRequest.status === "abandoned";
  const branch = pullRequest.targetRefName.replace("refs/heads/", "");
  const title = titleOf(facts);
  return (
    <>
      <header className={isPart ? "fg-head" : "fg-head fg-head-sticky"}>
        <Heading
          title={title}
          isPart={isPart}
          changes={view}
          basis={basis}
          gap={serverGapOf(server)}
          wait={
            abandoned ? undefined : waitView(facts, { organisationUrl: ado.organisationUrl, now })
          }
          deployment={deploymentView(facts)}
          fork={forkText(pullRequest)}
        />
        <DecisionBar view={decided} decision={decision} subject={`!${pullRequest.pullRequestId}`} />
      </header>
      <Problems of={[...facts.unread, ...chartsProblem(changes.value)]} retry={readAgain} />
      {checks.value !== undefined && facts.me !== undefined && !isPart && (
        <RunApprovals
          checks={checks.value}
          {...{ me: facts.me, now, refresh: checks.refresh }}
          {...(shown === undefined ? {} : { seen: seenText(pullRequest, shown) })}
        />
      )}
      {decided.stale !== undefined && shown !== undefined && (
        <SinceApproved repo={repo} pullRequest={pullRequest} seen={decided.stale} shown={shown} />
      )}
      {changes.error !== undefined && (
        <Failure
          error={unreadText("What it would change", changes.error)}
          retry={changes.refresh}
        />
      )}
      {!isNewest && facts.uncompared !== undefined && (
        <Failure error={unreadText("What would be compared", facts.uncompared)} retry={refresh} />
      )}
      {changes.value === undefined && (changes.error ?? facts.uncompared) === undefined && (
        <Spinner
          label={
            facts.comparison === undefined
              ? "Azure DevOps is working out the merge"
              : "Comparing the manifests"
          }
        />
      )}
      {moved !== undefined && changes.value !== undefined && (
        <TargetMoved
          key={changes.value.before}
          {...{ moved, repo, pullRequest, refresh }}
          mayAsk={may?.decide !== false}
        />
      )}
      {changes.value?.basis === "source" && open && (
        <Warning>
          It cannot be merged as it is, so this shows its branch alone: the merge may differ.
        </Warning>
      )}
      {edited !== undefined && edited.length > 0 && <Edited files={edited} />}
      {view !== undefined &&
        view.objects.length === 0 &&
        view.complete &&
        (basis === "all" || basis === "asking") && (
          <p className="fg-nothing">Nothing that runs in a cluster changes.</p>
        )}
      {changes.value === undefined ? (
        context
      ) : (
        <OriginsProvider value={origins}>
          <ChangesBody
            key={changes.value.after}
            view={view ?? changes.value.view}
            bodies={changes.value.bodies}
            renew={changes.value.renew}
            viewed={viewed}
            help={isPart ? null : <Help of="review" />}
          >
            {shown !== undefined && <ServerWord of={server} isAsked={open} />}
            {context}
          </ChangesBody>
        </OriginsProvider>
      )}
      {changes.value !== undefined && <OtherFiles files={changes.value.others} />}
      {changes.value !== undefined && <Compared of={changes.value} branch={branch} />}
    </>
  );
}

// Of an open one: what it was compared with may have been replaced as well as what it changes.
function isOfNow(changes: Changes | undefined, of: PullRequest): boolean {
  const { lastMergeSourceCommit: source, lastMergeTargetCommit: target, status } = of;
  if (changes?.source !== source?.commitId) return false;
  const isOnto = changes?.basis === "source" || changes?.before === target?.commitId;
  return isOnto || status !== "active";
}

function chartsProblem(changes: Changes | undefined): readonly string[] {
  const { chartsError } = changes ?? {};
  return chartsError === undefined ? [] : [unreadText("What charts render", chartsError)];
}

function seenText({ pullRequestId }: PullRequest, { digest }: Changes): string {
  return `review of !${pullRequestId}, digest ${digest.slice(2, 10)}`;
}

function titleOf({ target, pullRequest }: PullRequestFacts): string {
  if (target !== undefined) return `${target.delivery} → ${target.environment}`;
  return `Changes to ${pullRequest.targetRefName.replace("refs/heads/", "")}`;
}
