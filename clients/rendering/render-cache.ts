import { mkdir, readFile, readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sha256 } from "./inputs-digest.ts";

/**
 * Results by the digest of all they follow from, in a folder that a pipeline may keep between runs.
 * A damaged entry counts as none. Values are JSON; whole numbers beyond 2^53 survive.
 */
export type RenderCache = {
  read(kind: string, key: string): Promise<unknown>;
  write(kind: string, key: string, value: unknown): Promise<void>;
};

const keptMs = 14 * 24 * 3600 * 1000;

/** The cache in a folder; entries that nobody read for 14 days are removed. */
export async function openCache(folder: string): Promise<RenderCache> {
  await removeOld(folder);
  const fileOf = (kind: string, key: string) => join(folder, kind, `${key}.json`);
  return {
    async read(kind, key) {
      const file = fileOf(kind, key);
      try {
        const stored = await readFile(file, "utf8");
        const end = stored.indexOf("\n");
        const text = stored.slice(end + 1);
        if (stored.slice(0, end) !== sha256(text)) return undefined;
        const now = new Date();
        await utimes(file, now, now);
        return JSON.parse(text, revived) as unknown;
      } catch {
        return undefined;
      }
    },
    async write(kind, key, value) {
      const file = fileOf(kind, key);
      const text = JSON.stringify(value, plain);
      await mkdir(dirname(file), { recursive: true });
      // Several jobs of an agent may share the folder: each entry appears whole.
      const written = `${file}.${process.pid}`;
      await writeFile(written, `${sha256(text)}\n${text}`);
      await rename(written, file);
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

async function removeOld(folder: string): Promise<void> {
  const oldest = Date.now() - keptMs;
  for (const kind of await namesIn(folder)) {
    for (const name of await namesIn(join(folder, kind))) {
      const file = join(folder, kind, name);
      const info = await stat(file).catch(() => undefined);
      if (info?.isFile() && info.mtimeMs < oldest) await rm(file, { force: true });
    }
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}
