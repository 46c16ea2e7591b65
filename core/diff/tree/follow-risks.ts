import { folderFrom } from "../../flux/folder.ts";
import { prunes } from "../../flux/garbage-collection.ts";
import { identityOf } from "../../manifests/identity.ts";
import { referenceIn } from "../reference-in.ts";
import type { Risk } from "../risk.ts";
import { unknownEffect } from "../uncompared.ts";
import { canonical, same } from "../values.ts";
import { buildOf, type FluxRoot } from "./flux-roots.ts";
import { lostFolder } from "./lost-folder.ts";
import type { Root } from "./roots.ts";

const where = "a folder or source that is not among these files";

/** A Flux Kustomization that applies something else after the change, or did before, than is here. */
export function followRisks({ flux }: Root): readonly Risk[] {
  if (flux?.after === undefined) return [];
  const [was, is] = [flux.before?.path, flux.after.path];
  const identity = identityOf(flux.after.object);
  if (lostFolder(flux) !== undefined) return [];
  const risk = (text: string, severity: Risk["severity"] = "high"): readonly Risk[] => [
    { rule: unknownEffect, severity, identity, text },
  ];
  if (flux.before === undefined) {
    return is === undefined
      ? risk(`applies ${where}: what that does is not known here`, "medium")
      : [];
  }
  if (was === undefined && is === undefined)
    return elsewhere(flux.before, flux.after).flatMap((text) => risk(text));
  if ((was === undefined) === (is === undefined)) return [];
  const come = comeFolder(flux.before, flux.after);
  if (come !== undefined)
    return [{ rule: "flux-behaviour", severity: "medium", identity, text: come }];
  const text =
    is === undefined
      ? `applies ${where}: what that does is not known here`
      : `applied ${where} before: what was there is not known here`;
  return risk(text);
}

/** The folder of this repository that it asked for all the time, and that comes with the change. */
function comeFolder(before: FluxRoot, after: FluxRoot): string | undefined {
  const [missing, path] = [before.missing, after.path];
  const [old, next] = [meantBy(before), meantBy(after)];
  if (missing === undefined || path !== missing || !same(old["sourceRef"], next["sourceRef"])) {
    return undefined;
  }
  const earlier = prunes(after.object)
    ? "; if it was there once, what Flux applied of it then, and it does not hold now, is deleted"
    : "";
  return `asked for ${path}/ before, which was not there: until now Flux had nothing to build of it${earlier}`;
}

function elsewhere(before: FluxRoot, after: FluxRoot): readonly string[] {
  const [old, next] = [meantBy(before), meantBy(after)];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(next)])];
  const changed = keys.filter((key) => canonical(old[key]) !== canonical(next[key]));
  if (changed.length === 0) return [];
  const what = "makes something else of a folder that is not among these files";
  return [`${what} (${changed.join(", ")}): its effect is not known here`];
}

/** What decides its build, however its folder and its source are spelt. */
function meantBy(root: FluxRoot): Readonly<Record<string, unknown>> {
  const { path = "", sourceRef, ...others } = buildOf(root);
  const { namespace } = identityOf(root.object);
  return {
    ...others,
    path: typeof path === "string" ? (folderFrom("", path) ?? path) : path,
    sourceRef: referenceIn(namespace, sourceRef),
  };
}
