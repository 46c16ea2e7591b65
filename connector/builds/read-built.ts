// What Flux builds at X and before it, by its own code, where files and objects do not map one to
// one (design.md 4.6, "Which objects changed").
import { monotonicNow } from "../../clients/monotonic.ts";
import { causeText } from "../../core/errors.ts";
import { findFlux } from "../../core/flux/flux-index.ts";
import type { Kustomization } from "../../core/flux/flux-object.ts";
import { fluxKey } from "../../core/flux/flux-object.ts";
import { compareBuilds, objectsOfFiles, type BuiltSide } from "../../core/gate/compare-builds.ts";
import type { BuiltChange, ClusterFacts } from "../../core/gate/gate-input.ts";
import type { Changes } from "../changed-files.ts";
import { readBasesOf } from "../environment-files.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";
import type { AskedBuild, BuildSideReader } from "./build-side.ts";
import { readContentsOf } from "./side-contents.ts";
import { listSides, type Sides } from "./side-files.ts";
import { isKustomizationPath } from "../../core/manifests/kustomization-file.ts";

export type BuildQuestion = Changes & {
  readonly repository: ManifestsRepository;
  /** X */
  readonly commit: string;
  readonly bases: Readonly<Record<string, readonly string[]>>;
  /** Kustomizations that were rendered: they only list what lies beside them. */
  readonly rendered: ReadonlySet<string>;
};

type Asked = { readonly k: Kustomization; readonly sides: Sides; readonly ignore?: string };

// The rest of a look's Kustomizations is judged whole, until the next look.
const longestLookMs = 30_000;

/** What X changed of each of the Kustomizations of one cluster, by `fluxKey`. Never throws. */
export async function readBuilt(
  readSide: BuildSideReader,
  question: BuildQuestion,
  of: { readonly kustomizations: readonly Kustomization[]; readonly facts: ClusterFacts },
): Promise<Readonly<Record<string, BuiltChange>>> {
  const until = monotonicNow() + longestLookMs;
  const built: Record<string, BuiltChange> = {};
  const asked: Asked[] = [];
  for (const k of of.kustomizations) {
    const one = await ask(question, k, of.facts);
    if ("why" in one) built[fluxKey(k)] = { kind: "unknown", why: one.why };
    else asked.push(one);
  }
  // Of all of them in one call.
  const contents = readContentsOf(question.repository);
  const open = asked
    .flatMap((one) => buildsOf(one, question))
    .filter((one) => !readSide.knows(one));
  await contents.expect(open.flatMap(({ files }) => [...files])).catch(() => undefined);
  for (const one of asked) {
    const sides: BuiltSide[] = [];
    for (const build of buildsOf(one, question)) {
      const isLate = monotonicNow() > until && !readSide.knows(build);
      const late = { kind: "unknown", why: "building took longer than 30 s" } as const;
      sides.push(isLate ? late : await readSide.read(build, contents));
    }
    built[fluxKey(one.k)] = changeOf(sides, question);
  }
  return built;
}

async function ask(
  { repository, commit, bases, replaced }: BuildQuestion,
  k: Kustomization,
  facts: ClusterFacts,
): Promise<Asked | { readonly why: string }> {
  const source = findFlux(facts.flux, k.source);
  if (source?.kind !== "GitRepository") return { why: "its source is not in git" };
  const { madeWith, ignore } = source;
  if (madeWith !== undefined) return { why: `its source has ${madeWith}` };
  try {
    const outside = bases[k.path] ?? (await readBasesOf(repository, commit, k.path));
    const roots = [k.path, ...k.components, ...outside];
    const sides = await listSides(repository, commit, { roots, replaced });
    return { k, sides, ...(ignore === undefined ? {} : { ignore }) };
  } catch (error) {
    return { why: causeText(error) };
  }
}

function buildsOf({ k, sides, ignore }: Asked, { replaced }: BuildQuestion): readonly AskedBuild[] {
  const common = {
    k,
    origins: replaced === undefined,
    ...(ignore === undefined ? {} : { ignore }),
  };
  return replaced === undefined
    ? [{ ...common, files: sides.after }]
    : [
        { ...common, files: sides.before },
        { ...common, files: sides.after },
      ];
}

function changeOf(
  [first, second]: readonly BuiltSide[],
  { changed, rendered }: BuildQuestion,
): BuiltChange {
  if (first === undefined) return { kind: "unknown", why: "nothing was built" };
  if (second !== undefined) return compareBuilds(first, second);
  const files = new Set(changed.map(({ path }) => path));
  return objectsOfFiles(first, {
    files,
    isList: (path) => isKustomizationPath(path) && rendered.has(path),
  });
}
