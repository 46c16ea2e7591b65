// Rule 3 of design.md 4.4: the carrier belongs to the run, and says for which environment.
import type { Build } from "../azure-devops/types.ts";
import { parseRunUrl } from "../azure-devops/urls.ts";
import { isBuildIdentity } from "./build-identity.ts";
import type { LetterFacts } from "./letter-facts.ts";
import { matchesPipeline } from "./pipeline-match.ts";

export type LetterEnvironment =
  | { readonly name: string }
  | { readonly refused: string; readonly kind: "carrier" | "environment" };

/**
 * The environment that the carrier is for, where the carrier belongs to the run: said by the commit,
 * or by the configuration, never by the letter.
 */
export function letterEnvironment(facts: LetterFacts, build: Build): LetterEnvironment {
  const { carrier, letter, runHeads } = facts;
  if (runHeads.length > 0 && !runHeads.includes(carrier.commit)) {
    const refused = "the run has a branch or pull request of its own, and this is not its head";
    return { kind: "carrier", refused };
  }
  const ownCommit = isOwnCommit(facts, build);
  if (carrier.trailers !== undefined && !(ownCommit && isOfAnotherRun(facts, build))) {
    return environmentOfTrailers(facts, build);
  }
  const entries = facts.allowed.filter(({ definitions }) =>
    definitions?.some((one) => matchesPipeline(one, build)),
  );
  if (!ownCommit && !(entries.length > 0 && isPushOf(facts, build))) {
    return { kind: "carrier", refused: "the commit does not say that it belongs to this run" };
  }
  const known =
    entries.length > 0 ? entries : facts.allowed.filter(({ definitions }) => !definitions);
  const [only] = known;
  if (only === undefined || known.length > 1) {
    const names = known.map(({ environment }) => environment).join(", ");
    const refused = `the configuration does not name one environment of its pipeline (${names})`;
    return { kind: "environment", refused };
  }
  return only.environment === letter.environment
    ? { name: only.environment }
    : { kind: "environment", refused: `its pipeline is configured for ${only.environment}` };
}

function environmentOfTrailers({ carrier, letter }: LetterFacts, build: Build): LetterEnvironment {
  const { run = "", delivery, environment } = carrier.trailers ?? {};
  if (parseRunUrl(run)?.build !== build.id) {
    return { kind: "carrier", refused: `the commit belongs to another run (${run})` };
  }
  if (delivery !== letter.delivery || environment !== letter.environment) {
    const refused = `the commit is for ${delivery}/${environment}`;
    return { kind: "carrier", refused };
  }
  return { name: environment };
}

function isPushOf(facts: LetterFacts, build: Build): boolean {
  const { pushedAt, pushedBy } = facts.carrier;
  const later = Date.parse(pushedAt ?? "") >= Date.parse(build.startTime ?? "");
  const { host, collectionBuildIdentity: collection } = facts;
  const ids = [build.project.id, ...(collection ? [collection] : [])];
  return isBuildIdentity(pushedBy, { host, ids }) && later;
}

function isOwnCommit({ manifestsRepository, carrier }: LetterFacts, build: Build): boolean {
  return build.repository?.id === manifestsRepository.id && build.sourceVersion === carrier.commit;
}

// A pipeline that starts at the merge stands on what another run made.
function isOfAnotherRun({ manifestsRepository, carrier }: LetterFacts, build: Build): boolean {
  const onTarget = build.sourceBranch === `refs/heads/${manifestsRepository.branch}`;
  return onTarget && parseRunUrl(carrier.trailers?.run ?? "")?.build !== build.id;
}
