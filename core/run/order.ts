// Newer means contains: of two runs the one whose code holds the other's. A hotfix from a release
// branch and a run of main hold neither: then whoever started later knows of the other.

/** How the code commit of another run relates to one's own. */
export type Relation =
  | "same"
  /** The other's is a descendant of one's own. */
  | "contains"
  /** One's own is a descendant of the other's. */
  | "contained"
  | "diverged"
  /** Of another repository, or it could not be read. */
  | "unknown";

export type RunStart = {
  readonly build: number;
  /** When the stage's attempt started, ms since 1970; undefined where it is not known. */
  readonly started: number | undefined;
};

/** Whether the other run takes the place of one's own. */
export function isNewer(own: RunStart, other: RunStart, relation: Relation): boolean {
  switch (relation) {
    case "contains":
      return true;
    case "contained":
      return false;
    case "same":
      return other.build > own.build;
    case "diverged":
    case "unknown": {
      const known = own.started !== undefined && other.started !== undefined;
      if (!known || own.started === other.started) return other.build > own.build;
      return other.started > own.started;
    }
  }
}

/** `<repository>@<sha>`, as trailers name it. @returns undefined for anything else. */
export function parseSource(
  text: string,
): { readonly repository: string; readonly commit: string } | undefined {
  const [, repository, commit] = /^(.+)@([0-9a-f]{40})$/i.exec(text) ?? [];
  return repository === undefined || commit === undefined
    ? undefined
    : { repository, commit: commit.toLowerCase() };
}
