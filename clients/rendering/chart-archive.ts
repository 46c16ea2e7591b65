import { posix } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";

const block = 512;
const maxUnpacked = 64 * 1024 * 1024;
const text = new TextDecoder();

/**
 * The files of a packaged chart by their path in it, for a tool that wants a folder. Only plain
 * files count: links and the like are left out, as helm does.
 * @throws Error saying what is wrong with the archive; a path that leads out is wrong.
 */
export async function unpackedChart(archive: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  const bytes = await unzipped(archive);
  const files = new Map<string, Uint8Array>();
  let longName: string | undefined;
  for (let at = 0; at + block <= bytes.length;) {
    const header = bytes.subarray(at, at + block);
    if (header.every((byte) => byte === 0)) break;
    const size = sizeIn(header);
    const content = bytes.subarray(at + block, at + block + size);
    if (content.length < size) throw new Error("it ends in the middle of a file");
    at += block + Math.ceil(size / block) * block;
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === "x") longName = paxPath(content) ?? longName;
    else if (type === "L") longName = textUpToZero(content);
    else {
      if (type === "0" || type === "\0") files.set(safe(longName ?? nameIn(header)), content);
      if (type !== "g") longName = undefined;
    }
  }
  return files;
}

async function unzipped(archive: Uint8Array): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(archive, { maxOutputLength: maxUnpacked });
  } catch (cause) {
    const tooLarge = cause instanceof RangeError;
    const why = tooLarge ? "it unpacks to more than 64 MiB" : "it is no gzip archive, or damaged";
    throw new Error(why, { cause });
  }
}

// Fields of a tar header: https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html
function nameIn(header: Uint8Array): string {
  const name = textUpToZero(header.subarray(0, 100));
  const isUstar = text.decode(header.subarray(257, 262)) === "ustar";
  const prefix = isUstar ? textUpToZero(header.subarray(345, 500)) : "";
  return prefix === "" ? name : `${prefix}/${name}`;
}

function sizeIn(header: Uint8Array): number {
  const size = Number.parseInt(textUpToZero(header.subarray(124, 136)).trim() || "0", 8);
  if (Number.isSafeInteger(size) && size >= 0) return size;
  throw new Error("it is no tar archive");
}

// `<length> path=<value>\n`, among other records; the length is in bytes.
function paxPath(records: Uint8Array): string | undefined {
  for (let at = 0; at < records.length;) {
    const [digits = ""] = text.decode(records.subarray(at, at + 20)).split(" ");
    const length = Number(digits);
    if (!Number.isInteger(length) || length <= digits.length) return undefined;
    const record = text.decode(records.subarray(at + digits.length + 1, at + length - 1));
    if (record.startsWith("path=")) return record.slice("path=".length);
    at += length;
  }
  return undefined;
}

function textUpToZero(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return text.decode(end < 0 ? bytes : bytes.subarray(0, end));
}

function safe(name: string): string {
  const path = posix.normalize(name);
  if (!posix.isAbsolute(path) && !path.split(/[/\\]/).includes("..")) return path;
  throw new Error(`it holds "${name}", which leads out of it`);
}
