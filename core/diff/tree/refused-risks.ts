import { identityOf } from "../../manifests/identity.ts";
import { problemText } from "../../errors.ts";
import type { Risk } from "../risk.ts";
import type { Answered, BuiltPart } from "./built-part.ts";
import type { ReadPart, Refused as RefusedPart } from "./read-parts.ts";
import type { Root } from "./roots.ts";
import { kustomizationAt } from "./transform-risks.ts";

type Refused = Omit<RefusedPart, "paths">;

/** What follows from a build that Flux refuses, or refused and takes again. */
export function refusedRisks(
  { flux }: Root,
  of: { readonly read: readonly ReadPart[]; readonly built: readonly BuiltPart[] },
): readonly Risk[] {
  const refused = [
    ...of.read.flatMap((one) => one.refused ?? []),
    ...of.built.flatMap(refusedBuild),
  ];
  return refused.map((one): Risk => {
    const object = flux?.after?.object;
    const identity = object ? identityOf(object) : kustomizationAt(one.file);
    const severity = one.when === "after" ? "high" : "medium";
    return { rule: "flux-behaviour", severity, identity, text: textOf(one) };
  });
}

function refusedBuild({ before, after }: BuiltPart): readonly Refused[] {
  const [was, is] = [failure(before), failure(after)];
  if (is !== undefined) {
    return [{ ...is, when: was === undefined ? "after" : "both", isNew: before === undefined }];
  }
  return was === undefined || after === undefined ? [] : [{ ...was, when: "before", isNew: false }];
}

function failure(answered: Answered | undefined): Pick<Refused, "problem" | "file"> | undefined {
  if (answered?.build.kind !== "failed") return undefined;
  const { file } = answered.part;
  const message = answered.build.message.trim().replace(/\.$/, "");
  return { file, problem: { file, message } };
}

function textOf({ problem, when, isNew }: Refused): string {
  const why = problemText(problem);
  switch (when) {
    case "before":
      return `was refused by Flux (${why}), and is not any more: all that changed since it last was built comes with this, and only this change is shown`;
    case "both":
      return `is refused by Flux as before (${why}): nothing that it applies changes or goes until that is mended`;
    case "after":
      return isNew
        ? `is refused by Flux (${why}): nothing of it is applied until that is mended`
        : `is refused by Flux (${why}): nothing that it applies changes or goes until that is mended; what does then is not known here`;
  }
}
