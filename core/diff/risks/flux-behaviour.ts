import type { ObjectChange } from "../object-change.ts";
import type { Finding } from "../risk.ts";
import { same, valueAt } from "../values.ts";

/** Changes of how Flux itself works: what it applies, whether it deletes, waits or forces. */
export function fluxBehaviour({ before, after, identity }: ObjectChange): readonly Finding[] {
  if (after === undefined || !identity.group.endsWith("toolkit.fluxcd.io")) return [];
  const at = (field: string) => [valueAt(before, field), valueAt(after, field)] as const;
  const high = (text: string): Finding => ({ severity: "high", text });
  const medium = (text: string): Finding => ({ severity: "medium", text });
  const turned = (field: string, to: boolean) => {
    const [old = false, next = false] = at(field);
    return old !== next && next === to;
  };
  const moved = ["spec.path", "spec.sourceRef", "spec.ref", "spec.url", "spec.chart"].filter(
    (field) => before !== undefined && !same(...nulls(at(field))),
  );
  return [
    ...(turned("spec.prune", true) && before
      ? [high("now deletes what is not in git (prune)")]
      : []),
    ...(turned("spec.prune", false) && before
      ? [medium("no longer deletes what leaves git (prune)")]
      : []),
    ...(turned("spec.force", true)
      ? [high("may delete and recreate objects that cannot be changed (force)")]
      : []),
    ...(turned("spec.suspend", true) ? [high("is suspended: Flux no longer applies it")] : []),
    ...(turned("spec.wait", false) && before ? [medium("no longer waits for health (wait)")] : []),
    ...moved.map((field) => medium(`applies something else: ${field} changes`)),
  ];
}

function nulls([a, b]: readonly [unknown, unknown]): readonly [unknown, unknown] {
  return [a ?? null, b ?? null];
}
