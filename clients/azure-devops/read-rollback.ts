import { compareManifests, type Comparison } from "../../core/diff/compare-manifests.ts";
import type { ManifestFile } from "../../core/diff/read-objects.ts";
import { automationWarnings } from "../../core/rollback/automation-warnings.ts";
import { InputError, TerminalError } from "../../core/errors.ts";
import { manifestsIn } from "../../core/render/manifests-in.ts";
import {
  indexPath,
  inFolder,
  type OwnershipIndex,
  parseOwnershipIndex,
} from "../../core/render/ownership-index.ts";
import { imagesAfter } from "../../core/rollback/images-after.ts";
import {
  planRollback,
  type RollbackFile,
  type RollbackPlan,
} from "../../core/rollback/plan-rollback.ts";
import { statusGenre } from "../../core/run/letter.ts";
import { readBlobs } from "./blobs.ts";
import { getCommit } from "./commits.ts";
import type { AzureDevOps, RepositoryRef } from "./connection.ts";
import { findTree, listTree, type TreeFile } from "./items.ts";
import { listRefs } from "./refs.ts";
import { listStatuses } from "./statuses.ts";

export type RollbackTarget = {
  readonly repo: RepositoryRef;
  /** Without `refs/heads/`. */
  readonly targetBranch: string;
  /** The environment's folder in the repository. */
  readonly path: string;
  readonly delivery: string;
  readonly environment: string;
  /** All apps of the delivery when absent. */
  readonly app?: string | undefined;
  /** The earlier commit. */
  readonly to: string;
};

/** What a rollback would change, before anything is written: a page can show it. */
export type ReadRollback<Diff extends Comparison = Comparison> = {
  /** Head of the target branch that it was read at. */
  readonly tip: string;
  readonly plan: RollbackPlan;
  /** Paths in the repository. */
  readonly writes: readonly {
    readonly path: string;
    readonly content: Uint8Array;
    readonly isNew: boolean;
  }[];
  readonly deletes: readonly string[];
  readonly indexes: { readonly before: OwnershipIndex; readonly after: OwnershipIndex };
  readonly diff: Diff;
  /** Whether the earlier commit was reported healthy, in words. */
  readonly health: string;
  readonly warnings: readonly string[];
};

/** Compares two sides; a page does it beside itself, and gets more than what differs. */
export type CompareSides<Diff extends Comparison = Comparison> = (
  before: readonly ManifestFile[],
  after: readonly ManifestFile[],
) => Diff | Promise<Diff>;

/** @throws InputError where it cannot be taken back, TerminalError where there is nothing to read. */
export function readRollback(ado: AzureDevOps, target: RollbackTarget): Promise<ReadRollback>;
export function readRollback<Diff extends Comparison>(
  ado: AzureDevOps,
  target: RollbackTarget,
  compare: CompareSides<Diff>,
): Promise<ReadRollback<Diff>>;
export async function readRollback(
  ado: AzureDevOps,
  target: RollbackTarget,
  compare: CompareSides = compareManifests,
): Promise<ReadRollback> {
  const { repo, targetBranch, path, environment, to } = target;
  const ref = `refs/heads/${targetBranch}`;
  const refs = await listRefs(ado, { repo, filter: `heads/${targetBranch}` });
  const tip = refs.find(({ name }) => name === ref)?.objectId;
  if (tip === undefined) throw missing(`the repository has no branch ${targetBranch}`);
  if ((await getCommit(ado, { repo, commit: to })) === undefined) {
    throw missing(`the repository has no commit ${to}`);
  }
  const [then, now] = [
    await readSide(ado, { target, commit: to }),
    await readSide(ado, { target, commit: tip }),
  ];
  const plan = planRollback({ then, now, app: target.app });
  const high = planHighLevel(plan.apps, {
    then: await listHighLevel(ado, { repo, commit: to, environment }),
    now: await listHighLevel(ado, { repo, commit: tip, environment }),
  });
  const owned = (index: OwnershipIndex, file: RollbackFile) => index.files[file.path] !== undefined;
  const old = now.files.filter((file) => owned(now.index, file));
  const next = [
    ...old.filter(
      ({ path: one }) =>
        !plan.deletes.includes(one) && !plan.writes.some((each) => each.path === one),
    ),
    ...plan.writes,
  ];
  const ids = [...old, ...next, ...high.writes].map(({ blob }) => blob);
  const contents = await readBlobs(ado, { repo, ids });
  const bytesOf = ({ path: one, blob }: RollbackFile): Uint8Array => {
    const content = contents.get(blob);
    if (content instanceof Uint8Array) return content;
    throw missing(`${one} cannot be read${content === undefined ? "" : `: ${content.message}`}`);
  };
  const texts = (files: readonly RollbackFile[]) =>
    manifestsIn(files.map((file) => ({ path: file.path, text: decode(bytesOf(file)) })));
  const known = new Set(now.files.map((file) => file.path));
  const diff = await compare(texts(old), texts(next));
  const index = indexAfter({ target, now: plan.index, diff, next: texts(next) });
  return {
    tip,
    plan: { ...plan, index },
    writes: [
      ...plan.writes.map((file) => ({
        path: inFolder(path, file.path),
        content: bytesOf(file),
        isNew: !known.has(file.path),
      })),
      ...high.writes.map((file) => ({
        path: `high-level/${environment}/${file.path}`,
        content: bytesOf(file),
        isNew: file.isNew,
      })),
    ],
    deletes: [
      ...plan.deletes.map((one) => inFolder(path, one)),
      ...high.deletes.map((one) => `high-level/${environment}/${one}`),
    ],
    indexes: { before: now.index, after: index },
    diff,
    health: await askHealth(ado, target),
    warnings: automationWarnings(plan.writes.map((file) => [file.path, decode(bytesOf(file))])),
  };
}

