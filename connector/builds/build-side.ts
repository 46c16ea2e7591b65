import { LRUCache } from "lru-cache";
import { sha256 } from "../../clients/sha256.ts";
import type { Build } from "../../core/diff/tree/builds.ts";
import type { SideFile } from "../../core/diff/tree/side-file.ts";
import type { Kustomization } from "../../core/flux/flux-object.ts";
import { buildOf } from "../../core/gate/build-of.ts";
import type { BuiltEntry, BuiltSide } from "../../core/gate/compare-builds.ts";
import { identityOf, type KubernetesObject } from "../../core/manifests/identity.ts";
import { buildSides, type BothSides } from "../../kube/build-sides.ts";
import { writeExactJson } from "../../kube/exact-json.ts";
import type { Kube } from "../../kube/kube.ts";
import type { Contents } from "./side-contents.ts";
import type { SideFiles } from "./side-files.ts";

export type AskedBuild = {
  readonly k: Kustomization;
  readonly files: SideFiles;
  /** `spec.ignore` of its source. */
  readonly ignore?: string;
  /** Which file each object came from has to be known. */
  readonly origins: boolean;
};

/** Builds a Kustomization by its live spec, once for each content of files and spec. */
export type BuildSideReader = {
  readonly knows: (asked: AskedBuild) => boolean;
  readonly read: (asked: AskedBuild, contents: Contents) => Promise<BuiltSide>;
};

// Of all builds that are remembered: some hundred bytes each.
const mostObjects = 100_000;
// What could not be built now may be in a moment.
const unknownKeptMs = 60_000;

export function buildSideReader(kube: Pick<Kube, "build" | "digest">): BuildSideReader {
  const known = new LRUCache<string, BuiltSide>({ maxSize: mostObjects });
  return {
    knows: (asked) => known.has(keyOf(kube, asked)),
    read: async (asked, contents) => {
      const key = keyOf(kube, asked);
      const found = known.get(key);
      if (found !== undefined) return found;
      const { side, isFinal } = await buildOne(kube, asked, contents);
      const size = side.kind === "built" ? side.objects.length + 1 : 1;
      known.set(key, side, { size, ...(isFinal ? {} : { ttl: unknownKeptMs }) });
      return side;
    },
  };
}

function keyOf(
  { digest }: Pick<Kube, "digest">,
  { k, files, ignore, origins }: AskedBuild,
): string {
  const all = [...files].map((entry) => entry.join("\0")).sort();
  return sha256(JSON.stringify([digest, k.buildSpec, ignore, origins, k.namespace, k.name, all]));
}

async function buildOne(
  kube: Pick<Kube, "build">,
  { k, files, ignore, origins }: AskedBuild,
  contents: Contents,
): Promise<{ readonly side: BuiltSide; readonly isFinal: boolean }> {
  const sideNow = (): readonly SideFile[] =>
    [...files].map(([path, id]) => ({ path, id, ...contents.of(id) }));
  const readMore = async (_: BothSides, paths: readonly string[]): Promise<BothSides> => {
    await contents.read(paths.flatMap((path) => files.get(path) ?? []));
    return { before: [], after: sideNow() };
  };
  const metadata = { name: k.name, namespace: k.namespace };
  const kustomization = {
    ...{ apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization", metadata },
    spec: k.buildSpec,
  };
  const { builds } = await buildSides(kube, {
    wanted: [
      {
        key: "one",
        side: "after",
        ask: { kustomization, origins, ...(ignore === undefined ? {} : { ignore }) },
        files: [...files.keys()].filter((path) => contents.of(files.get(path) ?? "") !== undefined),
      },
    ],
    sides: { before: [], after: sideNow() },
    readMore,
  });
  return sideOf(builds.get("one"));
}

function sideOf(build: Build | undefined): { readonly side: BuiltSide; readonly isFinal: boolean } {
  switch (build?.kind) {
    case undefined:
      return { side: { kind: "unknown", why: "nothing was built" }, isFinal: false };
    case "unavailable":
      return { side: { kind: "unknown", why: build.why }, isFinal: false };
    case "failed":
      return { side: { kind: "unknown", why: firstLine(build.message) }, isFinal: true };
    case "built": {
      const objects = build.objects.map(({ object, file }) => ({
        identity: identityOf(object),
        digest: sha256(writeExactJson(object)),
        ...(file === undefined ? {} : { file }),
        ...withBuild(object),
      }));
      const { read, unknownVariables } = build;
      const hasUnknownValues = unknownVariables.length > 0;
      return { side: { kind: "built", objects, read, hasUnknownValues }, isFinal: true };
    }
  }
}

function withBuild(object: KubernetesObject): Pick<BuiltEntry, "build"> {
  const build = buildOf(object);
  return build === undefined ? {} : { build: { ...build, text: sha256(build.text) } };
}

function firstLine(message: string): string {
  return message.split("\n", 1).join("").slice(0, 300);
}
