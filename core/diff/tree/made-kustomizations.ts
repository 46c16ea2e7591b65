// A Flux Kustomization is what the build that brings it makes of its file: patches and variables of a
// kustomization around it, or of the Flux Kustomization that applies it, are part of what it says.
import { identityOf, type KubernetesObject } from "../../manifests/identity.ts";
import { madeKustomization } from "../../flux/roots/made-kustomization.ts";
import type { Risk } from "../risk.ts";
import { unknownEffect } from "../uncompared.ts";
import { wantedBuild } from "./built-parts.ts";
import type { BuildSide, Builds, WantedBuild } from "./builds.ts";
import { isSameReach } from "./changed-files.ts";
import type { FluxRoot } from "./flux-roots.ts";
import type { Part } from "./reach.ts";
import { withHeld } from "./held-kustomizations.ts";
import { type MadeSides, type Root, rootsOf } from "./roots.ts";
import type { Side } from "./side-file.ts";

type MadeKustomizations = {
  readonly made: MadeSides;
  /** Builds that would tell how some are made. */
  readonly unbuilt: readonly WantedBuild[];
  /** Of roots that change while it is not known what they are made. */
  readonly risks: readonly Risk[];
};

type Sides = { readonly before: Side; readonly after: Side };

/**
 * What Flux applies, Flux Kustomizations as builds make them, as far as these are there.
 * @param seen the files of the sides that Flux sees
 */
export function followedRoots(
  sides: Sides,
  seen: Sides,
  builds: Builds,
): { readonly all: readonly Root[]; readonly ofMaking: MadeKustomizations } {
  const asWritten = rootsOf(sides, seen);
  const ofMaking = madeKustomizations(asWritten, seen, builds);
  const { before, after } = ofMaking.made;
  const isMade = before.size + after.size > 0;
  const all = isMade ? rootsOf(sides, seen, ofMaking.made) : asWritten;
  return { all: withHeld(all, seen, builds), ofMaking };
}

/** How builds make the Flux Kustomizations whose effect may differ, or what is not known of that. */
function madeKustomizations(
  roots: readonly Root[],
  sides: Sides,
  builds: Builds,
): MadeKustomizations {
  const known = new Map<Root, boolean>();
  const isChanged = (root: Root) => {
    const found = known.get(root) ?? !isSameReach(root, sides);
    known.set(root, found);
    return found;
  };
  const made = {
    before: new Map<string, KubernetesObject>(),
    after: new Map<string, KubernetesObject>(),
  };
  const unbuilt = new Map<string, WantedBuild>();
  const risks: Risk[] = [];
  for (const root of roots) {
    for (const side of ["before", "after"] as const) {
      const flux = root.flux?.[side];
      if (flux === undefined) continue;
      const maker = makerOf(flux, roots, side);
      if (maker === undefined || !(isChanged(root) || isChanged(maker.root))) continue;
      const wanted = wantedBuild(side, maker.part);
      const build = builds.get(wanted.key);
      if (build === undefined) unbuilt.set(wanted.key, wanted);
      const object = build?.kind === "built" ? madeKustomization(flux, build.objects) : undefined;
      if (object !== undefined) made[side].set(flux.key, object);
      else if (build?.kind !== "built") risks.push(unknown(flux));
    }
  }
  return { made, unbuilt: [...unbuilt.values()], risks: unique(risks) };
}

type Maker = { readonly root: Root; readonly part: Part };

/** What makes another object of its file; itself counts not, as it is applied. */
function makerOf(flux: FluxRoot, roots: readonly Root[], side: BuildSide): Maker | undefined {
  for (const root of roots) {
    if (root.flux?.[side]?.key === flux.key) continue;
    const part = (root[side]?.parts ?? []).find(({ reach }) =>
      reach.transforms.some(({ over }) => over.has(flux.file)),
    );
    if (part !== undefined) return { root, part };
  }
  return undefined;
}

function unknown({ object }: FluxRoot): Risk {
  const text = "is made by a build as no file says it: what it applies is not known here";
  return { rule: unknownEffect, severity: "high", identity: identityOf(object), text };
}

function unique(risks: readonly Risk[]): readonly Risk[] {
  return [...new Map(risks.map((one) => [JSON.stringify(one), one])).values()];
}
