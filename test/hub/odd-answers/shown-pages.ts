// What each page of the hub has to say, without a browser: its own loading and its own views, put
// together as its components do. A part that ends in an error is what its error card says.
import type { AzureDevOps } from "../../../clients/azure-devops/connection.ts";
import { readRollback } from "../../../clients/azure-devops/read-rollback.ts";
import { compareCommits } from "../../../hub/data/compare-commits.ts";
import { compareFolders } from "../../../hub/data/compare-folders.ts";
import { loadAwaiting } from "../../../hub/data/load-awaiting.ts";
import { loadContext } from "../../../hub/data/load-context.ts";
import { loadEnvironments } from "../../../hub/data/load-environments.ts";
import { loadHistory } from "../../../hub/data/load-history.ts";
import { loadManifestList } from "../../../hub/data/load-manifests.ts";
import { loadPolicies, loadTargetBranch } from "../../../hub/data/load-policies.ts";
import { loadPullRequest, type PullRequestFacts } from "../../../hub/data/load-pull-request.ts";
import { loadRights } from "../../../hub/data/load-rights.ts";
import { loadApprovals, loadRunChecks } from "../../../hub/data/load-run-checks.ts";
import { loadSettings } from "../../../hub/data/load-settings.ts";
import { loadSnapshots } from "../../../hub/data/load-snapshots.ts";
import { loadTrace } from "../../../hub/data/load-trace.ts";
import type { Memory } from "../../../hub/data/memory.ts";
import { reading, valueOf } from "../../../hub/data/read.ts";
import { approvalView } from "../../../hub/view/approval-view.ts";
import { awaitingItem, awaitingText } from "../../../hub/view/awaiting-view.ts";
import { seenChanges } from "../../../hub/view/changes-view.ts";
import { connectorsOf } from "../../../hub/view/connector-statuses.ts";
import { contextView } from "../../../hub/view/context/context-view.ts";
import { decisionView } from "../../../hub/view/decision-view.ts";
import { deploymentView } from "../../../hub/view/deployment-view.ts";
import { environmentView } from "../../../hub/view/environment-view.ts";
import { historyRows } from "../../../hub/view/history-view.ts";
import { lastGoodView } from "../../../hub/view/last-good-view.ts";
import { matrixView } from "../../../hub/view/matrix-view.ts";
import { plainError } from "../../../hub/view/plain-error.ts";
import { traceQuery } from "../../../hub/view/trace-query.ts";
import { traceView } from "../../../hub/view/trace-view.ts";
import { unreadOf } from "../../../hub/view/unread.ts";
import { movedView } from "../../../hub/view/target-move.ts";
import { waitView } from "../../../hub/view/wait-view.ts";
import type { ShopInMotion } from "./shop-in-motion.ts";

const extension = { publisher: "fluxgate", name: "fluxgate" };
const part = { delivery: "shop", app: "api" };

/** A look at a page; what it says is anywhere in the answer. @throws what the whole page ends with */
export type ShownPage = (ado: AzureDevOps, memory: Memory) => Promise<unknown>;

