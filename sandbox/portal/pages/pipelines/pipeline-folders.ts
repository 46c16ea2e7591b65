/** Pure: folders by their path, `\shop\web`; the root is `\`. */

export type InFolder<Row> = { readonly folders: readonly string[]; readonly rows: readonly Row[] };

/** The folders right below `folder`, and what lies in it itself. */
export function inFolder<Row extends { readonly path?: string }>(
  folder: string,
  all: { readonly folders: readonly string[]; readonly rows: readonly Row[] },
): InFolder<Row> {
  const wanted = folder.toLowerCase();
  const above = (path: string) => path.slice(0, path.lastIndexOf("\\")).toLowerCase() || "\\";
  return {
    folders: all.folders.filter((path) => path !== "\\" && above(path) === wanted).sort(),
    rows: all.rows.filter(({ path = "\\" }) => path.toLowerCase() === wanted),
  };
}

export function nameOfFolder(path: string): string {
  return path.slice(path.lastIndexOf("\\") + 1);
}
