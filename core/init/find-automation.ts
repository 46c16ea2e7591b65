import type { RepositoryFile } from "./repository-file.ts";

const mostNamed = 5;
const page = "(docs/from/argo-cd-image-updater.md)";

// Comments do not survive rendering, so that Flux' image automation finds its marker no longer.
const automations = [
  {
    mark: /#\s*\{\s*"\$imagepolicy"/,
    says: `an image automation writes here; what Fluxgate renders has no marker for it: list the image under images, or keep the file out of this delivery ${page}`,
  },
  {
    mark: /argocd-image-updater\.argoproj\.io\/image-list/,
    says: `Argo CD Image Updater changes what this Application runs: list its images under images and take the annotation off, or keep them out of this delivery ${page}`,
  },
];

/** Names files whose images something else changes by itself. */
export function automationNotes(files: readonly RepositoryFile[]): readonly string[] {
  return automations.flatMap(({ mark, says }) => {
    const places = files.flatMap(({ path, text }) => {
      const at = text.split("\n").findIndex((line) => mark.test(line));
      return at === -1 ? [] : [`${path}:${at + 1}`];
    });
    if (places.length === 0) return [];
    const more = places.length > mostNamed ? ` and ${places.length - mostNamed} more` : "";
    return [`${places.slice(0, mostNamed).join(", ")}${more}: ${says}`];
  });
}
