import { ApiError, refusals } from "../api-error.ts";
import type { Identity } from "../identity.ts";
import type { Host } from "../host.ts";
import type { Project } from "../project.ts";
import {
  type Policies,
  type PolicyConfiguration,
  type PolicyScope,
  policyTypeOf,
} from "./policy.ts";
import { textGiven } from "../text-given.ts";

export type PolicyRequest = {
  readonly by: Identity;
  readonly typeId: string;
  readonly isEnabled: boolean;
  readonly isBlocking: boolean;
  readonly settings: unknown;
};

/** @throws ApiError for a type that the sandbox does not have, or settings without a scope. */
export function addPolicy(
  organisation: Host & Policies,
  project: Project,
  request: PolicyRequest,
): PolicyConfiguration {
  const policy = {
    ...configured(organisation, request),
    id: (organisation.counters.nextPolicy += 1),
    project,
    revision: 1,
    earlier: [],
  };
  organisation.policies.push(policy);
  return policy;
}

/** Replaces a configuration by its next revision. */
export function changePolicy(
  organisation: Host & Policies,
  old: PolicyConfiguration,
  request: PolicyRequest & { readonly isDeleted?: boolean },
): PolicyConfiguration {
  const policy = {
    ...configured(organisation, request),
    isDeleted: request.isDeleted ?? false,
    id: old.id,
    project: old.project,
    revision: old.revision + 1,
    earlier: [...old.earlier, old],
  };
  organisation.policies.splice(organisation.policies.indexOf(old), 1, policy);
  return policy;
}

function configured(organisation: Host & Policies, request: PolicyRequest) {
  const { by, typeId, isEnabled, isBlocking } = request;
  if (typeId === "") throw refusals.argument("Value cannot be null.\r\nParameter name: type");
  if (policyTypeOf(typeId) === undefined) {
    throw new ApiError(
      501,
      "SandboxNotImplemented",
      `The sandbox has no policy of type ${typeId}. Add it under sandbox/azure-devops/policies.`,
    );
  }
  return {
    typeId: typeId.toLowerCase(),
    createdBy: by,
    createdDate: organisation.clock.now().toISOString(),
    isEnabled,
    isBlocking,
    isDeleted: false,
    settings: readSettings(typeId, request.settings),
  };
}

const matchKinds = ["Exact", "Prefix", "DefaultBranch"] as const;

function readSettings(typeId: string, given: unknown) {
  const settings = (given ?? {}) as Readonly<Record<string, unknown>>;
  const scopes = settings["scope"];
  if (!Array.isArray(scopes) || scopes.length === 0 || scopes.includes(null)) {
    throw new ApiError(
      400,
      "PolicyTypeCannotBeUsedException",
      "TF402461: The policy settings need a scope.",
    );
  }
  const scope = (scopes as readonly Readonly<Record<string, string | null>>[]).map(
    ({ refName, matchKind, repositoryId }): PolicyScope => ({
      ...(refName === undefined ? {} : { refName }),
      matchKind:
        matchKinds.find(
          (kind) => kind.toLowerCase() === textGiven(matchKind, "matchKind")?.toLowerCase(),
        ) ?? "Exact",
      ...(repositoryId === undefined ? {} : { repositoryId }),
    }),
  );
  // The merge strategy is kept without what is false, as recorded.
  const kept = Object.entries(settings).filter(
    ([name, value]) =>
      name !== "scope" && (policyTypeOf(typeId) !== "mergeStrategy" || value !== false),
  );
  const defaults = policyTypeOf(typeId) === "minimumReviewers" ? reviewerDefaults : {};
  return { ...defaults, ...Object.fromEntries(kept), scope };
}

// What the service fills in.
const reviewerDefaults = {
  minimumApproverCount: 1,
  creatorVoteCounts: false,
  allowDownvotes: false,
  resetOnSourcePush: false,
  requireVoteOnLastIteration: false,
  resetRejectionsOnSourcePush: false,
  blockLastPusherVote: false,
  requireVoteOnEachIteration: false,
};
