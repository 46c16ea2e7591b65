/**
 * The newest release of a minor version among those that a proxy lists; pre-releases are none. A
 * proxy lists what was asked before, so that the version that stands may be newer: it stays then.
 */
export function newestPatch(
  listed: readonly string[],
  minor: string,
  standing: string,
): string | undefined {
  const patches = [...listed, standing]
    .map((version) => /^v(\d+\.\d+)\.(\d+)$/.exec(version))
    .filter((match) => match?.[1] === minor)
    .map((match) => Number(match?.[2]));
  return patches.length === 0 ? undefined : `v${minor}.${Math.max(...patches)}`;
}

/** `1.36` of `v1.36.3`. */
export function minorOf(version: string): string {
  return version.replace(/^v(\d+\.\d+)\..*$/, "$1");
}

/** The newer of versions such as `1.36.0` and `1.37`. */
export function newestOf(versions: readonly string[]): string {
  const parts = (version: string) => version.split(".").map(Number);
  const [newest = ""] = [...versions].sort((a, b) => {
    const [left, right] = [parts(a), parts(b)];
    const differs = left.findIndex((part, at) => part !== right[at]);
    return differs < 0 ? 0 : (right[differs] ?? 0) - (left[differs] ?? 0);
  });
  return newest;
}
