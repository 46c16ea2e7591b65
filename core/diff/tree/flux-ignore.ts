import type { Risk } from "../risk.ts";
import { unknownEffect } from "../uncompared.ts";
import { isSameFile, type Side } from "./side-file.ts";

// What source-controller leaves out of an artefact by itself (fluxcd/source-controller,
// sourceignore), as far as it may be YAML.
const folders = /(^|\/)(\.git|\.github|\.circleci)\//;
const files =
  /(^|\/)(\.travis\.yml|\.gitlab-ci\.yml|appveyor\.yml|\.drone\.yml|cloudbuild\.yaml|codeship-(services|steps)\.yml|\.goreleaser\.yml|\.sops\.yaml|\.flux\.yaml)$/;

/** Whether Flux never sees a file of a repository. */
export function isFluxIgnored(path: string): boolean {
  return folders.test(path) || files.test(path);
}

/**
 * Lists of files that Flux shall leave out, where they change: files join or leave what it applies,
 * whatever the files themselves say.
 */
export function changedIgnores(sides: {
  readonly before: Side;
  readonly after: Side;
}): readonly Risk[] {
  const paths = new Set([...sides.before.keys(), ...sides.after.keys()]);
  return [...paths]
    .filter((path) => /(^|\/)\.sourceignore$/.test(path))
    .filter((path) => !isSameFile(sides.before, sides.after, path))
    .map((name) => ({
      rule: unknownEffect,
      severity: "high",
      identity: { group: "", version: "v1", kind: "File", namespace: "", name },
      text: "hides other files from Flux than before, which deletes what they held: its effect is not known here",
    }));
}
