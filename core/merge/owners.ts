import { matchesPath } from "../artefact/path-pattern.ts";
import type { Problem } from "../errors.ts";
import { isRecord } from "../manifests/parse.ts";
import type { MergeFinding } from "./merge-finding.ts";

/** Where a manifests repository says whose folders are whose. */
export const ownersPath = ".fluxgate/owners.json";

export type Owner = {
  /** A folder, or a pattern with `*` and `**`. */
  readonly path: string;
  /** Names of pipelines, mail names of people, names of teams and groups that may change it. */
  readonly pipelines: readonly string[];
  readonly people: readonly string[];
  readonly teams: readonly string[];
  /** `[project]\\group` or `[organisation]\\group`. */
  readonly groups: readonly string[];
};

/** Who made a change, as the service says. */
export type Author = {
  readonly name: string;
  /** Absent for a person. */
  readonly pipeline?: string;
  /** Mail name. */
  readonly person: string;
  readonly teams: readonly string[];
  readonly groups: readonly string[];
};

export function parseOwners(text: string): {
  readonly owners: readonly Owner[];
  readonly problems: readonly Problem[];
} {
  const refuse = (message: string) => ({ owners: [], problems: [{ file: ownersPath, message }] });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse("the list of owners is not valid JSON");
  }
  const isList = isRecord(value) && value["kind"] === "Owners" && Array.isArray(value["owners"]);
  if (!isList) return refuse('this is no list of owners (kind "Owners" with a list "owners")');
  const entries = (value as { readonly owners: readonly unknown[] }).owners;
  const odd = entries.findIndex((entry) => !isRecord(entry) || typeof entry["path"] !== "string");
  if (odd >= 0) return refuse(`owners[${odd}] lacks a path`);
  for (const [index, entry] of (
    entries as readonly Readonly<Record<string, unknown>>[]
  ).entries()) {
    const why = oddEntry(entry);
    if (why !== undefined) return refuse(`owners[${index}] ${why}`);
  }
  const owners = (entries as readonly Readonly<Record<string, unknown>>[]).map((entry) => ({
    path: repositoryPattern(String(entry["path"])),
    pipelines: texts(entry["pipelines"]),
    people: texts(entry["people"]),
    teams: texts(entry["teams"]),
    groups: texts(entry["groups"]),
  }));
  return { owners, problems: [] };
}

const lists = ["pipelines", "people", "teams", "groups"];

// A name that is passed over would shut somebody out without a word.
function oddEntry(entry: Readonly<Record<string, unknown>>): string | undefined {
  for (const [key, value] of Object.entries(entry)) {
    if (!lists.includes(key)) continue;
    const isList = Array.isArray(value) && value.every((each) => typeof each === "string");
    if (!isList) return `has ${key} that are no list of names`;
  }
  return undefined;
}

// As people write folders elsewhere: `/dev`, `./dev`; `/` and `.` are the whole repository. An entry
// that matched nothing would let everybody in.
function repositoryPattern(path: string): string {
  const clean = path.trim().replace(/^(\.?\/)+|^\.$/, "");
  return clean === "" ? "**" : clean;
}

/**
 * What is wrong with the list itself: one that cannot be read lets nobody in but whoever mends it, and
 * none is taken that nobody could read.
 */
export function ownersListFindings(
  { before, after }: { readonly before: string | undefined; readonly after: string | undefined },
  changed: readonly string[],
): readonly MergeFinding[] {
  const problemsIn = (text: string | undefined) =>
    text === undefined ? [] : parseOwners(text).problems.map(({ message }) => message);
  const isMended = changed.every((file) => file === ownersPath);
  const said = (message: string, severity: MergeFinding["severity"]) => ({
    ...{ severity, message, file: ownersPath },
  });
  const broken = problemsIn(after).map((message) => said(message, "error"));
  if (broken.length > 0 && changed.includes(ownersPath)) return broken;
  return problemsIn(before).map((message) =>
    said(
      `${message} on the target branch: nobody can tell whose folders these are. Mend it in a pull request that changes nothing else`,
      isMended ? "warning" : "error",
    ),
  );
}

/** Files that somebody changes whose they are not. The longest path that fits decides. */
export function ownerFindings(
  owners: readonly Owner[],
  { changed, author }: { readonly changed: readonly string[]; readonly author: Author },
): readonly MergeFinding[] {
  return changed.flatMap((file): readonly MergeFinding[] => {
    const fitting = owners.filter(({ path }) => matchesPath(path, file));
    const [owner] = fitting.sort((a, b) => b.path.length - a.path.length);
    if (owner === undefined || mayChange(owner, author)) return [];
    const names = [...owner.pipelines, ...owner.teams, ...owner.groups, ...owner.people].join(", ");
    const message = `${author.name} may not change it: ${owner.path} is ${names || "nobody"}'s (${ownersPath})`;
    return [{ severity: "error", message, file }];
  });
}

function mayChange(owner: Owner, { pipeline, person, teams, groups }: Author): boolean {
  const has = (list: readonly string[], name: string) =>
    list.some((each) => each.toLowerCase() === name.toLowerCase());
  if (pipeline !== undefined) return has(owner.pipelines, pipeline);
  return (
    has(owner.people, person) ||
    teams.some((team) => has(owner.teams, team)) ||
    groups.some((group) => has(owner.groups, group))
  );
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? value.filter((each): each is string => typeof each === "string")
    : [];
}

/** Entries of a changed list that no file is under, and a list that says nothing: everybody is let in. */
export function idleOwners(after: ReadonlyMap<string, string>): readonly MergeFinding[] {
  const text = after.get(ownersPath);
  if (text === undefined) return [];
  const { owners, problems } = parseOwners(text);
  if (problems.length > 0) return [];
  const said = (message: string): MergeFinding => ({
    ...{ severity: "warning", message, file: ownersPath },
  });
  if (owners.length === 0) {
    return [said("the list of owners is empty: everybody may change every folder")];
  }
  const files = [...after.keys()];
  const idle = owners.filter(({ path }) => !files.some((file) => matchesPath(path, file)));
  return [
    ...unreadKeys(text).map((key) => said(`nothing reads ${key}`)),
    ...idle.map(({ path }) =>
      said(`nothing lies under ${path}: as long as that is so, it keeps nobody out`),
    ),
  ];
}

/** Of a list that could be read: `owners[0].mayors`. */
function unreadKeys(text: string): readonly string[] {
  const { owners = [] } = JSON.parse(text) as { readonly owners?: readonly object[] };
  return owners.flatMap((entry, index) =>
    Object.keys(entry)
      .filter((key) => key !== "path" && !lists.includes(key))
      .map((key) => `owners[${index}].${key}`),
  );
}
