import { freezeProblem, freezeText, holdsBack, judgeFreeze } from "../freeze/freeze.ts";
import type { CommitFiles } from "./flux-roots.ts";
import type { MergeFinding } from "./merge-finding.ts";

type Merge = {
  readonly before: CommitFiles;
  readonly after: CommitFiles;
  readonly changed: readonly string[];
  /** Ms since 1970. */
  readonly now: number;
};

const freezeFile = /^(.*\/|)\.fluxgate\/freeze\.json$/;

/**
 * A freeze that this merge brings must mean something; one that stands is only said: this judges
 * once, and a freeze begins and ends by the clock. The connector's status decides.
 */
export function freezeFindings({ before, after, changed, now }: Merge): readonly MergeFinding[] {
  const brought = changed.flatMap((file): readonly MergeFinding[] => {
    const text = freezeFile.test(file) ? after.get(file) : undefined;
    const problem = text === undefined ? undefined : freezeProblem(text, file);
    return problem ? [{ severity: "error", message: problem.message, file }] : [];
  });
  const standing = [...before].flatMap(([file, text]): readonly MergeFinding[] => {
    const folder = freezeFile.exec(file)?.[1];
    if (folder === undefined) return [];
    const first = changed.find((path) => path.startsWith(folder) && path !== file);
    const state = judgeFreeze(text, { now });
    if (first === undefined || !holdsBack(state)) return [];
    const name = "freeze" in state ? state.freeze.environment : folder.replace(/\/$/, "");
    const message = `${freezeText(state, name)}. The status freeze/${name} says when it may be merged`;
    return [{ severity: "warning", message, file: first }];
  });
  return [...brought, ...standing];
}
