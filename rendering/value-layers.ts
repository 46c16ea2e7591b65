// Files that give names their values, and which names tokens read.
import { mostPlaces, type Place, type ValueRead } from "../core/render/origins.ts";
import { lineFinder } from "../core/render/value-place.ts";
import { type ConfigFile, placeIn } from "./inputs/app-config.ts";
import type { StepContext } from "./step-context.ts";

export type Layer = { readonly lineOf: ReturnType<typeof lineFinder>; readonly place: Place };

/** Of names that tokens replaced: a declared variable is over every file. */
export function tokenReads(
  config: StepContext["config"],
): (names: ReadonlySet<string>) => readonly ValueRead[] {
  const layers = config.files.map(configLayer);
  return (names) =>
    [...names].slice(0, mostPlaces).flatMap((name) => {
      if (config.variables.has(name)) return [{ name, variable: name }];
      return lastOf(layers, name);
    });
}

export function configLayer(file: ConfigFile): Layer {
  return { lineOf: lineFinder(file.text), place: placeIn(file) };
}

/** The line that counts: of the last file that has the name. */
export function lastOf(layers: readonly Layer[], name: string): readonly ValueRead[] {
  const found = layers.flatMap(({ lineOf, place }) => {
    const line = lineOf(name);
    return line === undefined ? [] : [{ name, ...place, line }];
  });
  return found.slice(-1);
}