export function shownPages(
  { world, first, merged, waiting }: ShopInMotion,
  { project, now }: { readonly project: string; readonly now: number },
): Readonly<Record<string, ShownPage>> {
  const { organisationUrl } = world.sandbox;
  const here = { organisationUrl, extension, now };
  const repo = { project, repository: "shop-manifests" };
  const review =
    (id: number): ShownPage =>
    async (ado, memory) =>
      shownReview(ado, await loadPullRequest(ado, { repo, id, extension }), memory);
  return {
    "the review": review(waiting.id),
    "the review of a merged one": review(merged.id),
    "the tab of a run": async (ado, memory) => {
      const reports = await reading(loadSnapshots(ado, extension));
      const connectors = connectorsOf(valueOf(reports) ?? []);
      const query = { kind: "run", build: waiting.build } as const;
      const [trace, checks] = await Promise.all([
        reading(loadTrace(ado, { project, others: [], query, connectors }, memory)),
        loadRunChecks(ado, { project, build: waiting.build }),
      ]);
      return {
        trace: shownTrace(valueOf(trace)?.journeys, valueOf(reports)),
        approvals: approvals(checks.approvals),
        unread: [checks.unread, unreadOf("The rest", trace), unreadOf("Reports", reports)],
        others: checks.others,
      };
    },
    "awaits review": async (ado) => {
      const [found, some] = await Promise.all([
        loadAwaiting(ado, { project, extension }),
        partOf(loadApprovals(ado, { project }).then(approvals)),
      ]);
      const rows = await Promise.all(
        found.open.map(async (facts) => {
          const compared = await shownChanges(ado, facts);
          const { view } = "value" in compared ? compared.value : { view: undefined };
          const server = { value: { isKnown: true } };
          const seen = view && { view, digest: "x", before: "", after: "", server };
          return awaitingItem(facts, { key: "", compared: (seen ?? compared) as never }, here);
        }),
      );
      return { text: awaitingText(found), problems: found.problems, rows, some };
    },
    "the environments": async (ado, memory) => {
      const facts = await environments(ado, memory, undefined);
      const shown = ["dev", "staging", "prod"];
      const filter = { text: "", health: "all", sort: "name", shown };
      const { rows, columns, stale } = matrixView(facts, filter, here);
      return { rows, columns, stale, problems: facts.problems };
    },
    "an environment": async (ado, memory) => {
      const facts = await environments(ado, memory, "staging");
      const of = { environment: "staging" };
      return {
        view: environmentView(facts, of, here),
        good: lastGoodView(facts, { ...of, part: undefined, now }),
        problems: facts.problems,
      };
    },
    "the manifests of an app": (ado) =>
      partOf(loadManifestList(ado, { project, environment: "prod", part })),
    "a trace": async (ado, memory) => {
      const query = traceQuery(`!${merged.id}`);
      const reports = await reading(loadSnapshots(ado, extension));
      const connectors = connectorsOf(valueOf(reports) ?? []);
      const { journeys } = await loadTrace(ado, { project, others: [], query, connectors }, memory);
      return shownTrace(journeys, valueOf(reports));
    },
    "the trace of an image": async (ado, memory) => {
      const query = traceQuery("api:1.6.0");
      return (
        await loadTrace(ado, { project, others: [], query, connectors: new Set() }, memory)
      ).journeys.map(({ pullRequest }) => `!${pullRequest.pullRequestId} has it`);
    },
    "two environments side by side": async (ado) => {
      const commit = await world.headOfMain();
      const at = (path: string) => ({ repo, commit, path });
      const of = { left: at("staging"), right: at("prod") };
      const { analysis, rules } = await compareFolders(ado, of);
      return { view: seenChanges(analysis, rules.noise).view, rules: rules.expected.problems };
    },
    "a history": async (ado) => {
      const at = { repo, commit: await world.headOfMain(), path: "staging" };
      const { commits, merged: pulls } = await loadHistory(ado, {
        ...{ at, page: 0, connectors: new Set() },
      });
      const facts = { repositories: [], reportsRead: true };
      const given = {
        facts,
        environment: "staging",
        merged: valueOf(pulls) ?? new Map(),
        at,
        here,
      };
      return { rows: historyRows(commits, given), who: unreadOf("Who approved what", pulls) };
    },
    "a way back": async (ado) => {
      const of = { repo, targetBranch: "main", path: "staging", to: first };
      const target = { ...of, delivery: "shop", environment: "staging" };
      const { plan, health, warnings, deletes, writes } = await readRollback(ado, target);
      const paths = writes.map(({ path }) => path);
      return { plan, health, warnings, deletes, paths };
    },
    "the settings": async (ado) => {
      const { repositories, problems } = await loadSettings(ado, { project, extension });
      return { problems, rules: repositories.map(({ rules }) => rules) };
    },
  };

  function environments(ado: AzureDevOps, memory: Memory, near: string | undefined) {
    const shown = (known: readonly string[]) => known;
    return loadEnvironments(ado, { project, extension, shown, near }, memory);
  }

  function approvals(found: Awaited<ReturnType<typeof loadApprovals>>) {
    const at = { organisationUrl, me: { id: "" }, now };
    return found.map((one) => ({ ...approvalView(one, at), source: undefined }));
  }

  function shownTrace(
    journeys: Awaited<ReturnType<typeof loadTrace>>["journeys"] | undefined,
    snapshots: Awaited<ReturnType<typeof loadSnapshots>> | undefined,
  ) {
    const at = { snapshots: snapshots ?? [], reportsRead: snapshots !== undefined };
    return journeys?.map((one) => traceView(one, { ...at, organisationUrl, now }));
  }

  async function shownReview(ado: AzureDevOps, facts: PullRequestFacts, memory: Memory) {
    const { pullRequest, target, comparison } = facts;
    const head = undefined;
    const { pullRequestId: id } = pullRequest;
    const isOpen = pullRequest.status === "active";
    const into = { repository: pullRequest.repository, branch: "main" };
    const of = { repo, project, id, extension, into };
    const [rights, policies, branch, changes, checks, known] = await Promise.all([
      loadRights(ado, pullRequest),
      loadPolicies(ado, pullRequest),
      loadTargetBranch(ado, pullRequest),
      shownChanges(ado, facts),
      isOpen && facts.build !== undefined
        ? loadRunChecks(ado, { project, build: facts.build.id })
        : undefined,
      isOpen && comparison !== undefined
        ? loadContext(ado, { ...of, target, comparison, head }, memory)
        : undefined,
    ]);
    const digest = "value" in changes ? "x" : undefined;
    return {
      decision: decisionView({ ...facts, rights, policies, branch, digest }, now),
      moved: movedView(facts, undefined),
      wait: waitView(facts, here),
      deployment: deploymentView(facts),
      unread: [facts.unread, checks?.unread],
      approvals: approvals(checks?.approvals ?? []),
      context: contextView(known, {
        ...{ environment: target?.environment, organisationUrl, now, odd: [] },
        outcome: "value" in changes ? changes.value.view.outcome : undefined,
      }),
      changes,
    };
  }
}

async function shownChanges(ado: AzureDevOps, { comparison, uncompared }: PullRequestFacts) {
  const repo = { project: "shop", repository: "shop-manifests" };
  return partOf(
    (async () => {
      if (comparison === undefined) throw new Error(plainError(uncompared));
      const { analysis, noise } = await compareCommits(ado, { repo, ...comparison });
      return { view: seenChanges(analysis, noise).view };
    })(),
  );
}

async function partOf<T>(promise: Promise<T>) {
  const read = await reading(promise);
  return "value" in read ? read : { error: plainError(read.error) };
}
