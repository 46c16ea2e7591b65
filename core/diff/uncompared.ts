import type { Problem } from "../errors.ts";
import { identityKey } from "../manifests/identity.ts";
import type { ObjectChange } from "./object-change.ts";
import { objectName } from "../manifests/object-name.ts";
import type { Risk } from "./risk.ts";

/** The rule of risks that nobody can judge here: what they do was not compared. */
export const unknownEffect = "unknown-effect";

/** What is not compared since only a cluster or a chart could tell what it does. */
export function uncompared(
  risks: readonly Risk[],
  objects: readonly ObjectChange[],
): readonly Problem[] {
  const files = new Map(objects.map(({ identity, file }) => [identityKey(identity), file]));
  return risks
    .filter(({ rule }) => rule === unknownEffect)
    .map(({ identity, text }) => {
      const file = files.get(identityKey(identity));
      return {
        ...(file === undefined ? {} : { file }),
        message: `${objectName(identity)} ${text}`,
      };
    });
}
