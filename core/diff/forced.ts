import type { ObjectChange } from "./object-change.ts";
import { canonical, valueAt } from "./values.ts";

/** Whether Flux deletes what cannot be changed, and makes it anew, since somebody said so. */
export function isForced({ forced, after }: Pick<ObjectChange, "forced" | "after">): boolean {
  return (
    forced === true ||
    canonical(valueAt(after, "metadata.annotations") ?? {})
      .toLowerCase()
      .includes('"kustomize.toolkit.fluxcd.io/force":"enabled"')
  );
}
