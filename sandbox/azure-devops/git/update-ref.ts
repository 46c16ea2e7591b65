import { zeros } from "../events.ts";
import { protectingPolicies } from "../policies/matching.ts";
import { hasRight, lacks } from "../rights.ts";
import type { Identity } from "../identity.ts";
import type { GitState } from "./git-state.ts";
import type { Policies } from "../policies/policy.ts";
import type { Repository } from "../repository.ts";
import { askWhetherAncestor } from "./objects.ts";
import { readRef } from "./read-ref.ts";
import { GitFailure, runGit } from "./run-git.ts";

export type RefChange = {
  readonly ref: string;
  readonly oldId: string;
  readonly newId: string;
  readonly by: Identity;
};

/** Why the service refuses a ref update, in its own words (`updateStatus` of the REST answer). */
export type RefRefusal = {
  readonly updateStatus:
    | "staleOldObjectId"
    | "forcePushRequired"
    | "rejectedByPolicy"
    | "createBranchPermissionRequired"
    | "createTagPermissionRequired"
    | "writePermissionRequired"
    | "locked"
    | "refNameConflict"
    | "unresolvableToCommit"
    | "invalidRefName";
  readonly message: string;
};

/** Checks a ref update as the service would; undefined means that it may happen. */
export async function refuseRefChange(
  organisation: Policies,
  repository: Repository,
  change: RefChange,
): Promise<RefRefusal | undefined> {
  const { ref, oldId, newId, by } = change;
  if (!/^refs\/(heads|tags)\/[^\s~^:?*[\\]+$/.test(ref) || /\.\.|\/\/|\/$|\.lock$/.test(ref)) {
    return { updateStatus: "invalidRefName", message: `${ref} is not a valid ref name` };
  }
  const denied = deniedRight(repository, change);
  if (denied) return denied;
  if ((await readCurrentId(repository, ref)) !== oldId) return stale(ref);
  const locker = repository.locks.get(ref);
  if (locker && locker !== by) {
    // The service's wording is not public: UNVERIFIED.
    return { updateStatus: "locked", message: `The branch '${ref}' is locked by its owner.` };
  }
  if (
    protectingPolicies(organisation, repository, ref).length > 0 &&
    !hasRight(by, "PolicyExempt", { repository, ref })
  ) {
    return {
      updateStatus: "rejectedByPolicy",
      message:
        "TF402455: Pushes to this branch are not permitted; you must use a pull request to update this branch.",
    };
  }
  const rewinds =
    oldId !== zeros &&
    (newId === zeros || !(await askWhetherAncestor(repository.directory, oldId, newId)));
  if (rewinds && !hasRight(by, "ForcePush", { repository, ref })) {
    return {
      updateStatus: "forcePushRequired",
      message: "The user does not have force push permissions",
    };
  }
  return undefined;
}

// Who may not contribute at all is told so, whatever else is missing.
function deniedRight(
  repository: Repository,
  { ref, oldId, by }: RefChange,
): RefRefusal | undefined {
  const updateStatus =
    oldId !== zeros
      ? "writePermissionRequired"
      : ref.startsWith("refs/tags/")
        ? "createTagPermissionRequired"
        : "createBranchPermissionRequired";
  const needed = {
    writePermissionRequired: "GenericContribute",
    createTagPermissionRequired: "CreateTag",
    createBranchPermissionRequired: "CreateBranch",
  } as const;
  for (const right of ["GenericContribute", needed[updateStatus]] as const) {
    if (hasRight(by, right, { repository, ref })) continue;
    const scope = right === "GenericContribute" ? "repository" : "branch";
    return { updateStatus, message: lacks(by, right, scope).message };
  }
  return undefined;
}

function stale(ref: string): RefRefusal {
  return {
    updateStatus: "staleOldObjectId",
    message: `TF401028: The reference '${ref}' has already been updated by another client, so you cannot update it. Please try again.`,
  };
}

/** As {@link moveRef}; refused where another client was faster since that was asked. */
export async function tryMoveRef(
  organisation: GitState,
  repository: Repository,
  change: RefChange,
): Promise<RefRefusal | undefined> {
  try {
    await moveRef(organisation, repository, change);
    return undefined;
  } catch (error) {
    const now = await readCurrentId(repository, change.ref);
    if (!(error instanceof GitFailure) || now === change.oldId) throw error;
    return stale(change.ref);
  }
}

/** Moves the ref and tells it; the caller has asked {@link refuseRefChange}. */
export async function moveRef(
  organisation: GitState,
  repository: Repository,
  change: RefChange,
): Promise<void> {
  const { ref, oldId, newId } = change;
  const args = newId === zeros ? ["-d", ref, oldId] : [ref, newId, oldId];
  await runGit(repository.directory, ["update-ref", ...args]);
  await announceRefs(organisation, repository, [change]);
}

/** Records one push and publishes its events, for refs that git itself moved. */
export async function announceRefs(
  organisation: GitState,
  repository: Repository,
  changes: readonly RefChange[],
): Promise<void> {
  const [first] = changes;
  if (!first) return;
  const push = {
    pushId: (organisation.counters.nextPush += 1),
    by: first.by,
    date: organisation.clock.now().toISOString(),
    refUpdates: changes.map(({ ref, oldId, newId }) => ({ ref, oldId, newId })),
  };
  repository.pushLog.push(push);
  for (const { ref, oldId, newId, by } of changes) {
    if (newId === zeros) {
      repository.creators.delete(ref);
      repository.locks.delete(ref);
      continue;
    }
    if (oldId === zeros) await greetRef(repository, { ref, by });
    const since = oldId === zeros ? ["--not", `--exclude=${ref}`, "--all"] : [`^${oldId}`];
    const args = ["rev-list", newId, ...since];
    const brought = await runGit(repository.directory, args).catch(() => "");
    for (const commit of [newId, ...brought.split("\n").filter(Boolean)]) {
      if (!repository.pushes.has(commit)) repository.pushes.set(commit, push);
    }
  }
  for (const { ref, oldId, newId, by } of changes) {
    organisation.events.emit("refUpdated", { repository, ref, oldId, newId, by });
  }
}

// The first branch of an empty repository becomes its default branch.
async function greetRef(
  repository: Repository,
  { ref, by }: { readonly ref: string; readonly by: Identity },
): Promise<void> {
  repository.creators.set(ref, by);
  if (!ref.startsWith("refs/heads/")) return;
  if ((await readRef(repository.directory, repository.defaultBranch)) !== undefined) return;
  repository.defaultBranch = ref;
  await runGit(repository.directory, ["symbolic-ref", "HEAD", ref]);
}

export async function readCurrentId(repository: Repository, ref: string): Promise<string> {
  return (await readRef(repository.directory, ref)) ?? zeros;
}
