import type { EnvironmentSnapshot } from "../../core/environment-snapshot.ts";

/** Other projects with manifests, as connectors of the organisation name them, in order. */
export function otherProjects(
  snapshots: readonly EnvironmentSnapshot[],
  own: { readonly id: string; readonly name: string },
): readonly string[] {
  const is = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  const named = snapshots.map(({ repository }) => repository.project);
  return [...new Set(named)].filter((one) => !is(one, own.id) && !is(one, own.name)).sort();
}
