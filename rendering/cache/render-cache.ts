import {
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { sha256 } from "../../clients/sha256.ts";
import { causeText, InputError } from "../../core/errors.ts";

/**
 * Results by the digest of all they follow from, in a folder that a pipeline may keep between runs.
 * A damaged entry counts as none. Values are JSON; whole numbers beyond 2^53 survive.
 */
export type RenderCache = {
  read(kind: string, key: string): unknown;
  write(kind: string, key: string, value: unknown): void;
};

/** Part of each key: what another build of this version stored in another form is not read. */
export const storedForm = "with origins";

const keptMs = 14 * 24 * 3600 * 1000;

/** The cache in a folder, which need not be there yet. */
export function openCache(folder: string): RenderCache {
  const fileOf = (kind: string, key: string) => join(folder, kind, `${key}.json`);
  return {
    read(kind, key) {
      const file = fileOf(kind, key);
      try {
        const stored = readFileSync(file, "utf8");
        const end = stored.indexOf("\n");
        const text = stored.slice(end + 1);
        if (stored.slice(0, end) !== sha256(text)) return undefined;
        const now = new Date();
        utimesSync(file, now, now);
        return JSON.parse(text, revived) as unknown;
      } catch {
        return undefined;
      }
    },
    write(kind, key, value) {
      const file = fileOf(kind, key);
      const text = JSON.stringify(value, plain);
      try {
        mkdirSync(dirname(file), { recursive: true });
        // Several jobs of an agent may share the folder: each entry appears whole.
        const written = `${file}.${process.pid}`;
        writeFileSync(written, `${sha256(text)}\n${text}`);
        renameSync(written, file);
      } catch (cause) {
        const message = `Failed to write to the cache folder ${folder}: ${causeText(cause)}`;
        const hint = "Name a folder that can be written to, or leave the cache out.";
        throw new InputError([{ message }], { cause, hint });
      }
    },
  };
}

const bigKey = "fluxgate.dev/integer";

function plain(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? { [bigKey]: String(value) } : value;
}

function revived(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !(bigKey in value)) return value;
  return BigInt(value[bigKey] as string);
}

/** Removes the entries that nobody read for 14 days. */
export function removeUnread(folder: string): void {
  const oldest = Date.now() - keptMs;
  for (const kind of namesIn(folder)) {
    for (const name of namesIn(join(folder, kind))) {
      const file = join(folder, kind, name);
      const info = statSync(file, { throwIfNoEntry: false });
      if (info?.isFile() && info.mtimeMs < oldest) rmSync(file, { force: true });
    }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
