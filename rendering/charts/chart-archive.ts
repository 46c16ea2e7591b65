import { posix } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { extract } from "tar-stream";

const maxUnpacked = 64 * 1024 * 1024;

/**
 * The files of a packaged chart by their path in it, for a tool that wants a folder. Only plain
 * files count: links and the like are left out, as helm does.
 * @throws Error saying what is wrong with the archive; a path that leads out is wrong.
 */
export async function unpackChart(archive: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  const unpacking = extract();
  unpacking.end(await unzip(archive));
  const files = new Map<string, Uint8Array>();
  for await (const entry of unpacking) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of entry) chunks.push(chunk as Uint8Array);
    if (entry.header.type === "file") files.set(safe(entry.header.name), Buffer.concat(chunks));
  }
  return files;
}

async function unzip(archive: Uint8Array): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(archive, { maxOutputLength: maxUnpacked });
  } catch (cause) {
    const tooLarge = cause instanceof RangeError;
    const why = tooLarge ? "it unpacks to more than 64 MiB" : "it is no gzip archive, or damaged";
    throw new Error(why, { cause });
  }
}

function safe(name: string): string {
  const path = posix.normalize(name);
  if (!posix.isAbsolute(path) && !path.split(/[/\\]/).includes("..")) return path;
  throw new Error(`it holds "${name}", which leads out of it`);
}
