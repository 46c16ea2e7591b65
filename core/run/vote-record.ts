// The pull request's properties `Fluxgate.Vote.<identity>`: what was on the screen of whoever voted
// in the hub. Whoever may contribute can write them: words beside the vote, which alone counts.

const prefix = "Fluxgate.Vote.";

/** What one vote was given for. */
export type VoteRecord = {
  /** Of the compared result: `seenDigest`. */
  readonly digest: string;
  /** Head of the source branch. */
  readonly source: string;
  /** The commits that were compared. */
  readonly before: string;
  readonly after: string;
  /** ISO 8601, the organisation's own time. */
  readonly at: string;
};

export function voteProperty(identity: string): string {
  return `${prefix}${identity}`;
}

export function writeVoteRecord({ digest, source, before, after, at }: VoteRecord): string {
  return JSON.stringify({ digest, source, before, after, at });
}

/** By identity; what was written by something else is left out. */
export function parseVoteRecords(
  properties: Readonly<Record<string, string>>,
): ReadonlyMap<string, VoteRecord> {
  const found = Object.entries(properties).flatMap(([name, text]) => {
    const record = name.startsWith(prefix) ? parseRecord(text) : undefined;
    return record === undefined ? [] : [[name.slice(prefix.length).toLowerCase(), record] as const];
  });
  return new Map(found);
}

const commit = /^[0-9a-f]{40}$/;

function parseRecord(text: string): VoteRecord | undefined {
  try {
    const value = JSON.parse(text) as Partial<Record<keyof VoteRecord, unknown>> | null;
    const { digest, source, before, after, at } = value ?? {};
    const commits = [source, before, after].every(
      (id) => typeof id === "string" && commit.test(id),
    );
    const isWhole = typeof digest === "string" && /^\d+-[0-9a-f]{32}$/.test(digest) && commits;
    if (!isWhole || typeof at !== "string" || Number.isNaN(Date.parse(at))) return undefined;
    return value as VoteRecord;
  } catch {
    return undefined;
  }
}
