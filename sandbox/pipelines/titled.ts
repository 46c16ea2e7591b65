/** `SucceededWithIssues`, `StepList`, `True`: as the service writes a word in what it answers. */
export function titled(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
