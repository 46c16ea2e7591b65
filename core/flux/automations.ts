// Which image automations write to what an environment runs.
import { findFlux } from "./flux-index.ts";
import type {
  FluxApplier,
  FluxAutomation,
  FluxObject,
  ImageUpdateAutomation,
} from "./flux-object.ts";
import { fluxKey } from "./flux-object.ts";
import { isUnder } from "./folder.ts";
import { fluxKinds } from "./kinds/flux-kinds.ts";

/** Does it write to git, so that nothing of the cluster hangs on it? */
export function isAutomation(kind: string): boolean {
  return Object.values(fluxKinds).some((one) => one.kind === kind && one.role === "automation");
}

/**
 * The automations that change files which these build from, the policies that may choose their
 * versions (Flux has no other tie than the namespace), and what those policies read.
 */
export function automationsOf(
  members: readonly FluxApplier[],
  flux: readonly FluxObject[],
): readonly FluxAutomation[] {
  const automations = flux
    .filter((object) => object.kind === "ImageUpdateAutomation")
    .filter((automation) => members.some((one) => writes(automation, one)));
  const namespaces = new Set(automations.map(({ namespace }) => namespace));
  const policies = flux
    .filter((object) => object.kind === "ImagePolicy")
    .filter(({ namespace }) => namespaces.has(namespace));
  const repositories = policies.flatMap(({ repository }) => {
    const found = findFlux(flux, repository);
    return found?.kind === "ImageRepository" ? [found] : [];
  });
  return [...new Set([...automations, ...policies, ...repositories])];
}

function writes(automation: ImageUpdateAutomation, member: FluxApplier): boolean {
  if (member.kind !== "Kustomization") return false;
  const sameSource = fluxKey(member.source) === fluxKey(automation.source);
  return (
    sameSource && (isUnder(member.path, automation.path) || isUnder(automation.path, member.path))
  );
}
