import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { InputError, TerminalError } from "../../core/errors.ts";
import {
  lockProblems,
  parseToolLock,
  toolLockFile,
  type FoundTool,
  type ToolLock,
} from "../../core/render/tool-lock.ts";
import { findTool } from "./find-tool.ts";
import type { Root } from "../inputs/contained-files.ts";

export const thisPlatform = `${process.platform}-${process.arch}`;

/**
 * The lock of a checkout; undefined: it has none.
 * @throws InputError with what is wrong in it.
 */
export async function readToolLock({ path }: Root): Promise<ToolLock | undefined> {
  const text = await readFile(join(path, toolLockFile), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const { lock, problems } = parseToolLock(text, toolLockFile);
  if (lock === undefined) throw new InputError(problems);
  return lock;
}

/** @throws TerminalError `tool-missing` */
export async function lookForTools(
  versions: Readonly<Record<string, string>>,
): Promise<readonly FoundTool[]> {
  return Promise.all(
    Object.entries(versions).map(async ([tool, version]) => {
      const file = findTool(tool);
      if (file === undefined) {
        const hint = `Install ${tool}, or name the folder where it lies.`;
        const options = { code: "tool-missing", hint };
        throw new TerminalError(`Failed to run ${tool}: it is not on PATH`, options);
      }
      const hash = createHash("sha256");
      await pipeline(createReadStream(file), hash);
      return { tool, version, sha256: hash.digest("hex") };
    }),
  );
}

/**
 * Nothing where the checkout has no lock.
 * @throws InputError `tool-not-locked` with every tool that is another than the locked one.
 */
export async function demandLockedTools(
  root: Root,
  versions: Readonly<Record<string, string>>,
): Promise<void> {
  const lock = await readToolLock(root);
  if (lock === undefined) return;
  const problems = lockProblems(lock, await lookForTools(versions), thisPlatform);
  if (problems.length === 0) return;
  throw new InputError(problems, {
    code: "tool-not-locked",
    hint: "Put the locked tools in front, or lock these: fluxgate lock.",
  });
}
