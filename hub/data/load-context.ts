import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import type { EnvironmentSnapshot } from "../../core/environment-snapshot.ts";
import type { Extension } from "../../core/extension.ts";
import type { OwnershipIndex } from "../../core/render/ownership-index.ts";
import { connectorsOf } from "../view/connector-statuses.ts";
import { type CodeBetween, loadCodeBetween } from "./load-code-between.ts";
import { type Elsewhere, loadElsewhere, type Subject } from "./load-elsewhere.ts";
import { isOf } from "./load-environments.ts";
import { loadOrigins, type RenderedSides } from "./load-origins.ts";
import type { Comparison } from "./load-pull-request.ts";
import { loadSnapshots } from "./load-snapshots.ts";
import { loadTargetState, type TargetState } from "./load-target-state.ts";
import { loadValidation, type Validation } from "./load-validation.ts";
import { loadWanted, type Wanted } from "./load-wanted.ts";
import { createMemory, type Memory } from "./memory.ts";
import { type Read, reading } from "./read.ts";

/** What an approver wants to know beside the change itself. */
export type ReviewContext = {
  readonly elsewhere: Read<Elsewhere>;
  readonly code: Read<CodeBetween>;
  readonly target: Read<TargetState>;
  readonly validation: Read<Validation>;
  readonly origins: Read<RenderedSides>;
  /** Of clusters that take this repository and branch, whatever environment they are of. */
  readonly reports: Read<readonly EnvironmentSnapshot[]>;
  /** False: the reports of connectors could not be read, so whose statuses count is not known. */
  readonly reportsRead: boolean;
};

type Of = {
  readonly repo: RepositoryRef;
  readonly project: string;
  readonly id: number;
  readonly extension: Extension;
  /** What it goes into. */
  readonly into: {
    readonly repository: Pick<PullRequest["repository"], "id" | "name" | "project">;
    readonly branch: string;
  };
  /** Undefined for what no run of ours made. */
  readonly target: { readonly delivery: string; readonly environment: string } | undefined;
  readonly comparison: Comparison;
  /** Where the target branch is now, where it has moved since what is compared. */
  readonly head: string | undefined;
};

/** Each part by itself: what cannot be read of one is said there, and takes no other along. */
export async function loadContext(
  ado: AzureDevOps,
  of: Of,
  memory: Memory,
): Promise<ReviewContext> {
  const { repo, project, id, target, comparison } = of;
  const validation = reading(loadValidation(ado, { repo, project, id }));
  const snapshots = await reading(loadSnapshots(ado, of.extension));
  const reportsRead = "value" in snapshots;
  const given = { repo, comparison, memory, head: of.head ?? comparison.before };
  const subject = reading(
    subjectOf(ado, { ...given, target, snapshots: reportsRead ? snapshots.value : [] }),
  );
  const whole = async <T>(load: (one: Whole) => Promise<T>): Promise<Read<T>> => {
    const found = await subject;
    return "value" in found ? reading(load(found.value)) : found;
  };
  const look = createMemory();
  const [elsewhere, code, origins, state] = await Promise.all([
    whole((one) => loadElsewhere(ado, one, memory)),
    whole((one) => loadCodeBetween(ado, { project, before: one.before, after: one.index }, look)),
    whole(({ sides }) => loadOrigins(ado, { project, ...sides }, look)),
    // Without the reports nothing can be said of the clusters.
    reportsRead ? whole((one) => loadTargetState(ado, one, memory)) : snapshots,
  ]);
  const reports = reportsRead
    ? { value: snapshots.value.filter((one) => isInto(one, of.into)) }
    : snapshots;
  const rest = { origins, validation: await validation, reports, reportsRead };
  return { elsewhere, code, target: state, ...rest };
}

function isInto(snapshot: EnvironmentSnapshot, { repository, branch }: Of["into"]): boolean {
  const { id, name } = repository.project;
  const project = snapshot.repository.project.toLowerCase();
  const isHere = project === id.toLowerCase() || project === name.toLowerCase();
  return isHere && isOf(snapshot, repository) && snapshot.repository.branch === branch;
}

type Whole = Subject & {
  readonly before: OwnershipIndex | undefined;
  readonly sides: Omit<Parameters<typeof loadOrigins>[1], "project">;
};

type RenderedFolder = { readonly index: OwnershipIndex; readonly folder: string };

async function subjectOf(
  ado: AzureDevOps,
  of: Pick<Of, "repo" | "target" | "comparison"> & {
    readonly head: string;
    readonly memory: Memory;
    readonly snapshots: Subject["snapshots"];
  },
): Promise<Whole> {
  const { repo, comparison, head, memory, snapshots } = of;
  const { delivery, environment } = of.target ?? { delivery: "", environment: "" };
  const wanted = (commit: string) =>
    memory(
      ["wanted", repo.repository, commit],
      () => loadWanted(ado, { repo, commit }),
      ({ isRead }) => isRead,
    );
  const { before: from, after: to } = comparison;
  const [old, next, now] = await Promise.all([wanted(from), wanted(to), wanted(head)]);
  const sidesOf = ({ folders }: Wanted) =>
    folders
      .filter((one) => one.environment === environment)
      .flatMap(({ path, deliveries }) => deliveries.map((index) => ({ index, folder: path })))
      .filter(({ index }) => index.delivery === delivery);
  const [was, is] = [sidesOf(old), sidesOf(next)];
  const sameAs = (one: RenderedFolder) => was.find(({ folder }) => folder === one.folder);
  // Of several folders the one that the change is about.
  const isOther = (one: RenderedFolder) =>
    JSON.stringify(sameAs(one)?.index) !== JSON.stringify(one.index);
  const after = is.length > 1 ? (is.find(isOther) ?? is[0]) : is[0];
  const sides = { before: (after && sameAs(after)) ?? was[0], after };
  return {
    ...{ repo, head, delivery, environment, snapshots, folder: (after ?? sides.before)?.folder },
    ...{ index: sides.after?.index, before: sides.before?.index, folders: now.folders, sides },
    connectors: connectorsOf(snapshots),
  };
}
