import { watching } from "./flux-kind.ts";

/**
 * What the kinds of Flux' image automation have in common: v1 since Flux 2.7. Shown beside what they
 * change; no deployment waits for them, and their revisions are versions and pushes. Many clusters
 * have none.
 */
export const imageToolkit = {
  group: "image.toolkit.fluxcd.io",
  versions: ["v1", "v1beta2", "v1beta1"],
  role: "automation" as const,
  ...{ verbs: watching, optional: true, nudged: false },
  commits: () => [],
};
