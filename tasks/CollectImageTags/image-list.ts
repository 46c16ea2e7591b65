import { readFile } from "node:fs/promises";
import { causeText, InputError } from "../../core/errors.ts";
import { imageMemory, type ImageMemory } from "../../core/images/image-memory.ts";
import { parseImageList } from "../../core/render/image-list.ts";

const nothing: ImageMemory = { salt: "", known: new Map() };

/**
 * What an earlier run's list remembers; nothing when the file is not there.
 * @throws InputError when it is there and cannot be read: that is no empty list.
 */
export async function readPrevious(file: string | undefined): Promise<ImageMemory> {
  if (file === undefined) return nothing;
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (Reflect.get(Object(error), "code") === "ENOENT") return nothing;
    const message = `Failed to read the last image list ${file}: ${causeText(error)}`;
    throw new InputError([{ message }], { cause: error });
  }
  const { images, problems } = parseImageList(text, file);
  if (images === undefined) throw new InputError(problems);
  return imageMemory(text);
}
