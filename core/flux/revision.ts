// Every form in which Flux writes what it fetched (research: Flux ≥ 2.0 `<name>@<algorithm>:<hash>`,
// before `<branch>/<sha>`, commit only, OCI digests, chart versions).

export type Revision =
  | {
      readonly kind: "commit";
      /** Branch, tag or full ref; absent where the source names a commit only. */
      readonly name?: string;
      /** Lower case. */
      readonly commit: string;
    }
  | { readonly kind: "digest"; readonly name?: string; readonly digest: string }
  /** A chart version, or a form that is not known. */
  | { readonly kind: "other"; readonly text: string };

const gitHash = /^[0-9a-f]{40}$/;

/** Never throws: what is not understood is `other`. */
function parseRevision(text: string): Revision {
  const at = text.lastIndexOf("@");
  const name = at > 0 ? { name: text.slice(0, at) } : {};
  const [, algorithm = "", hash = ""] =
    /^([a-z0-9]+):([0-9a-f]+)$/.exec(text.slice(at + 1).toLowerCase()) ?? [];
  if (algorithm === "sha1" && gitHash.test(hash)) return { kind: "commit", ...name, commit: hash };
  if (algorithm !== "") return { kind: "digest", ...name, digest: `${algorithm}:${hash}` };
  return legacyRevision(text) ?? { kind: "other", text };
}

function legacyRevision(text: string): Revision | undefined {
  const slash = text.lastIndexOf("/");
  const commit = text.slice(slash + 1).toLowerCase();
  if (!gitHash.test(commit)) return undefined;
  return { kind: "commit", ...(slash > 0 ? { name: text.slice(0, slash) } : {}), commit };
}

/** @returns undefined where the revision names no git commit. */
export function commitOf(revision: string | undefined): string | undefined {
  if (revision === undefined) return undefined;
  const parsed = parseRevision(revision);
  return parsed.kind === "commit" ? parsed.commit : undefined;
}

/** As people say it: eight characters of a commit, anything else as it is written. */
export function shortRevision(revision: string | undefined): string {
  if (revision === undefined) return "nothing";
  return commitOf(revision)?.slice(0, 8) ?? revision;
}
