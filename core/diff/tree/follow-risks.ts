import { identityOf } from "../../manifests/identity.ts";
import type { Risk } from "../risk.ts";
import { unknownEffect } from "../uncompared.ts";
import type { Root } from "./roots.ts";

/** A Flux Kustomization that applies something else after the change, or did before, than is here. */
export function followRisks({ flux }: Root): readonly Risk[] {
  if (flux?.before === undefined || flux.after === undefined) return [];
  const [was, is] = [flux.before.path, flux.after.path];
  if ((was === undefined) === (is === undefined)) return [];
  const where = "a folder or source that is not among these files";
  const text =
    is === undefined
      ? `applies ${where}: what that does is not known here`
      : `applied ${where} before: what was there is not known here`;
  const identity = identityOf(flux.after.object);
  return [{ rule: unknownEffect, severity: "high", identity, text }];
}
