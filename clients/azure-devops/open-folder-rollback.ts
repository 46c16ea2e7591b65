import { HttpError, InputError, TerminalError } from "../../core/errors.ts";
import { indexFolder, inFolder, isIndexPath } from "../../core/render/ownership-index.ts";
import { automationWarnings } from "../../core/rollback/automation-warnings.ts";
import { folderDescription } from "../../core/rollback/folder-text.ts";
import { type Hold, holdPath, writeHold } from "../../core/rollback/hold.ts";
import { readBlobs } from "./blobs.ts";
import type { AzureDevOps, RepositoryRef } from "./connection.ts";
import { listTree } from "./items.ts";
import { createPullRequest, findPullRequests } from "./pull-requests.ts";
import { pushNewBranch, type PushedFile } from "./push-files.ts";
import type { OpenedRollback } from "./open-rollback.ts";

// It is sent in one request.
const largest = 20 * 1024 * 1024;

type Target = {
  readonly repo: RepositoryRef;
  readonly environment: string;
  /** Without `refs/heads/`. */
  readonly branch: string;
  /** The environment's folder; "" where it is the repository's root. */
  readonly path: string;
  /** Head of the branch, as somebody has seen it, and the earlier commit. */
  readonly tip: string;
  readonly to: string;
  readonly reason: string;
  readonly hold?: Hold | undefined;
};

/**
 * Opens the pull request that takes the whole folder of an environment back, with what no delivery
 * owns, or finds the one that does so already. Holds and freezes are about now: they stay. With `hold`
 * every delivery that is taken back is held, or its next run would deploy again what was left.
 */
export async function openFolderRollback(ado: AzureDevOps, of: Target): Promise<OpenedRollback> {
  const { repo, environment, branch, path, tip, to, reason, hold } = of;
  const past = to.slice(0, 8);
  const sourceRef = `refs/heads/rollback/${environment}/${past}-on-${tip.slice(0, 8)}`;
  const targetRef = `refs/heads/${branch}`;
  const [known] = await findPullRequests(ado, { repo, status: "active", sourceRef, targetRef });
  const source = known?.lastMergeSourceCommit?.commitId;
  if (known !== undefined && source !== undefined) return { pullRequest: known, commit: source };
  const { files, deliveries } = await readWayBack(ado, of);
  if (files.length === 0) {
    throw new InputError([{ message: `${branch} holds just that already` }], {
      code: "rollback-refused",
      hint: "Choose an earlier commit.",
    });
  }
  const title = `Take ${environment} back to ${past}`;
  const holds = hold === undefined ? [] : deliveries.map((one) => holdFile(path, one, hold));
  const commit = await pushNewBranch(ado, {
    ...{ repo, ref: sourceRef, onto: tip, message: `${title}\n\n${reason.trim()}\n` },
    files: [...files, ...holds],
  });
  const decode = new TextDecoder();
  const warnings = automationWarnings(
    files.flatMap(({ path: file, content }) =>
      content === undefined ? [] : [[file, decode.decode(content)] as const],
    ),
  );
  const pullRequest = await createPullRequest(ado, {
    ...{ repo, sourceRef, targetRef, title },
    description: folderDescription({
      ...{ path, to, reason, warnings, files: files.length },
      holds: holds.map((one) => one.path),
    }),
  });
  return { pullRequest, commit };
}

async function readWayBack(
  ado: AzureDevOps,
  { repo, path, tip, to }: Target,
): Promise<{ readonly files: readonly PushedFile[]; readonly deliveries: readonly string[] }> {
  const list = (commit: string) => listTree(ado, { repo, commit, path, recursive: true });
  const [here, wanted] = await Promise.all([list(tip), list(to)]);
  // An empty answer is no empty folder: nothing is deleted on its word.
  if (wanted.length === 0) {
    throw new TerminalError(`Failed to go back: ${path} had no files then, or was not answered`, {
      code: "rollback-refused",
      hint: "Choose another commit.",
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
