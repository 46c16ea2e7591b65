/** The command line is wrong; `fluxgate` prints the message, how to get help, and ends with code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The value of --organisation without slashes at its end. @throws UsageError */
export function organisationUrl(given: string): string {
  if (!/^https?:\/\/[^/]/.test(given) || !URL.canParse(given)) {
    throw new UsageError(
      `--organisation ${given} is no web address (https://dev.azure.com/fabrikam)`,
    );
  }
  return given.replace(/\/+$/, "");
}
