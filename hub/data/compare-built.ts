import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { withBuilds } from "../../kube/build-sides.ts";
import type { Kube } from "../../kube/kube.ts";
import type { Analysed, Analysis, TwoSides } from "./analyse.ts";
import { readSides } from "./read-sides.ts";

/**
 * A comparison, once more with Flux' own builds where these would tell more: the module is loaded
 * only then, and only files that turn out to be needed are read.
 */
export async function compareBuilt(
  ado: AzureDevOps,
  of: {
    readonly repo: RepositoryRef;
    readonly sides: TwoSides;
    readonly first: Analysis;
    readonly openBuilds: () => Promise<Kube>;
    readonly analyse: (of: Analysed) => Analysis;
  },
): Promise<Analysis> {
  const { repo, first, openBuilds, analyse } = of;
  if (first.unbuilt.length === 0) return first;
  const kube = await openBuilds();
  try {
    const { compared } = await withBuilds(kube, {
      first,
      sides: of.sides,
      compare: ({ builds, sides }) => analyse({ ...sides, builds }),
      readMore: (known, paths) => readSides(ado, { repo, sides: known, paths }),
    });
    return compared;
  } finally {
    kube.close();
  }
}
