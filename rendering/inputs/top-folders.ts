/**
 * Folders that nobody builds on, of those that build on others. Of a circle, which nobody outside of it
 * builds on, the first is one too: what is wrong with it is said where it is built.
 * @param builds folder → folders that it builds on
 */
export function topFolders(builds: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const bases = new Set([...builds.values()].flat());
  const tops = [...builds.keys()].filter((folder) => !bases.has(folder));
  const reached = new Set<string>();
  for (const top of tops) reach(top);
  for (const folder of builds.keys()) {
    if (reached.has(folder)) continue;
    tops.push(folder);
    reach(folder);
  }
  return tops;

  function reach(from: string): void {
    const open = [from];
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      if (reached.has(folder)) continue;
      reached.add(folder);
      open.push(...(builds.get(folder) ?? []));
    }
  }
}
