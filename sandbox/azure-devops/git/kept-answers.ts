import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

export type BackendAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

export type BackendQuestion = {
  readonly directory: string;
  /** `/info/refs`, `/git-upload-pack` or `/git-receive-pack` */
  readonly path: string;
  readonly query: string;
  /** The client's `Git-Protocol`. */
  readonly protocol: string;
  readonly body: Buffer;
};

type Kept = { readonly refs: string; readonly answers: Map<string, BackendAnswer> };

// Flux asks every few seconds which commit a branch is at, mostly of a repository in which nothing
// moved: two requests, each with two processes. Only the newest state of a repository is held, and
// of the repositories those that moved last.
const kept = new Map<string, Kept>();
const mostRepositories = 200;

/**
 * What git's backend answers about refs, taken from it once for each state of them; all else it is
 * asked anew.
 */
export async function answerOnce(
  question: BackendQuestion,
  ask: () => Promise<BackendAnswer>,
): Promise<BackendAnswer> {
  if (!isAboutRefs(question)) return ask();
  const { directory, path, query, protocol, body } = question;
  const refs = await readState(directory);
  if (refs === undefined) return ask();
  const key = digest([path, query, protocol, body]);
  const known = kept.get(directory);
  const answer = known?.refs === refs ? known.answers.get(key) : undefined;
  if (answer !== undefined) return answer;
  const fresh = await ask();
  // One that was moved meanwhile may be in the answer or not.
  if (fresh.status !== 200 || (await readState(directory)) !== refs) return fresh;
  const now = kept.get(directory);
  if (now?.refs === refs) now.answers.set(key, fresh);
  else keep(directory, { refs, answers: new Map([[key, fresh]]) });
  return fresh;
}

function keep(directory: string, state: Kept): void {
  kept.delete(directory);
  kept.set(directory, state);
  const [oldest] = kept.keys();
  if (kept.size > mostRepositories && oldest !== undefined) kept.delete(oldest);
}

// `command=ls-refs` is version 2's way to ask for them (gitprotocol-v2); a fetch names objects.
function isAboutRefs({ path, query, body }: BackendQuestion): boolean {
  if (path === "/info/refs") return query === "service=git-upload-pack";
  if (path !== "/git-upload-pack") return false;
  return body.subarray(4, 19).toString("latin1") === "command=ls-refs";
}

// The files in which git keeps its refs, as they are. Undefined while it takes one away: with a
// branch's last ref its folder goes, under the feet of whoever reads it.
async function readState(directory: string): Promise<string | undefined> {
  const options = { recursive: true, withFileTypes: true } as const;
  const below = await readdir(join(directory, "refs"), options).catch(() => undefined);
  if (below === undefined) return undefined;
  const files = [
    join(directory, "HEAD"),
    join(directory, "packed-refs"),
    ...below.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)),
  ].sort();
  const texts = await Promise.all(files.map((file) => readFile(file).catch(() => undefined)));
  return digest(files.flatMap((file, at) => [file, texts[at]]));
}

function digest(parts: readonly (string | Buffer | undefined)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part ?? "").update("\0");
  return hash.digest("hex");
}
