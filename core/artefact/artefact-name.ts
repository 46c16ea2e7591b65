/** A run takes each name once and keeps what it took, so a stage's further attempts name theirs anew. */
export function artefactOfAttempt(name: string, attempt: number): string {
  return attempt > 1 ? `${name}-${attempt}` : name;
}

/** What the last attempt published under a name; undefined when none did. */
export function newestArtefact(held: readonly string[], name: string): string | undefined {
  const attempts = held.flatMap((each) => {
    const attempt = each === name ? 1 : Number(each.slice(name.length + 1));
    const isName = Number.isSafeInteger(attempt) && artefactOfAttempt(name, attempt) === each;
    return isName ? [attempt] : [];
  });
  return attempts.length === 0 ? undefined : artefactOfAttempt(name, Math.max(...attempts));
}
