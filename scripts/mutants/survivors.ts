// Where only tests were added, those mutants alone need be asked again that nobody noticed before.
import type { Mutant, Report } from "./report.ts";

type Files = Report["files"];

/** `core/diff/mask.ts:12-14`, as Stryker takes lines: of each survivor of what is asked about. */
export function survivingLines(files: Files, asked: readonly string[]): string[] {
  const isAsked = (path: string) => asked.some((one) => path.startsWith(one));
  const lines = Object.entries(files)
    .filter(([path]) => isAsked(path))
    .flatMap(([path, { mutants }]) =>
      mutants
        .filter(isSurvivor)
        .map(({ location: { start, end } }) => `${path}:${start.line}-${end.line}`),
    );
  return [...new Set(lines)];
}

/** What was known, with what was found now of the same mutants. */
export function withAnswers(known: Files, found: Files): Files {
  const answers = new Map(
    Object.entries(found).flatMap(([path, { mutants }]) =>
      mutants.map((one) => [keyOf(path, one), one.status] as const),
    ),
  );
  const all = Object.entries(known).map(([path, { source, mutants }]) => {
    const asked = mutants.map((one) => {
      // One that was noticed once is so: this time fewer tests may have been asked.
      const status = isSurvivor(one) ? (answers.get(keyOf(path, one)) ?? one.status) : one.status;
      return { ...one, status };
    });
    return [path, { source, mutants: asked }] as const;
  });
  return Object.fromEntries(all);
}

/** Whether no test noticed a mutant, or none came by it. */
export function isSurvivor({ status }: Mutant): boolean {
  return status === "Survived" || status === "NoCoverage";
}

function keyOf(path: string, { mutatorName, replacement, location }: Mutant): string {
  return JSON.stringify([path, mutatorName, replacement, location]);
}
