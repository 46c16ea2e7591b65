import type { RepositoryFile } from "./repository-file.ts";

const marker = /#\s*\{\s*"\$imagepolicy"|argocd-image-updater\.argoproj\.io\/image-list/;
const mostNamed = 5;

/**
 * Files whose images something else writes by itself. Comments do not survive rendering, so that
 * Flux' image automation finds its marker no longer.
 */
export function automationNotes(files: readonly RepositoryFile[]): readonly string[] {
  const places = files.flatMap(({ path, text }) => {
    const at = text.split("\n").findIndex((line) => marker.test(line));
    return at === -1 ? [] : [`${path}:${at + 1}`];
  });
  if (places.length === 0) return [];
  const more = places.length > mostNamed ? ` and ${places.length - mostNamed} more` : "";
  return [
    `${places.slice(0, mostNamed).join(", ")}${more}: an image automation writes here; what Fluxgate renders has no marker for it: list the image under images, or keep the file out of this delivery (docs/from/argo-cd-image-updater.md)`,
  ];
}
