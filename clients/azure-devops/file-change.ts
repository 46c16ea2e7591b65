import type { FileChange } from "../../core/azure-devops/types.ts";
import { withoutSlash } from "./connection.ts";

/** A change as commits and diffs list it. */
export type RestChange = {
  readonly changeType: string;
  readonly item: {
    readonly path: string;
    readonly gitObjectType?: string;
    readonly isFolder?: boolean;
    readonly objectId?: string;
    readonly originalObjectId?: string;
  };
  /** The path before a rename. */
  readonly sourceServerItem?: string;
};

/** Folders are listed as changed too; only files are kept. */
export function toFileChanges(changes: readonly RestChange[]): readonly FileChange[] {
  return changes
    .filter(({ item }) => item.isFolder !== true && item.gitObjectType !== "tree")
    .map(({ changeType, item, sourceServerItem }) => ({
      path: withoutSlash(item.path),
      changeType,
      ...(item.objectId === undefined ? {} : { blob: item.objectId }),
      ...(item.originalObjectId === undefined ? {} : { originalBlob: item.originalObjectId }),
      ...(sourceServerItem === undefined ? {} : { originalPath: withoutSlash(sourceServerItem) }),
    }));
}
