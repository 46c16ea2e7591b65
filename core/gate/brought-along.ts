// What a Kustomization brings may be Flux objects of another spec than before, without any file of
// theirs having changed: by its own patches and variables, or by a build that nobody here can repeat.
import { nestedIn } from "../flux/flux-index.ts";
import type { FluxReference } from "../flux/flux-object.ts";
import { fluxKey } from "../flux/flux-object.ts";
import type { Identity } from "../manifests/identity.ts";
import { bringersOf, untoldBringers } from "./bringers.ts";
import { isChanged } from "./changed-identities.ts";
import type { ClusterView } from "./cluster-view.ts";
import { isBound } from "./cluster-view.ts";
import { isOfAnother } from "./environment-members.ts";
import { locatedChanges, reachedObjects } from "./reached.ts";

/**
 * Keys (`fluxKey`) of the Flux objects that X may have made others of, by what brings them, and by what
 * brings that. None where all that there is is judged anyway.
 */
export function broughtAlong(view: ClusterView): ReadonlySet<string> {
  if (view.input.everything === true) return new Set();
  const { found, ofEnvironment } = reachedObjects(view);
  const above = untoldBringers(view);
  const bringing = new Set([...found, ...bringersOf(view), ...above.map(({ applier }) => applier)]);
  const nesting = [...bringing].filter((object) => nestedIn(object).length > 0);
  if (nesting.length === 0) return new Set();
  const untold = new Set([...locatedChanges(view).whole, ...above].map(({ applier }) => applier));
  const known = new Map(
    [...ofEnvironment.found, ...bringing].map((object) => [fluxKey(object), object]),
  );
  const brought = new Set<string>();
  const queue = nesting.filter(
    (object) => untold.has(object) || (isBound(view, object) && hasOtherBuild(view, object)),
  );
  // Grows while it is walked.
  for (const object of queue) {
    for (const reference of nestedIn(object)) {
      const key = fluxKey(reference);
      const nested = known.get(key);
      const isOthers = nested !== undefined && isOfAnother(view.input.environment.name, nested);
      if (brought.has(key) || isOthers) continue;
      brought.add(key);
      if (nested !== undefined) queue.push(nested);
    }
  }
  return brought;
}

/** Did X change its spec, and with it what is built of files that may be as they were? */
export function hasOtherBuild(view: ClusterView, k: FluxReference): boolean {
  if (!isChanged(view, k)) return false;
  const key = fluxKey(k);
  // Where a build has it as another, its file does not tell all of its spec.
  const built = Object.values(view.cluster.built ?? {}).flatMap((one) =>
    one.kind === "built" && holds(one.changed, k) ? [one] : [],
  );
  const files = [...view.changed, ...view.above].filter(({ identities }) => holds(identities, k));
  const telling = built.length > 0 ? built : files;
  return telling.some(({ sameBuilds = [] }) => !sameBuilds.includes(key));
}

/** Did X change what a source makes of a revision? */
export function hasOtherArtefact(view: ClusterView, source: FluxReference): boolean {
  const key = fluxKey(source);
  const built = Object.values(view.cluster.built ?? {}).filter((one) => one.kind === "built");
  return [...view.changed, ...view.above, ...built].some(({ otherArtefacts = [] }) =>
    otherArtefacts.includes(key),
  );
}

function holds(identities: readonly Identity[], { kind, name }: FluxReference): boolean {
  return identities.some((one) => one.kind === kind && one.name === name);
}
