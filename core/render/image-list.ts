import type { Problem } from "../errors.ts";
import { isRecord } from "../manifests/parse.ts";
import type { ImageReference } from "../manifests/images.ts";

/** `image-tags.json` of any CI: `{apiVersion, kind: "ImageTags", images: [{name, tag, digest?}]}`. */
export function parseImageList(
  text: string,
  file: string,
): { readonly images?: readonly ImageReference[]; readonly problems: readonly Problem[] } {
  const refuse = (message: string) => ({ problems: [{ file, message }] });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse("the image list is not valid JSON");
  }
  if (!isRecord(value) || value["kind"] !== "ImageTags" || !Array.isArray(value["images"])) {
    return refuse('this is no image list (kind "ImageTags" with a list "images")');
  }
  if (value["apiVersion"] !== "fluxgate.dev/v1") {
    return refuse(
      `the image list has apiVersion ${String(value["apiVersion"])}, not fluxgate.dev/v1`,
    );
  }
  const entries = value["images"] as readonly unknown[];
  const problems = entries.flatMap((entry, index) => {
    const problem = entryProblem(entry);
    return problem ? [{ file, message: `images[${index}] ${problem}` }] : [];
  });
  const names = entries.map((entry) => (isRecord(entry) ? entry["name"] : undefined));
  names.forEach((name, index) => {
    if (typeof name === "string" && names.indexOf(name) !== index) {
      problems.push({ file, message: `images[${index}] repeats ${name}` });
    }
  });
  if (problems.length > 0) return { problems };
  const images = (entries as readonly ImageReference[]).map(({ name, tag, digest }) => ({
    name,
    ...(tag ? { tag } : {}),
    ...(digest ? { digest } : {}),
  }));
  return { images, problems };
}

function entryProblem(entry: unknown): string | undefined {
  if (!isRecord(entry)) return "must be a mapping";
  const { name, tag, digest } = entry;
  if (typeof name !== "string" || !/^[^\s@]+$/.test(name)) return "lacks a name";
  // The grammar of the OCI distribution specification.
  const tagForm = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
  if (tag !== undefined && (typeof tag !== "string" || !tagForm.test(tag))) {
    return `(${name}) has a tag that no registry takes`;
  }
  const digestForm = /^sha(256:[0-9a-f]{64}|512:[0-9a-f]{128})$/;
  if (digest !== undefined && (typeof digest !== "string" || !digestForm.test(digest))) {
    return `(${name}) has a digest that is none (sha256:<64 hexadecimal digits>)`;
  }
  return tag === undefined && digest === undefined
    ? `(${name}) has no tag and no digest`
    : undefined;
}
