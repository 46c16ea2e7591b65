import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { artefactRecordPath } from "../../core/artefact/delivery-artefact.ts";
import type { Delivery } from "../../core/delivery/delivery.ts";
import { deliverySchema } from "../../core/delivery/delivery-schema.ts";
import { parseDelivery } from "../../core/delivery/parse-delivery.ts";
import { InputError } from "../../core/errors.ts";
import { exactJson } from "../../core/exact-json.ts";
import type { ImageReference } from "../../core/manifests/images.ts";
import { parseImageList } from "../../core/render/image-list.ts";
import { rootAt } from "./contained-files.ts";
import type { Root } from "./contained-files.ts";
import { sha256 } from "../../clients/sha256.ts";
import { openCache } from "../cache/render-cache.ts";
import { utf8Text } from "./utf8-text.ts";
import { fluxgateVersion } from "../version.ts";

/**
 * A fluxgate.yaml from disk and the checkout that its paths are relative to: the nearest folder
 * above with `.git` or the record of CI's artefact, else the file's own. One that was read before is taken from the cache.
 * @throws InputError `delivery-missing`, or with all problems of the file.
 */
export async function readDelivery(
  file: string,
  cacheFolder?: string,
): Promise<{ readonly delivery: Delivery; readonly checkout: Root }> {
  const path = resolve(file);
  const text = await readText(file, {
    message: `Failed to read delivery file ${file}`,
    code: "delivery-missing",
    hint: "Name the fluxgate.yaml of your repository, or write one (docs/spec/fluxgate-yaml.md).",
  });
  const checkout = rootAt(checkoutOf(path), "the checkout");
  const cache = cacheFolder === undefined ? undefined : openCache(cacheFolder);
  const key = sha256(JSON.stringify([fluxgateVersion, deliverySchema, text]));
  const known = cache?.read("deliveries", key) as Delivery | undefined;
  if (known) return { delivery: known, checkout };
  const { delivery, problems } = parseDelivery(text, relative(checkout.path, path) || file);
  if (delivery === undefined) throw new InputError(problems);
  // JSON has no whole numbers beyond 2^53, among others.
  const isExact = isDeepStrictEqual(JSON.parse(exactJson(delivery)), delivery);
  if (isExact) cache?.write("deliveries", key, delivery);
  return { delivery, checkout };
}

/** @throws InputError when the file is missing or no image list. */
export async function readImageList(file: string): Promise<readonly ImageReference[]> {
  const text = await readText(file, {
    message: `Failed to read image list ${file}`,
    code: "invalid-input",
    hint: "It is written by CollectImageTags (image-tags.json); its form is in docs/spec/image-tags.md.",
  });
  const { images, problems } = parseImageList(text, file);
  if (images === undefined) throw new InputError(problems);
  return images;
}

function checkoutOf(file: string): string {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder;
    if (existsSync(join(folder, artefactRecordPath))) return folder;
    if (folder === dirname(folder)) return dirname(file);
  }
}

async function readText(
  file: string,
  missing: { readonly message: string; readonly code: string; readonly hint: string },
): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    const { message, code, hint } = missing;
    const isFolder = Reflect.get(Object(cause), "code") === "EISDIR";
    const why = isFolder ? "this is a folder" : "there is no such file";
    throw new InputError([{ message: `${message}: ${why}` }], { code, hint, cause });
  }
  return utf8Text(bytes, file);
}
