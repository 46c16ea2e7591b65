/** All files of one side of a change, as bytes: charts hold more than texts. */
export type SideBytes = {
  /** Paths from the repository's root; the same id is the same content. */
  readonly ids: ReadonlyMap<string, string>;
  readonly read: (paths: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array>>;
};

/** The files below a folder, by their paths in it. */
export async function readBytesBelow(
  side: SideBytes,
  folder: string,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const prefix = folder === "" ? "" : `${folder}/`;
  const paths = [...side.ids.keys()].filter((path) => path.startsWith(prefix));
  const files = await side.read(paths);
  return new Map([...files].map(([path, bytes]) => [path.slice(prefix.length), bytes]));
}
