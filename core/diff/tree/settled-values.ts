import { identityOf } from "../../manifests/identity.ts";
import { objectName } from "../../manifests/object-name.ts";
import type { Risk } from "../risk.ts";
import { unknownEffect } from "../uncompared.ts";
import type { Answered, BuiltPart } from "./built-part.ts";

/**
 * Whether builds have told what a risk says is not known: a ConfigMap gives values to a Flux
 * Kustomization that was built with them on both sides.
 */
export function isSettledBy(built: readonly BuiltPart[]): (risk: Risk) => boolean {
  return ({ rule, identity: { kind, name }, text }) =>
    rule === unknownEffect &&
    built.some(({ before, after }) =>
      [before, after].every(
        (side) =>
          side !== undefined &&
          takes(side, `${kind}/${name}`) &&
          text.startsWith(`gives values to ${nameOf(side)}:`),
      ),
    );
}

function takes({ part, build }: Answered, giver: string): boolean {
  return build.kind === "built" && Object.hasOwn(part.ask.variables ?? {}, giver);
}

function nameOf({ part: { ask } }: Answered): string {
  return "kustomization" in ask ? objectName(identityOf(ask.kustomization)) : "";
}
