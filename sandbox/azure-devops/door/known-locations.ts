// Every location and area that the service told when it was asked (written by
// scripts/write-known-locations.ts): clients look them up before their first call, whatever it is.
import { readFileSync } from "node:fs";

/** A location as `OPTIONS _apis` answers it. */
export type Location = {
  readonly id: string;
  readonly area: string;
  readonly resourceName: string;
  readonly routeTemplate: string;
  readonly resourceVersion: number;
  readonly minVersion: string;
  readonly maxVersion: string;
  readonly releasedVersion: string;
};

type Area = { readonly id: string; readonly name: string };

function rowsOf(name: string): readonly (readonly string[])[] {
  const text = readFileSync(new URL(name, import.meta.url), "utf8");
  return text.split("\n").flatMap((line) => (line === "" ? [] : [line.split("\t")]));
}

let locations: readonly Location[] | undefined;

export function knownLocations(): readonly Location[] {
  locations ??= rowsOf("locations.tsv").map((row) => {
    const [id = "", area = "", resourceName = "", routeTemplate = "", version = "1"] = row;
    const [minVersion = "", maxVersion = "", releasedVersion = ""] = row.slice(5);
    return {
      ...{ id, area, resourceName, routeTemplate, resourceVersion: Number(version) },
      ...{ minVersion, maxVersion, releasedVersion },
    };
  });
  return locations;
}

export function knownAreas(): readonly Area[] {
  return rowsOf("areas.tsv").map(([id = "", name = ""]) => ({ id, name }));
}
