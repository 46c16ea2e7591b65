import { diffManifests, type ManifestsDiff } from "../../core/diff/diff-manifests.ts";
import { findRisks } from "../../core/diff/find-risks.ts";
import type { ManifestFile } from "../../core/diff/read-objects.ts";
import type { Risk } from "../../core/diff/risk.ts";

export type TwoSides = {
  readonly before: readonly ManifestFile[];
  readonly after: readonly ManifestFile[];
};

/** What a change of manifests means, before anybody looks at how it is shown. */
export type Analysis = ManifestsDiff & { readonly risks: readonly Risk[] };

export function analyse({ before, after }: TwoSides): Analysis {
  const diff = diffManifests(before, after);
  return { ...diff, risks: findRisks(diff.objects) };
}
