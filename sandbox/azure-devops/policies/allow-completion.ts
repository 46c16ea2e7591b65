import type { CompletionOptions, PullRequest } from "../pull-requests/pull-request.ts";
import { evaluatePolicies } from "./evaluate.ts";
import { policiesFor } from "./matching.ts";
import { type Policies, type PolicySettings, policyTypeOf } from "./policy.ts";

/** Why policies do not let a pull request be completed; undefined when they do. */
export function blockedBy(
  organisation: Policies,
  pullRequest: PullRequest,
  options: CompletionOptions | undefined,
): string | undefined {
  if (options?.bypassPolicy) return undefined;
  const blocking = evaluatePolicies(organisation, pullRequest).find(
    ({ policy, status }) =>
      policy.isBlocking && status !== "approved" && status !== "notApplicable",
  );
  return blocking?.reason ?? refusedStrategy(organisation, pullRequest, options);
}

/**
 * Why auto-complete still waits: it waits for optional policies too, unless told to ignore them.
 */
export function autoCompleteWaitsFor(
  organisation: Policies,
  pullRequest: PullRequest,
): string | undefined {
  const { completionOptions: options } = pullRequest;
  const ignored = options?.autoCompleteIgnoreConfigIds ?? [];
  const optional = evaluatePolicies(organisation, pullRequest).find(
    ({ policy, status }) =>
      !policy.isBlocking &&
      status !== "approved" &&
      status !== "notApplicable" &&
      !ignored.includes(policy.id),
  );
  // Bypassing is for the one who completes by hand.
  const waiting = { ...options, bypassPolicy: false };
  return blockedBy(organisation, pullRequest, waiting) ?? optional?.reason;
}

function refusedStrategy(
  organisation: Policies,
  { repository, targetRef }: PullRequest,
  options: CompletionOptions | undefined,
): string | undefined {
  const strategy = options?.mergeStrategy ?? (options?.squashMerge ? "squash" : "noFastForward");
  const refusing = policiesFor(organisation, repository, targetRef).find(
    ({ typeId, isBlocking, settings }) =>
      isBlocking &&
      policyTypeOf(typeId) === "mergeStrategy" &&
      !allowedStrategies(settings).includes(strategy),
  );
  return refusing && `The merge strategy ${strategy} is not allowed for this branch.`;
}

// `useSquashMerge` is the older form of the policy: true means squash only.
function allowedStrategies(settings: PolicySettings): readonly string[] {
  const all = {
    allowNoFastForward: "noFastForward",
    allowSquash: "squash",
    allowRebase: "rebase",
    allowRebaseMerge: "rebaseMerge",
  };
  const allowed = Object.entries(all).filter(([name]) => settings[name] === true);
  if (allowed.length > 0) return allowed.map(([, strategy]) => strategy);
  return settings["useSquashMerge"] === true ? ["squash"] : Object.values(all);
}
