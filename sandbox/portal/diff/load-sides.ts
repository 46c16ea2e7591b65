import { call } from "../rest.ts";

export type Change = {
  readonly changeType: string;
  readonly item: {
    readonly path: string;
    readonly isFolder?: boolean;
    readonly objectId?: string;
    readonly originalObjectId?: string;
  };
};

export type Sides = { readonly before: string; readonly after: string; readonly binary: boolean };

/** Both contents of a changed file; "" where it is not there. */
export async function loadSides(repositoryUrl: string, { item }: Change): Promise<Sides> {
  const [before, after] = await Promise.all([
    loadBlob(repositoryUrl, item.originalObjectId),
    loadBlob(repositoryUrl, item.objectId),
  ]);
  return { before, after, binary: before.includes("\0") || after.includes("\0") };
}

/** The changed files, folders left out. */
export function filesOf(changes: readonly Change[]): readonly Change[] {
  return changes.filter(({ item }) => item.isFolder !== true);
}

function loadBlob(repositoryUrl: string, id: string | undefined): Promise<string> {
  return id === undefined
    ? Promise.resolve("")
    : call<string>(`${repositoryUrl}/blobs/${id}?$format=text`);
}
