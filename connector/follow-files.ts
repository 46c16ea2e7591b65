import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

/**
 * Reads files again and again, and tells when the bytes of any have changed. Not by the file
 * system's events: a mounted ConfigMap changes behind links.
 */
export function followFiles(options: {
  /** Asked each time: the files may name others. */
  readonly files: () => readonly string[];
  /** What they held when they were read, by {@link digestFiles}. */
  readonly seen: string;
  readonly everyMs: number;
  /** Called at each look; `changed`: since the one before. */
  readonly onLook: (changed: boolean) => Promise<void>;
}): void {
  let { seen } = options;
  const again = () => setTimeout(() => void look(), options.everyMs).unref();

  async function look(): Promise<void> {
    const now = await digestFiles(options.files());
    const changed = now !== seen;
    seen = now;
    await options.onLook(changed);
    again();
  }

  again();
}

/** Equal for equal bytes; a file that is not there is as good as any other text. */
export async function digestFiles(files: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const file of files) {
    // One that is away for a moment is replaced just now.
    hash.update(await readFile(file).catch(() => "absent"));
    hash.update("\0");
  }
  return hash.digest("hex");
}
