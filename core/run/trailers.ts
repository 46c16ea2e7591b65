// Trailers of the commits that Fluxgate makes: which run a carrier belongs to.

export type CommitTrailers = {
  /** `<repository>@<sha>` of the code that was rendered. */
  readonly source: string;
  /** Web address of the run. */
  readonly run: string;
  readonly delivery: string;
  readonly environment: string;
  /**
   * `none`: there was nothing to change; `pushed`: straight to the target branch;
   * `rollback`: an earlier state was taken back on purpose. Absent: the render
   * on a run's branch, or what an older version made.
   */
  readonly operation?: "none" | "pushed" | "rollback";
  /** When the attempt of its stage started, as an ISO date; older versions did not say. */
  readonly started?: string;
};

/** A block for the end of a commit message, no line feed at its end. */
export function writeTrailers(trailers: CommitTrailers): string {
  const { source, run, delivery, environment, operation, started } = trailers;
  return [
    `Fluxgate-Source: ${oneLine(source)}`,
    `Fluxgate-Run: ${oneLine(run)}`,
    `Fluxgate-Environment: ${delivery}/${environment}`,
    ...(started === undefined ? [] : [`Fluxgate-Started: ${oneLine(started)}`]),
    ...(operation === undefined ? [] : [`Fluxgate-Operation: ${operation}`]),
  ].join("\n");
}

/**
 * Reads the last paragraph of a commit message.
 * @returns undefined unless source, run and environment stand there, each once.
 */
export function parseTrailers(message: string): CommitTrailers | undefined {
  const block =
    message
      .replaceAll("\r", "")
      .trimEnd()
      .split(/\n\s*\n/)
      .at(-1) ?? "";
  const source = only(block, "Fluxgate-Source");
  const run = only(block, "Fluxgate-Run");
  const [delivery, environment, ...rest] = only(block, "Fluxgate-Environment")?.split("/") ?? [];
  if (source === undefined || run === undefined || rest.length > 0) return undefined;
  if (!delivery || !environment) return undefined;
  const started = only(block, "Fluxgate-Started");
  const operation = only(block, "Fluxgate-Operation");
  return {
    ...{ source, run, delivery, environment },
    ...(started === undefined ? {} : { started }),
    ...(isOperation(operation) ? { operation } : {}),
  };
}

function isOperation(text: string | undefined): text is NonNullable<CommitTrailers["operation"]> {
  return text === "none" || text === "pushed" || text === "rollback";
}

function only(block: string, key: string): string | undefined {
  const values = block
    .split("\n")
    .filter((line) => line.toLowerCase().startsWith(`${key.toLowerCase()}:`))
    .map((line) => line.slice(key.length + 1).trim());
  return values.length === 1 && values[0] !== "" ? values[0] : undefined;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
