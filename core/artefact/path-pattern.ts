/** Whether a path of the checkout is meant by a pattern: `*` and `?` within a folder, `**` across. */
export function matchesPath(pattern: string, path: string): boolean {
  return pathMatcher(pattern)(path);
}

/** The same, of a pattern that many paths are compared with. */
export function pathMatcher(pattern: string): (path: string) => boolean {
  const clean = pattern.replace(/^(\.\/)+/, "").replace(/\/+$/, "");
  // A path without a wildcard is a file, or a folder with all that lies below.
  if (!/[*?]/.test(clean)) return (path) => path === clean || path.startsWith(`${clean}/`);
  const source = clean
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => meanings[part] ?? part.replace(/[.+^${}()|[\]\\]/g, "\\$&"))
    .join("");
  const form = new RegExp(`^${source}$`);
  return (path) => form.test(path);
}

const meanings: Readonly<Record<string, string>> = {
  "**/": "(?:[^/]+/)*",
  "**": ".*",
  "*": "[^/]*",
  "?": "[^/]",
};
