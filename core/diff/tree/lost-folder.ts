import { identityOf } from "../../manifests/identity.ts";
import type { Risk } from "../risk.ts";
import type { FluxRoot } from "./flux-roots.ts";
import type { Pair } from "./kept-kustomizations.ts";

/** The folder that a Flux Kustomization goes on asking for, and that goes with the change. */
export function lostFolder({ before, after }: Partial<Pair>): string | undefined {
  // The root itself is always there.
  return before?.path && after?.missing === before.path ? before.path : undefined;
}

/**
 * Flux finds nothing to build then, and neither applies nor deletes anything
 * (kustomize-controller, `reconcile`: "kustomization path not found", before it builds and prunes).
 */
export function lostFolderRisk(folder: string, { object }: FluxRoot): Risk {
  const what = "Flux finds nothing to build, so what it applied stays in the cluster as it is";
  const text = `goes on asking for ${folder}/, which goes: ${what}, and gets no updates`;
  return { rule: "flux-behaviour", severity: "high", identity: identityOf(object), text };
}
