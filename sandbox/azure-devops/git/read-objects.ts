import { runGitForBytes } from "./run-git.ts";

const wholeId = /^[0-9a-f]{40}(\^\{\w+\}|:.*)?$/s;
const maxBytes = 64 * 1024 * 1024;

// What git says of objects that are named by their whole ids stays so, and nothing is collected
// here. Clients ask for the same ones all the time, and each question would be a process.
const answers = new Map<string, Promise<Buffer>>();
let held = 0;

/**
 * Runs a command of git that only reads what `objects` name; asked again, it is not run again where
 * those are whole ids. @throws GitFailure
 */
export function readObjects(
  directory: string,
  command: readonly string[],
  { objects, paths }: { readonly objects: readonly string[]; readonly paths?: readonly string[] },
): Promise<Buffer> {
  const args = [...command, ...objects, ...(paths === undefined ? [] : ["--", ...paths])];
  if (!objects.every((each) => wholeId.test(each))) return runGitForBytes(directory, args);
  const question = JSON.stringify([directory, ...args]);
  const known = answers.get(question);
  if (known !== undefined) return known;
  const answer = runGitForBytes(directory, args);
  answers.set(question, answer);
  answer.then(
    (bytes) => keepWithin(question.length + bytes.length),
    // It may come with the next push.
    () => answers.delete(question),
  );
  return answer;
}

function keepWithin(more: number): void {
  held += more;
  if (held <= maxBytes) return;
  answers.clear();
  held = 0;
}
