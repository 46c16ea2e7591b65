// Commit statuses of an environment (design.md 4.5): what people read on the commit.
import type { NewCommitStatus, StatusState } from "../azure-devops/types.ts";
import { statusGenre } from "../run/letter.ts";
import { fitted } from "../fitted.ts";
import type { FluxApplier } from "../flux/flux-object.ts";
import type { PhaseAndCause } from "../flux/phase.ts";
import type { GateVerdict } from "./verdict.ts";

export type ObjectPhase = {
  readonly cluster: string;
  readonly active: boolean;
  readonly object: Pick<FluxApplier, "kind" | "namespace" | "name">;
  readonly phase: PhaseAndCause;
};

export type DeliveryVerdict = { readonly delivery: string; readonly verdict: GateVerdict };

/** A status of which nothing is said unless it fails, or was said to. */
export type EnvironmentStatus = NewCommitStatus & { readonly onlyWhileFailing?: true };

/** Each object's status is a call for each change: of more they are posted only while they fail. */
export const manyObjects = 100;

// Own choice: the service publishes no limit (research: platform §10.1).
const longest = 250;

type OfObjects = {
  readonly environment: string;
  readonly objects: readonly ObjectPhase[];
  /** Default: `all` of few objects, `summary` of many. */
  readonly statuses?: "all" | "summary" | undefined;
  /** Web address of the environment in the hub, at this commit. */
  readonly targetUrl: string;
};

/** Of each Flux object, by what Flux says of it. */
export function objectStatuses(of: OfObjects): readonly EnvironmentStatus[] {
  const { environment, statuses } = of;
  const isSummary =
    (statuses ?? (of.objects.length > manyObjects ? "summary" : "all")) === "summary";
  return of.objects.map(
    ({ cluster, object: { kind, namespace, name }, phase }): EnvironmentStatus => ({
      ...statusOf(of, {
        name: `${environment}/${cluster}/${kind}/${namespace}/${name}`,
        state: phaseState(phase),
        text: phase.cause === "" ? phase.phase : `${phase.phase}: ${phase.cause}`,
      }),
      ...(isSummary ? { onlyWhileFailing: true } : {}),
    }),
  );
}

function statusOf(
  { targetUrl }: OfObjects,
  of: { readonly name: string; readonly state: StatusState; readonly text: string },
): NewCommitStatus {
  return {
    state: of.state,
    description: fitted(of.text, longest),
    targetUrl,
    context: { genre: statusGenre, name: of.name },
  };
}

/** Roll-up, deliveries, Flux objects: in this order, each context once. */
export function environmentStatuses(
  of: OfObjects & {
    readonly deliveries: readonly DeliveryVerdict[];
    /** Of all that runs in the environment, by the rules of the gate: applied is not healthy. */
    readonly everything: GateVerdict;
    /** Another connector decides the environment: its own statuses say how it is. */
    readonly objectsOnly?: boolean;
  },
): readonly EnvironmentStatus[] {
  const { environment } = of;
  const status = (name: string, state: StatusState, text: string): NewCommitStatus =>
    statusOf(of, { name, state, text });
  const deliveries = of.deliveries.map(({ delivery, verdict }) =>
    status(`${delivery}/${environment}`, verdictState(verdict), verdict.text),
  );
  const objects = objectStatuses(of);
  if (of.objectsOnly === true) return objects;
  const gating = of.objects.flatMap(({ active }, index) => (active ? (objects[index] ?? []) : []));
  const everything = status(environment, verdictState(of.everything), of.everything.text);
  return [rollUp([...deliveries, ...gating]), ...deliveries, ...objects];

  // An environment with nothing in it is never green.
  function rollUp(all: readonly NewCommitStatus[]): NewCommitStatus {
    const worst =
      all.find(({ state }) => state === "failed") ??
      (everything.state === "failed" ? everything : undefined) ??
      all.find(({ state }) => state === "pending") ??
      (everything.state === "pending" ? everything : undefined);
    if (worst === everything) return everything;
    if (worst) {
      return status(environment, worst.state, `${worst.context.name}: ${worst.description ?? ""}`);
    }
    if (all.length === 0) return status(environment, "pending", "nothing of it was found yet");
    const names = of.deliveries.map(({ delivery }) => delivery).join(", ");
    return status(environment, "succeeded", names === "" ? "in sync" : `healthy: ${names}`);
  }
}

/** Is it the name of a single Flux object's status? No other has as many parts. */
export function isOfObject(name: string): boolean {
  return name.split("/").length === 5;
}

function verdictState({ kind }: GateVerdict): StatusState {
  switch (kind) {
    case "succeeded":
      return "succeeded";
    case "failed":
      return "failed";
    case "superseded":
    case "waiting":
      return "pending";
  }
}

function phaseState({ phase, terminal }: PhaseAndCause): StatusState {
  if (phase === "in-sync") return "succeeded";
  return terminal ? "failed" : "pending";
}
