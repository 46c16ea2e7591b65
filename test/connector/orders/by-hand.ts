// What people and other controllers do meanwhile to what Flux has applied.
import { applyTo, fluxIn, keyOf, nameOf, removeFrom, type FluxState } from "./flux-state.ts";
import { step, type FluxStep } from "./flux-step.ts";

/** Somebody suspends a Flux object, or lets it go on, or deletes or edits what one has applied. */
export function handsOn(state: FluxState): readonly FluxStep[] {
  return [...pausesOf(state), ...deletionsOf(state), ...editsOf(state)];
}

/** Somebody edits what one has applied; of what nothing makes ready nobody reads who wrote it. */
export function editsOf(state: FluxState): readonly FluxStep[] {
  return [...state.here].flatMap(([key, { object, owner }]) => {
    if (object.kind !== "Deployment") return [];
    return [
      step(nameOf(object), "is edited", () => {
        const spec = { ...object.spec, replicas: 7 };
        state.here.set(key, { owner, object: { ...object, spec } });
        state.edited.add(key);
      }),
    ];
  });
}

function pausesOf(state: FluxState): readonly FluxStep[] {
  const all = fluxIn(state).filter(
    ({ kind }) => kind === "Kustomization" || kind === "HelmRelease",
  );
  return all.flatMap((object) => {
    const key = keyOf(object);
    const isPaused = state.paused.has(key);
    if (object.spec.suspend === true && !isPaused) return [];
    return [
      step(nameOf(object), isPaused ? "is resumed" : "is suspended", () => {
        if (isPaused) state.paused.delete(key);
        else state.paused.add(key);
        const spec = { ...object.spec, suspend: undefined };
        const held = state.here.get(key);
        applyTo(state, state.here, { object: { ...object, spec }, owner: held?.owner ?? "" });
      }),
    ];
  });
}

// Whether what nothing makes ready is there nobody asks once it is applied.
function deletionsOf(state: FluxState): readonly FluxStep[] {
  return [...state.here].flatMap(([key, { object }]) => {
    const isOver = object.metadata.deletionTimestamp !== undefined;
    if (object.kind !== "Deployment" || isOver) return [];
    return [step(nameOf(object), "is deleted", () => removeFrom(state, state.here, key))];
  });
}

/** Whoever has a finalizer on what is being deleted lets it go. */
export function endsOf({ here }: FluxState): readonly FluxStep[] {
  return [...here].flatMap(([key, { object }]) => {
    const { finalizers = [], deletionTimestamp } = object.metadata;
    if (deletionTimestamp === undefined || finalizers.length === 0) return [];
    return [step(nameOf(object), "is let go", () => void here.delete(key))];
  });
}
