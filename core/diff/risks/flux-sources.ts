import type { ObjectChange } from "../object-change.ts";
import { type Finding, medium } from "../risk.ts";
import { same, textOf, valueAt } from "../values.ts";

/** How Flux fetches what it applies, chooses images, and where it writes them. */
export function fluxSources({ before, after, identity }: ObjectChange): readonly Finding[] {
  if (after === undefined || !identity.group.endsWith("toolkit.fluxcd.io")) return [];
  const at = (field: string) => [valueAt(before, field), valueAt(after, field)] as const;
  const [wasInsecure, isInsecure] = at("spec.insecure");
  const texts = [
    ...(isInsecure === true && wasInsecure !== true
      ? ["takes what is fetched without encryption, or from anybody (insecure)"]
      : []),
    ...(before === undefined ? [] : changed(at, identity.kind)),
  ];
  return texts.map(medium);
}

type At = (field: string) => readonly [before: unknown, after: unknown];

function changed(at: At, kind: string): readonly string[] {
  const differs = (field: string) => !same(at(field)[0] ?? null, at(field)[1] ?? null);
  switch (kind) {
    case "ImageUpdateAutomation": {
      const pushes = ["spec.git.push.branch", "spec.git.push.refspec"].filter(differs);
      return pushes.map((field) => {
        const [from, to] = at(field).map((branch) =>
          branch === undefined ? "the branch that it reads" : textOf(branch),
        );
        return `writes new images to ${to ?? ""} instead of ${from ?? ""} (${field})`;
      });
    }
    case "ImagePolicy":
      return ["spec.policy", "spec.filterTags", "spec.imageRepositoryRef"]
        .filter(differs)
        .map((field) => `chooses other images (${field})`);
    case "Kustomization": {
      const [from, to] = at("spec.deletionPolicy");
      return to === "Orphan" && from !== "Orphan"
        ? ["leaves what it applied in the cluster when it goes (deletionPolicy Orphan)"]
        : [];
    }
    default:
      return [];
  }
}
