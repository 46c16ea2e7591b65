import { areaOf, type Pair } from "./recording.ts";

/** The areas of which the sandbox says that they are true; the rest answers 501 by name. */
const replayedAreas: ReadonlySet<string> = new Set([
  "locations",
  "resourceareas",
  "connectiondata",
  "projects",
  "process",
  "operations",
  "teams",
  "identities",
  "git",
  "policy",
  "build",
  "pipelines",
  "distributedtask",
  "serviceendpoint",
  "extensionmanagement",
]);

type Deviation = {
  readonly area: string;
  readonly method?: string;
  /** Of the address, without query. */
  readonly path?: RegExp;
  /** Which of the differences. Default: all. */
  readonly difference?: RegExp;
  readonly why: string;
};

/** Where the sandbox is known to answer otherwise, and why. */
const known: readonly Deviation[] = [
  {
    area: "build",
    difference: /^body is undefined instead of object|^status \d+ instead of 401/,
    why: "a 401 was recorded with the body of an empty list: the token was taken out of it",
  },
];

export function isReplayed(pair: Pair): boolean {
  return replayedAreas.has(areaOf(pair));
}

/** Why a difference is known; undefined when it is not. */
export function reasonFor(pair: Pair, difference: string): string | undefined {
  const { pathname } = new URL(pair.request.uri);
  return known.find(
    ({ area, method, path, difference: which }) =>
      area === areaOf(pair) &&
      (method === undefined || method === pair.request.method) &&
      (path?.test(pathname) ?? true) &&
      (which?.test(difference) ?? true),
  )?.why;
}
