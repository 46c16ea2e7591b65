import { randomUUID } from "node:crypto";
import { lstat, mkdir, readFile, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { TerminalError, causeText } from "../../core/errors.ts";
import { isRecord } from "../../core/manifests/parse.ts";
import { journalFolder } from "./write-journal.ts";

const longestWaitMs = 60_000;
/** An owner on another machine cannot be asked; after this time it counts as gone. */
const longestHoldMs = 10 * 60_000;
/** Locks that this process holds. */
const held = new Set<string>();

/**
 * Does something while no other render changes the folder. A lock whose process is gone is taken
 * over; one that is held is waited for.
 * @throws TerminalError when it stays held, or the file system refuses.
 */
export async function runWhileLocked<Result>(
  root: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const made = await makeFolderOrRefuse(root);
  const folder = join(root, journalFolder);
  const id = await acquire(folder, root);
  held.add(id);
  try {
    return await work();
  } finally {
    held.delete(id);
    await rm(join(folder, "owner.json"), { force: true }).catch(() => {});
    // Neither is removed while it holds something.
    await rmdir(folder).catch(() => {});
    if (made !== undefined) await rmdir(root).catch(() => {});
  }
}

async function makeFolderOrRefuse(root: string): Promise<string | undefined> {
  try {
    return await mkdir(root, { recursive: true });
  } catch (cause) {
    throw refused(root, causeText(cause), cause);
  }
}

async function acquire(folder: string, root: string): Promise<string> {
  const id = randomUUID();
  const owner = JSON.stringify({ id, pid: process.pid, host: hostname() });
  for (let waited = 0; waited < longestWaitMs;) {
    try {
      await mkdir(folder, { recursive: true });
      if (!(await lstat(folder)).isDirectory()) throw refused(root, `${folder} is a link`);
      await writeFile(join(folder, "owner.json"), owner, { flag: "wx" });
      return id;
    } catch (cause) {
      if (cause instanceof TerminalError) throw cause;
      const code: unknown = Reflect.get(Object(cause), "code");
      if (code === "ENOENT") continue;
      if (code !== "EEXIST") throw refused(root, causeText(cause), cause);
    }
    const gone = await findGoneOwner(folder);
    if (gone !== undefined) await takeAway(folder, { gone, id });
    else {
      await pause(50);
      waited += 50;
    }
  }
  const { pid, host } = await readOwnerOf(folder);
  const who = pid === undefined ? "another render" : `process ${pid} on ${host}`;
  throw refused(root, `${who} is writing there. If it is not, remove ${folder}`);
}

/** The id of an owner that will not come back. */
async function findGoneOwner(folder: string): Promise<string | undefined> {
  const found = await stat(join(folder, "owner.json")).catch(() => undefined);
  if (found === undefined) return undefined;
  const age = Date.now() - found.mtimeMs;
  const { id, pid, host } = await readOwnerOf(folder);
  if (age > longestHoldMs) return id;
  // Killed between making the file and filling it.
  if (pid === undefined) return age > 10_000 ? id : undefined;
  if (host !== hostname()) return undefined;
  const isThere = pid === process.pid ? held.has(id) : isRunning(pid);
  return isThere ? undefined : id;
}

// Another one may have done so, and hold the lock since.
async function takeAway(
  folder: string,
  { gone, id }: { readonly gone: string; readonly id: string },
): Promise<void> {
  if ((await readOwnerOf(folder)).id !== gone) return;
  const aside = join(folder, `gone-${id}`);
  await rename(join(folder, "owner.json"), aside).catch(() => {});
  await rm(aside, { force: true });
}

type Owner = { readonly id: string; readonly pid?: number; readonly host: string };

async function readOwnerOf(folder: string): Promise<Owner> {
  try {
    const value: unknown = JSON.parse(await readFile(join(folder, "owner.json"), "utf8"));
    if (isRecord(value) && Number.isSafeInteger(value["pid"]) && Number(value["pid"]) > 0) {
      return { id: String(value["id"]), pid: Number(value["pid"]), host: String(value["host"]) };
    }
  } catch {
    // Told by a missing pid.
  }
  return { id: "", host: "" };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return Reflect.get(Object(error), "code") === "EPERM";
  }
}

function refused(root: string, why: string, cause?: unknown): TerminalError {
  return new TerminalError(`Failed to write the render into ${root}: ${why}`, {
    code: "output-not-written",
    hint: "Nothing in it was changed. Check the folder's rights and the free space, then render again.",
    cause,
  });
}
