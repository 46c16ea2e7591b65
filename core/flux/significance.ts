import type { FluxObject } from "./flux-object.ts";
import { fluxKindOf } from "./kinds/flux-kinds.ts";
import { readiness } from "./readiness.ts";
import type { Readiness } from "./readiness.ts";

/**
 * What of an object's state is news, as one string: equal strings need no new look. Flux looks at
 * everything again at each interval, and writes every step of it.
 * @param before the string of the object's state before this one
 */
export function significance(object: FluxObject, before: string | undefined): string {
  const { generation, observedGeneration, deleting, labels } = object;
  const state = readiness(object);
  const facts = JSON.stringify([
    ...[
      generation,
      deleting,
      labels["fluxgate.dev/environment"],
      ...fluxKindOf(object).revisions(object),
    ],
    // -1 and 0 until a controller has seen it once.
    Math.max(0, observedGeneration),
  ]);
  const [factsBefore, stateBefore] = before?.split("\n") ?? [];
  const again = state.state === "progressing" && facts === factsBefore;
  return `${facts}\n${again ? stateBefore : JSON.stringify(withoutMessage(state))}`;
}

// It holds times, which differ whenever the same happens again.
function withoutMessage(state: Readiness): object {
  return { ...state, message: undefined };
}
