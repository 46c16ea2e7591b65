/** Whether a path of the checkout is meant by a pattern: `*` and `?` within a folder, `**` across. */
export function matchesPath(pattern: string, path: string): boolean {
  const clean = pattern.replace(/^(\.\/)+/, "").replace(/\/+$/, "");
  // A path without a wildcard is a file, or a folder with all that lies below.
  if (!/[*?]/.test(clean)) return path === clean || path.startsWith(`${clean}/`);
  const source = clean
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => meanings[part] ?? part.replace(/[.+^${}()|[\]\\]/g, "\\$&"))
    .join("");
  return new RegExp(`^${source}$`).test(path);
}

const meanings: Readonly<Record<string, string>> = {
  "**/": "(?:[^/]+/)*",
  "**": ".*",
  "*": "[^/]*",
  "?": "[^/]",
};
