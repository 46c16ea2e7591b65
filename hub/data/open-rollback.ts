import { readBlobs } from "../../clients/azure-devops/blobs.ts";
import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { listTree } from "../../clients/azure-devops/items.ts";
import { createPullRequest, findPullRequests } from "../../clients/azure-devops/pull-requests.ts";
import { pushNewBranch, type PushedFile } from "../../clients/azure-devops/push-files.ts";
import { HttpError, TerminalError } from "../../core/errors.ts";
import { indexFolder, inFolder, isIndexPath } from "../../core/render/ownership-index.ts";
import { type Hold, holdPath, writeHold } from "../../core/rollback/hold.ts";
import type { Moment } from "./compare-folders.ts";

// A browser sends it in one request.
const largest = 20 * 1024 * 1024;

/**
 * Opens the pull request that takes the folder of an environment back to a moment, or finds the one
 * that does so already. Holds and freezes are about now: they stay. With `hold` every delivery that is
 * taken back is held, or its next run would deploy again what was left. @returns its number
 */
export async function openRollback(
  ado: AzureDevOps,
  of: {
    readonly environment: string;
    /** Without `refs/heads/`. */
    readonly branch: string;
    readonly now: Moment;
    readonly then: Moment;
    readonly hold?: Hold | undefined;
  },
): Promise<number> {
  const { environment, branch, now, then, hold } = of;
  const { repo } = now;
  const [head, past] = [now, then].map(({ commit }) => commit.slice(0, 8));
  const sourceRef = `refs/heads/rollback/${environment}/${past}-on-${head}`;
  const targetRef = `refs/heads/${branch}`;
  const open = await findPullRequests(ado, { repo, status: "active", sourceRef, targetRef });
  const [known] = open;
  if (known !== undefined) return known.pullRequestId;
  const { files, deliveries } = await readWayBack(ado, { now, then });
  if (files.length === 0) {
    throw new TerminalError(`Failed to go back to ${past}: nothing would change`, {
      code: "nothing-to-roll-back",
    });
  }
  const title = `Take ${environment} back to ${past}`;
  const holds = hold === undefined ? [] : deliveries.map((one) => holdFile(now.path, one, hold));
  await pushNewBranch(ado, {
    ...{ repo, ref: sourceRef, onto: now.commit, message: title },
    files: [...files, ...holds],
  });
  const made = await createPullRequest(ado, {
    ...{ repo, sourceRef, targetRef, title },
    description: [
      `Sets ${files.length === 1 ? "1 file" : `${files.length} files`} of ${now.path || "the repository"} to what they were at ${then.commit}.`,
      holds.length === 0
        ? "The next run of a delivery proposes its own version again."
        : `Held at it until a pull request deletes the file: ${holds.map((one) => one.path).join(", ")}.`,
    ].join("\n\n"),
  });
  return made.pullRequestId;
}

async function readWayBack(
  ado: AzureDevOps,
  { now, then }: { readonly now: Moment; readonly then: Moment },
): Promise<{ readonly files: readonly PushedFile[]; readonly deliveries: readonly string[] }> {
  const { repo, path } = now;
  const list = (commit: string) => listTree(ado, { repo, commit, path, recursive: true });
  const [here, wanted] = await Promise.all([list(now.commit), list(then.commit)]);
  // An empty answer is no empty folder: nothing is deleted on its word.
  if (wanted.length === 0) {
    throw new TerminalError(`Failed to go back: ${path} had no files then, or was not answered`, {
      code: "nothing-to-roll-back",
    });
  }
  const isKept = (file: string) =>
    file.startsWith(inFolder(path, `${indexFolder}/`)) && /(?:\.hold|\/freeze)\.json$/.test(file);
  const old = new Map(wanted.map((file) => [file.path, file.blob]));
  const live = new Map(here.map((file) => [file.path, file.blob]));
  const changed = [...old].filter(([file, blob]) => live.get(file) !== blob && !isKept(file));
  const gone = [...live.keys()].filter((file) => !old.has(file) && !isKept(file));
  const contents = await readBlobs(ado, { repo, ids: changed.map(([, blob]) => blob) });
  let size = 0;
  const files = changed.map(([file, blob]): PushedFile => {
    const content = contents.get(blob);
    if (content === undefined || content instanceof HttpError) {
      throw (
        content ?? new TerminalError(`Failed to read ${file} as it was`, { code: "not-compared" })
      );
    }
    size += content.length;
    return { path: file, content, exists: live.has(file) };
  });
  if (size > largest) {
    throw new TerminalError(`Failed to go back: ${size} bytes are too many for a browser`, {
      code: "rollback-too-large",
      hint: "Make the commit with git.",
    });
  }
  // What a delivery owns changes with its index; one that is held already stays so.
  const deliveries = [...changed.map(([file]) => file), ...gone]
    .filter((file) => file.startsWith(inFolder(path, "")))
    .map((file) => file.slice(inFolder(path, "").length))
    .filter(isIndexPath)
    .map((file) => file.slice(indexFolder.length + 1, -".json".length))
    .filter((delivery) => !live.has(inFolder(path, holdPath(delivery))));
  return { files: [...files, ...gone.map((file) => ({ path: file, exists: true }))], deliveries };
}

function holdFile(folder: string, delivery: string, hold: Hold): PushedFile {
  const content = new TextEncoder().encode(writeHold(hold));
  return { path: inFolder(folder, holdPath(delivery)), content, exists: false };
}
