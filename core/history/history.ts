// What an environment was changed by, one entry a commit of its branch: for people who ask who, what,
// when, and approved by whom.

export type HistoryEntry = {
  readonly commit: string;
  /** ISO 8601: when it came to the branch. */
  readonly when: string;
  readonly title: string;
  readonly deliveries: readonly string[];
  /** `<repository>@<sha>` of the code, as the commit's trailers say. */
  readonly code: string | null;
  readonly run: string | null;
  /** Whom the run that the commit names was for: anybody who may push can name one. Else {@link broughtBy}. */
  readonly who: string | null;
  /** Whose pull request or push it was by the service: of a run's the build service. */
  readonly broughtBy: string | null;
  readonly pullRequest: string | null;
  readonly approvedBy: readonly string[];
  readonly completedBy: string | null;
  /** The connector's last word on it. */
  readonly result: string | null;
  readonly resultAt: string | null;
  /** Anybody may post a status: whose it is. */
  readonly resultBy: string | null;
  /** What could not be read, with the reason; the fields that it concerns are empty. */
  readonly notRead: readonly string[];
};

const columns = [
  ...(["commit", "when", "title", "deliveries", "code", "run", "who", "broughtBy"] as const),
  ...([
    "pullRequest",
    "approvedBy",
    "completedBy",
    "result",
    "resultAt",
    "resultBy",
    "notRead",
  ] as const),
];

/** RFC 4180, a line an entry; no cell is a formula to whatever opens it. */
export function historyCsv(entries: readonly HistoryEntry[]): string {
  const lines = entries.map((entry) => columns.map((column) => cell(entry[column])).join(","));
  return [columns.join(","), ...lines].join("\r\n");
}

function cell(value: string | readonly string[] | null): string {
  const text = (typeof value === "string" ? value : (value ?? []).join("; ")).replace(/\s+/g, " ");
  // Spreadsheets calculate what begins so (OWASP: CSV injection), spaces before it or not.
  const safe = /^\s*[=+\-@|%\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text;
  return /[",;']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function historyJson(entries: readonly HistoryEntry[]): string {
  return JSON.stringify(entries, undefined, 2);
}
