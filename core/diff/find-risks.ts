import { imageRisks } from "./risks/images.ts";
import { immutableFields } from "./risks/immutable-fields.ts";
import { exposure } from "./risks/exposure.ts";
import { fluxBehaviour } from "./risks/flux-behaviour.ts";
import { grants } from "./risks/grants.ts";
import { podPrivileges } from "./risks/pod-privileges.ts";
import { removal } from "./risks/removal.ts";
import { safeguards } from "./risks/safeguards.ts";
import { scaledDown } from "./risks/scaled-down.ts";
import { servedVersions } from "./risks/served-versions.ts";
import type { ObjectChange } from "./object-change.ts";
import type { Risk, RiskRule } from "./risk.ts";

const rules: Readonly<Record<string, RiskRule>> = {
  removal,
  "immutable-field": immutableFields,
  "served-version": servedVersions,
  "scaled-down": scaledDown,
  "pod-privilege": podPrivileges,
  grant: grants,
  exposure,
  safeguard: safeguards,
  "flux-behaviour": fluxBehaviour,
  image: imageRisks,
};

/** The rules' names. */
export const riskRules: readonly string[] = Object.keys(rules);

/** What to look at twice in a change, gravest first, otherwise in the order of the objects. */
export function findRisks(changes: readonly ObjectChange[]): readonly Risk[] {
  const risks = changes.flatMap((change) =>
    Object.entries(rules).flatMap(([rule, find]) =>
      find(change).map((finding) => ({ rule, identity: change.identity, ...finding })),
    ),
  );
  const rank = ({ severity }: Risk) => (severity === "high" ? 0 : 1);
  return risks.sort((a, b) => rank(a) - rank(b));
}
