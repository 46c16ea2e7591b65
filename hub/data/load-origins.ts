import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import type { Repository } from "../../core/azure-devops/types.ts";
import type { OwnershipIndex } from "../../core/render/ownership-index.ts";
import { findCodeRepository } from "./code-repository.ts";
import type { Memory } from "./memory.ts";

/** One side of a change: what its render says of its objects, and where their files lie. */
export type RenderedSide = {
  readonly index: OwnershipIndex;
  /** Of the environment, in the manifests repository. */
  readonly folder: string;
  /** Undefined where it is not recorded, not there, or not for this viewer. */
  readonly code: CheckedOut | undefined;
  readonly configuration: CheckedOut | undefined;
};

export type CheckedOut = { readonly repository: Repository; readonly commit: string };

/** What a change's sides were rendered from; a side without an index says nothing. */
export type RenderedSides = {
  readonly before: RenderedSide | undefined;
  readonly after: RenderedSide | undefined;
};

type Found = { readonly index: OwnershipIndex; readonly folder: string };

export async function loadOrigins(
  ado: AzureDevOps,
  of: {
    readonly project: string;
    readonly before: Found | undefined;
    readonly after: Found | undefined;
  },
  look: Memory,
): Promise<RenderedSides> {
  const find = (named: string) => findCodeRepository(ado, { named, project: of.project }, look);
  const sideOf = async (found: Found | undefined): Promise<RenderedSide | undefined> => {
    if (found === undefined) return undefined;
    const { source, configuration } = found.index.provenance;
    const at = async (
      one: { readonly repository?: string; readonly commit: string } | undefined,
    ) => {
      const repository = one?.repository === undefined ? undefined : await find(one.repository);
      return one && repository && { repository, commit: one.commit };
    };
    return { ...found, code: await at(source), configuration: await at(configuration) };
  };
  const [before, after] = await Promise.all([sideOf(of.before), sideOf(of.after)]);
  return { before, after };
}
