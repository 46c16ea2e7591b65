import { annotationsOf, labelsOf } from "./labels.ts";
import type { ObjectChange } from "./object-change.ts";

/** Whether Flux deletes what cannot be changed, and makes it anew, since somebody said so. */
export function isForced({ forced, after }: Pick<ObjectChange, "forced" | "after">): boolean {
  const said = [labelsOf(after), annotationsOf(after)].map(
    (values) => values["kustomize.toolkit.fluxcd.io/force"],
  );
  return forced === true || said.some((one) => String(one).toLowerCase() === "enabled");
}
