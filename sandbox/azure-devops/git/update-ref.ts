import { zeros } from "../events.ts";
import type { Identity, Organisation, Repository } from "../state.ts";
import { isAncestor } from "./objects.ts";
import { git } from "./run-git.ts";

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
    | "invalidRefName";
  readonly message: string;
};

/** Checks a ref update as the service would; undefined means that it may happen. */
export async function refuseRefChange(
  repository: Repository,
  change: RefChange,
): Promise<RefRefusal | undefined> {
  const { ref, oldId, newId, by } = change;
  if (!/^refs\/(heads|tags)\/[^\s~^:?*[\\]+$/.test(ref) || ref.includes("..")) {
    return { updateStatus: "invalidRefName", message: `${ref} is not a valid ref name` };
  }
  if (!by.rights.has("GenericContribute")) {
    return {
      updateStatus: "createBranchPermissionRequired",
      message: `TF401027: You need the Git 'GenericContribute' permission to perform this action. Details: identity '${by.uniqueName}', scope 'repository'.`,
    };
  }
  const current = await currentId(repository, ref);
  if (current !== oldId) {
    return {
      updateStatus: "staleOldObjectId",
      message: `TF401028: The reference '${ref}' has already been updated by another client, so you cannot update it. Please try again.`,
    };
  }
  if (repository.protectedBranches.has(ref) && !by.rights.has("PolicyExempt")) {
    return {
      updateStatus: "rejectedByPolicy",
      message:
        "TF402455: Pushes to this branch are not permitted; you must use a pull request to update this branch.",
    };
  }
  const rewinds =
    oldId !== zeros && newId !== zeros && !(await isAncestor(repository.directory, oldId, newId));
  if (rewinds && !by.rights.has("ForcePush")) {
    return {
      updateStatus: "forcePushRequired",
      message: "The user does not have force push permissions",
    };
  }
  return undefined;
}

/** Moves the ref and tells it; the caller has asked {@link refuseRefChange}. */
export async function moveRef(
  organisation: Organisation,
  repository: Repository,
  change: RefChange,
): Promise<void> {
  const { ref, oldId, newId } = change;
  const args = newId === zeros ? ["-d", ref, oldId] : [ref, newId, oldId];
  await git(repository.directory, ["update-ref", ...args]);
  await announceRef(organisation, repository, change);
}

/** Records the push and publishes the event, for refs that git itself moved. */
export async function announceRef(
  organisation: Organisation,
  repository: Repository,
  { ref, oldId, newId, by }: RefChange,
): Promise<void> {
  if (newId !== zeros) {
    const range = oldId === zeros ? [newId, "--not", "--all"] : [newId, `^${oldId}`];
    const brought = await git(repository.directory, ["rev-list", ...range]).catch(() => "");
    const push = {
      pushId: (organisation.counters.nextPush += 1),
      by,
      date: organisation.clock.now().toISOString(),
    };
    for (const commit of [newId, ...brought.split("\n").filter(Boolean)]) {
      if (!repository.pushes.has(commit)) repository.pushes.set(commit, push);
    }
  }
  organisation.events.emit("refUpdated", { repository, ref, oldId, newId, by });
}

export async function currentId(repository: Repository, ref: string): Promise<string> {
  const found = await git(repository.directory, ["rev-parse", "--verify", "--quiet", ref]).catch(
    () => "",
  );
  return found.trim() || zeros;
}
