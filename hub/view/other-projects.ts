import type { EnvironmentSnapshot } from "../../core/environment-snapshot.ts";

/** Of a project's name (learn.microsoft.com, "Naming restrictions"); an id is shorter. */
const longest = 64;

/** Other projects with manifests, as connectors of the organisation name them, in order. */
export function otherProjects(
  snapshots: readonly EnvironmentSnapshot[],
  own: { readonly id: string; readonly name: string },
): readonly string[] {
  const is = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  // Anybody may have written a report: what is no name is asked nothing.
  const named = snapshots
    .map(({ repository }) => repository.project)
    .filter((one) => one.trim() !== "" && one.length <= longest && !/\p{C}/u.test(one));
  const others = named.filter((one) => !is(one, own.id) && !is(one, own.name)).sort();
  return others.filter((one, at) => others.findIndex((other) => is(other, one)) === at);
}