/** Of one app's way back: the delivery's images are no longer those of its newest render. */
function indexAfter(of: {
  readonly target: RollbackTarget;
  readonly now: OwnershipIndex;
  readonly diff: Comparison;
  readonly next: readonly ManifestFile[];
}): OwnershipIndex {
  const { target, now, diff, next } = of;
  const { app } = target;
  if (app === undefined) return now;
  const others = next.filter(({ path }) => now.files[path]?.app !== app).map(({ text }) => text);
  const { provenance } = now;
  const images = imagesAfter({ now: provenance.images, changes: diff.images, others });
  return { ...now, provenance: { ...provenance, images } };
}

async function readSide(
  ado: AzureDevOps,
  { target, commit }: { readonly target: RollbackTarget; readonly commit: string },
) {
  const { repo, path, delivery, environment } = target;
  const files = await listFolder(ado, { repo, commit, folder: path });
  const own = indexPath(delivery);
  const file = files.find((each) => each.path === own);
  const where = `${inFolder(path, own)} at ${commit.slice(0, 12)}`;
  if (file === undefined) throw missing(`there is no ${where}: ${delivery} was not rendered there`);
  const content = (await readBlobs(ado, { repo, ids: [file.blob] })).get(file.blob);
  if (!(content instanceof Uint8Array)) throw missing(`${where} cannot be read`);
  const { index, problems } = parseOwnershipIndex(decode(content), where);
  if (index === undefined) throw new InputError(problems);
  if (index.environment !== environment) {
    throw missing(`${where} is of environment ${index.environment}, not of ${environment}`);
  }
  return { files, index };
}

async function listFolder(
  ado: AzureDevOps,
  of: { readonly repo: RepositoryRef; readonly commit: string; readonly folder: string },
): Promise<readonly RollbackFile[]> {
  const { repo, commit, folder } = of;
  return filesBelow(folder, await listTree(ado, { repo, commit, path: folder, recursive: true }));
}

// Many repositories have none; one that was not seen would be taken for one to delete.
async function listHighLevel(
  ado: AzureDevOps,
  of: { readonly repo: RepositoryRef; readonly commit: string; readonly environment: string },
): Promise<readonly RollbackFile[]> {
  const { repo, commit, environment } = of;
  const path = `high-level/${environment}`;
  return filesBelow(path, await findTree(ado, { repo, commit, path }));
}

function filesBelow(folder: string, files: readonly TreeFile[]): readonly RollbackFile[] {
  const start = folder === "" ? "" : `${folder}/`;
  return files
    .filter((file) => file.path.startsWith(start))
    .map((file) => ({ path: file.path.slice(start.length), blob: file.blob }));
}

/** The high-level folder of an app goes back as a whole. */
function planHighLevel(
  apps: readonly string[],
  { then, now }: { readonly then: readonly RollbackFile[]; readonly now: readonly RollbackFile[] },
) {
  const own = (files: readonly RollbackFile[]) =>
    files.filter((file) => apps.includes(file.path.split("/")[0] ?? ""));
  const blobs = new Map(own(now).map((file) => [file.path, file.blob]));
  const wanted = new Set(own(then).map((file) => file.path));
  return {
    writes: own(then)
      .filter((file) => blobs.get(file.path) !== file.blob)
      .map((file) => ({ ...file, isNew: !blobs.has(file.path) })),
    deletes: [...blobs.keys()].filter((path) => !wanted.has(path)),
  };
}

/** Anyone may post a status: who said it is said. */
async function askHealth(
  ado: AzureDevOps,
  { repo, to, delivery, environment }: RollbackTarget,
): Promise<string> {
  const name = `${delivery}/${environment}`;
  const statuses = await listStatuses(ado, { repo, commit: to });
  const own = statuses.filter(
    ({ context }) => context.genre === statusGenre && context.name === name,
  );
  const newest = own.reduce<(typeof own)[number] | undefined>(
    (best, one) => (best !== undefined && best.id > one.id ? best : one),
    undefined,
  );
  if (newest === undefined) return "Nothing on that commit says that it was healthy.";
  const who = newest.createdBy?.displayName ?? "somebody";
  return `The last report on that commit, by ${who}: ${newest.state}.`;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function missing(message: string): TerminalError {
  return new TerminalError(`Failed to read the rollback: ${message}`, { code: "rollback-refused" });
}
