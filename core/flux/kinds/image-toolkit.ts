import { watching } from "./flux-kind.ts";

/** The group of Flux' image automation: v1 since Flux 2.7. */
export const imageToolkit = {
  group: "image.toolkit.fluxcd.io",
  versions: ["v1", "v1beta2", "v1beta1"],
};

/** Shown beside what it changes; no deployment waits for it. Many clusters have none. */
export const automation = {
  role: "automation" as const,
  ...{ verbs: watching, optional: true, nudged: false },
};
