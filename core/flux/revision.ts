// Every form in which Flux writes what it fetched (research: Flux ≥ 2.0 `<name>@<algorithm>:<hash>`,
// before `<branch>/<sha>`, commit only, OCI digests, chart versions).

const forms = [/(?:^|@)sha1:([0-9a-f]{40})$/, /(?:^|\/)([0-9a-f]{40})$/];

/** In lower case; undefined where the revision names no git commit. */
export function commitOf(revision: string | undefined): string | undefined {
  const text = (revision ?? "").toLowerCase();
  return forms.map((form) => form.exec(text)?.[1]).find((commit) => commit !== undefined);
}

/** As people say it: eight characters of a commit, anything else as it is written. */
export function shortRevision(revision: string | undefined): string {
  if (revision === undefined) return "nothing";
  return commitOf(revision)?.slice(0, 8) ?? revision;
}
