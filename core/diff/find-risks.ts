import { changesOfPods } from "./pods-within.ts";
import { imageRisks } from "./risks/images.ts";
import { immutableFields } from "./risks/immutable-fields.ts";
import { deadEnds } from "./risks/dead-ends.ts";
import { clusterWide } from "./risks/cluster-wide.ts";
import { endsOfJobs } from "./risks/ends-of-jobs.ts";
import { entranceRoutes } from "./risks/entrance-routes.ts";
import { operatedVersions } from "./risks/operated-versions.ts";
import { fewerParts, openedParts } from "./risks/operated-parts.ts";
import { operatorsData } from "./risks/operators-data.ts";
import { outsideSources } from "./risks/outside-sources.ts";
import { lostMounts } from "./risks/lost-mounts.ts";
import { lessRoom, lostCompanions } from "./risks/pod-surroundings.ts";
import { scalingTerms } from "./risks/scaling-terms.ts";
import { probesOfNoPort } from "./risks/target-ports.ts";
import { trafficShares } from "./risks/traffic-shares.ts";
import { dataLoss } from "./risks/data-loss.ts";
import { guardedEntrances } from "./risks/guarded-entrances.ts";
import { held } from "./risks/held.ts";
import { hardening } from "./risks/hardening.ts";
import { hiddenText } from "./risks/hidden-text.ts";
import { renamedSecrets } from "./risks/made-secrets.ts";
import { missingKeys } from "./risks/missing-keys.ts";
import { missingReferences } from "./risks/missing-references.ts";
import { networkPolicy } from "./risks/network-policy.ts";
import { refusedValues } from "./risks/refused-values.ts";
import { rollout } from "./risks/rollout.ts";
import { secretInClear } from "./risks/secret-in-clear.ts";
import { selection } from "./risks/selection.ts";
import { waitingCircles } from "./risks/waiting-circles.ts";
import { webhooks } from "./risks/webhooks.ts";
import { exposure } from "./risks/exposure.ts";
import { fluxBehaviour } from "./risks/flux-behaviour.ts";
import { fluxSources } from "./risks/flux-sources.ts";
import { grants } from "./risks/grants.ts";
import { otherRights } from "./risks/other-rights.ts";
import { podAdmission } from "./risks/pod-admission.ts";
import { podPrivileges } from "./risks/pod-privileges.ts";
import { removal } from "./risks/removal.ts";
import { widerConstraints } from "./risks/security-contexts.ts";
import { newActions } from "./risks/route-actions.ts";
import { lostMatches } from "./risks/route-matches.ts";
import { safeguards } from "./risks/safeguards.ts";
import { safetyNets } from "./risks/safety-nets.ts";
import { scaledDown } from "./risks/scaled-down.ts";
import { stepByStep } from "./risks/step-by-step.ts";
import { servedVersions } from "./risks/served-versions.ts";
import { unknownEffects } from "./risks/unknown-effects.ts";
import type { ObjectChange } from "./object-change.ts";
import { withoutNulls } from "./without-nulls.ts";
import { type Finding, high, medium, type Risk, type RiskRule, type Surroundings } from "./risk.ts";

const rules: Readonly<Record<string, RiskRule>> = {
  removal,
  "immutable-field": immutableFields,
  "served-version": servedVersions,
  "refused-value": refusedValues,
  "data-loss": (change) => [...dataLoss(change), ...operatorsData(change)],
  "scaled-down": (change, beside) => [
    ...scaledDown(change, beside),
    ...held(change),
    ...fewerParts(change),
    ...scalingTerms(change).map(medium),
  ],
  "pod-privilege": (change) => [...podPrivileges(change), ...widerConstraints(change)],
  hardening,
  grant: (change) => [...grants(change), ...otherRights(change)],
  webhook: webhooks,
  exposure: (change, beside) => [
    ...exposure(change, beside),
    ...guardedEntrances(change),
    ...[
      ...entranceRoutes(change),
      ...lostMatches(change),
      ...newActions(change),
      ...openedParts(change),
    ].map(medium),
  ],
  "network-policy": networkPolicy,
  selection: (change, beside) => [...selection(change, beside), ...deadEnds(change, beside)],
  "missing-key": (change, beside) => [
    ...missingKeys(change, beside),
    ...missingReferences(change, beside),
    ...renamedSecrets(change, beside),
    ...outsideSources(change).map(medium),
  ],
  rollout: (change, beside) => [
    ...rollout(change, beside),
    ...podAdmission(change, beside),
    ...stepByStep(change),
    ...[...lessRoom(change), ...trafficShares(change), ...clusterWide(change)].map(medium),
    ...probesOfNoPort(change.before, change.after).map(high),
    ...endsOfJobs(change).map(medium),
  ],
  safeguard: (change) => [
    ...safeguards(change),
    ...safetyNets(change),
    ...lostCompanions(change).map(medium),
  ],
  "flux-behaviour": (change, beside) => [
    ...fluxBehaviour(change),
    ...fluxSources(change),
    ...waitingCircles(change, beside),
  ],
  image: (change) => [...imageRisks(change), ...operatedVersions(change).map(medium)],
  "secret-in-clear": secretInClear,
  "hidden-text": hiddenText,
  "unknown-effect": unknownEffects,
};

/** Those that look at a pod, wherever a custom resource describes it. */
const rulesOfPods: Readonly<Record<string, (change: ObjectChange) => readonly Finding[]>> = {
  "data-loss": lostMounts,
  "pod-privilege": podPrivileges,
  hardening,
  grant: otherRights,
  rollout: (pod) => [...stepByStep(pod), ...lessRoom(pod).map(medium)],
  safeguard: (pod) => [...safeguards(pod), ...lostCompanions(pod).map(medium)],
};

/** The rules' names. */
export const riskRules: readonly string[] = Object.keys(rules);

/**
 * What to look at twice in a change, gravest first, otherwise in the order of the objects.
 * `beside`: everything that is applied together; without it only what changes is known.
 */
export function findRisks(
  changes: readonly ObjectChange[],
  beside: Surroundings = { before: [], after: [], isWhole: false },
): readonly Risk[] {
  const risks = changes.map(taken).flatMap((change) => {
    // What stays in the cluster takes nothing from anybody.
    const asked = change.kept === undefined ? rules : { removal };
    const pods = change.kept === undefined ? changesOfPods(change) : [];
    return Object.entries(asked).flatMap(([rule, find]) => {
      const ofPods = pods.flatMap((pod) => rulesOfPods[rule]?.(pod) ?? []);
      return withoutTwins([...find(change, beside), ...ofPods]).map((finding) => {
        return { rule, identity: change.identity, ...finding };
      });
    });
  });
  return gravestFirst(risks);
}

function taken({ before, after, ...change }: ObjectChange): ObjectChange {
  return {
    ...change,
    ...(before && { before: withoutNulls(before) }),
    ...(after && { after: withoutNulls(after) }),
  };
}

function withoutTwins(findings: readonly Finding[]): readonly Finding[] {
  // Most rules find nothing in most changes.
  if (findings.length < 2) return findings;
  return [...new Map(findings.map((one) => [one.text, one])).values()];
}

/** Risks by severity, otherwise in the order given. */
export function gravestFirst(risks: readonly Risk[]): readonly Risk[] {
  const rank = ({ severity }: Risk) => (severity === "high" ? 0 : 1);
  return [...risks].sort((a, b) => rank(a) - rank(b));
}
