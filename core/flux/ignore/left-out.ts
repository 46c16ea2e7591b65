import { parsePattern, type Pattern } from "./pattern.ts";

/** The name of lists of files that Flux shall leave out. */
export function isIgnoreFile(path: string): boolean {
  return path === ".sourceignore" || path.endsWith("/.sourceignore");
}

// What source-controller leaves out by itself (fluxcd/pkg sourceignore): of version control always, the
// rest unless something else is said.
const always = ".git/,.gitignore,.gitmodules,.gitattributes".split(",");
const usually = [
  ..."*.jpg,*.jpeg,*.gif,*.png,*.wmv,*.flv,*.tar.gz,*.zip".split(","),
  ...".github/,.circleci/,.travis.yml,.gitlab-ci.yml,appveyor.yml,.drone.yml".split(","),
  ..."cloudbuild.yaml,codeship-services.yml,codeship-steps.yml".split(","),
  ..."**/.goreleaser.yml,**/.sops.yaml,**/.flux.yaml".split(","),
];

/** More lines than anybody writes: each is held against each file. */
const mostPatterns = 2_000;

type Placed = Pattern & { readonly folder: readonly string[] };

/**
 * Which files of a repository Flux never sees.
 * @param lists path and text of all `.sourceignore` files
 * @param ignore `spec.ignore` of the source
 * @throws RangeError for more patterns than can be held against files
 */
export function leftOut(
  lists: readonly (readonly [path: string, text: string])[],
  ignore?: string,
): (path: string) => boolean {
  const found = [...lists]
    .map(([path, text]) => ({ folder: path.split("/").slice(0, -1), text }))
    .sort((a, b) => a.folder.length - b.folder.length);
  const given = [...found, ...(ignore === undefined ? [] : [{ folder: [], text: ignore }])].flatMap(
    ({ folder, text }) => linesOf(text).map((line): Placed => ({ ...parsePattern(line), folder })),
  );
  if (given.length > mostPatterns) throw new RangeError(`more than ${mostPatterns} patterns`);
  const own = [...always, ...(given.length > 0 ? [] : usually)];
  const patterns = [...own.map((line) => ({ ...parsePattern(line), folder: [] })), ...given];
  return (path) => {
    const parts = path.split("/");
    // The last that says something decides.
    const last = patterns.findLast(({ folder, matches }) => {
      const isBelow = folder.every((one, index) => parts[index] === one);
      return isBelow && parts.length > folder.length && matches(parts.slice(folder.length));
    });
    return last !== undefined && !last.isInclusion;
  };
}

// Go's scanner ends at a line that is too long for it, and source-controller takes that for the end.
const longestLine = 65_535;

function linesOf(text: string): readonly string[] {
  const lines = text.split("\n");
  const bytes = new TextEncoder();
  const end = lines.findIndex((line) => bytes.encode(line).length > longestLine);
  return (end < 0 ? lines : lines.slice(0, end))
    .map((line) => line.replace(/\r$/, ""))
    .filter((line) => !line.startsWith("#") && line.trim() !== "");
}
