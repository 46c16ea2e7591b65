import type { Problem } from "../../errors.ts";
import { identityKey, identityOf, type KubernetesObject } from "../../manifests/identity.ts";
import { emptiedText } from "../../render/flux-substitution.ts";
import type { ObjectChange } from "../object-change.ts";
import type { Risk } from "../risk.ts";
import { unknownEffect } from "../uncompared.ts";
import { canonical } from "../values.ts";
import type { BuiltPart } from "./built-part.ts";
import type { Root } from "./roots.ts";

/** What stays unknown of objects that Flux' own code built. */
export function madeByBuilds(
  built: readonly BuiltPart[],
  changes: readonly ObjectChange[],
  roots: readonly Root[],
): { readonly risks: readonly Risk[]; readonly problems: readonly Problem[] } {
  if (built.length === 0) return { risks: [], problems: [] };
  return {
    risks: unfollowed(changes, roots),
    problems: [...unknownValues(built, changes), ...emptiedValues(built)],
  };
}

// A Flux Kustomization is followed as its file says it; a build may have made another one of it.
function unfollowed(changes: readonly ObjectChange[], roots: readonly Root[]): readonly Risk[] {
  return changes.flatMap(({ identity, before, after }): readonly Risk[] => {
    const { group, kind } = identity;
    if (group !== "kustomize.toolkit.fluxcd.io" || kind !== "Kustomization") return [];
    const isFollowed = (object: KubernetesObject | undefined, side: "before" | "after") =>
      object === undefined ||
      roots.some(({ flux }) => isSameKustomization(object, flux?.[side]?.object));
    if (isFollowed(before, "before") && isFollowed(after, "after")) return [];
    const text = "is made by a build as no file says it: what it applies is not known here";
    return [{ rule: unknownEffect, severity: "high", identity, text }];
  });
}

function isSameKustomization(a: KubernetesObject, b: KubernetesObject | undefined): boolean {
  return (
    b !== undefined &&
    identityKey(identityOf(a)) === identityKey(identityOf(b)) &&
    canonical(a["spec"]) === canonical(b["spec"])
  );
}

/** Variables that stand in what changes: what Flux puts there only the cluster knows. */
function unknownValues(
  built: readonly BuiltPart[],
  changes: readonly ObjectChange[],
): readonly Problem[] {
  const shown = changes.map(shownText).join("\n");
  return built.flatMap(({ before, after }) => {
    const names = [before, after].flatMap((one) =>
      one?.build.kind === "built" ? one.build.unknownVariables : [],
    );
    const found = [...new Set(names)]
      .map((name) => `\${${name}}`)
      .filter((one) => shown.includes(one));
    const file = (after ?? before)?.part.file;
    if (found.length === 0) return [];
    const [values, stand] =
      found.length === 1 ? ["its value is", "stands"] : ["their values are", "stand"];
    const message = `${found.join(", ")} ${stand} in what changes: ${values} in the cluster, and not known here`;
    return [{ ...(file === undefined ? {} : { file }), message }];
  });
}

/** Variables in whose place nothing stands: what Flux does then hangs on its version. */
function emptiedValues(built: readonly BuiltPart[]): readonly Problem[] {
  return built.flatMap(({ after }) => {
    if (after?.build.kind !== "built") return [];
    const { emptied = [], objects } = after.build;
    return emptied.map(({ object, name }) => {
      const file = objects[object]?.file ?? after.part.file;
      return { file, message: emptiedText(name) };
    });
  });
}

function shownText({ change, identity, before, after, edits }: ObjectChange): string {
  const { namespace, name } = identity;
  if (change === "removed") return `${namespace} ${name}`;
  const values = edits.flatMap((edit) => [
    "before" in edit ? edit.before : undefined,
    "after" in edit ? edit.after : undefined,
  ]);
  return canonical([namespace, name, ...(before === undefined ? [after] : values)]);
}
