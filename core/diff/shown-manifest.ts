import { toYaml } from "../manifests/kubernetes-yaml.ts";
import { parseManifests } from "../manifests/parse.ts";
import { maskedObject } from "./mask.ts";

const longest = 200_000;

/**
 * A manifest as git has it; where it holds secrets, with their values replaced by their lengths. A
 * text that cannot be read is not shown: it could hold one.
 */
export function shownManifest(text: string): string {
  if (text.length > longest) return `The file is too long to be shown (${text.length} characters).`;
  const { documents, problems } = parseManifests(text, "manifest", { as: "flux" });
  const [problem] = problems;
  if (problem !== undefined) return `The file cannot be read: ${problem.message}`;
  // Only what holds secrets is written anew: everything else is shown as it stands, comments too.
  const masked = documents.map(({ object }) => maskedObject(object));
  const same = documents.every(({ object }, index) => toYaml(object) === toYaml(masked[index]));
  return same ? text : masked.map(toYaml).join("---\n");
}
