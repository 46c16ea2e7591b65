import { reasonOf } from "./equivalents.ts";
import type { File, Report } from "./report.ts";
import { isInSample, oneIn } from "./sample.ts";
import { isSurvivor } from "./survivors.ts";

type Scores = Report & {
  readonly folders: readonly string[];
  /** Per cent of each folder. */
  readonly least: number;
  /** Whose survivors are listed: all where nothing is named. */
  readonly named: readonly string[];
};

/** By folder, then those that no test noticed, with the reason where it is known. */
export function printScores({ files, folders, least, named }: Scores): boolean {
  let within = true;
  for (const folder of folders) {
    const own = Object.entries(files).filter(([path]) => path.startsWith(`${folder}/`));
    const mutants = own.flatMap(([, file]) => file.mutants).filter(({ id }) => isInSample(id));
    const killed = mutants.filter(({ status }) => ["Killed", "Timeout"].includes(status)).length;
    const missed = own.flatMap(([path, file]) => survivorsOf(path, file));
    const all = killed + missed.length;
    if (all === 0) continue;
    const score = (100 * killed) / all;
    within &&= score >= least;
    const open = missed.filter(({ why }) => why === undefined).length;
    const part = oneIn === 1 ? "" : `, one in ${oneIn}`;
    console.log(
      `${folder}: ${score.toFixed(1)} % of ${all}${part} killed (budget ${least} %), ${own.length} files; ` +
        `${missed.length} survived, ${open} of them without a reason`,
    );
    for (const one of missed) {
      if (named.length > 0 && !named.some((name) => one.path.startsWith(name))) continue;
      console.log(`  ${one.said}`);
      if (one.why !== undefined) console.log(`    nobody could see it: ${one.why}`);
    }
  }
  return within;
}

function survivorsOf(path: string, { source, mutants }: File) {
  const lines = source.split("\n");
  return mutants
    .filter((one) => isInSample(one.id) && isSurvivor(one))
    .map(({ status, mutatorName: mutator, replacement, location: { start, end } }) => {
      const code = lines[start.line - 1]?.trim() ?? "";
      const changed = lines.slice(start.line - 1, end.line);
      changed.push((changed.pop() ?? "").slice(0, end.column - 1));
      const text = flat(changed.join("\n").slice(start.column - 1));
      const to = flat(replacement ?? "");
      const said = `${path}:${start.line} ${status} ${mutator}: ${code} | ${text.slice(0, 90)} ⇒ ${to.slice(0, 90)}`;
      return { path, said, why: reasonOf({ path, code, text, to, mutator, status }) };
    });
}

function flat(text: string): string {
  return text.replace(/\s+/g, " ");
}
