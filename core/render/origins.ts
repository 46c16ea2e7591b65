// Where the objects of a render came from, as its index keeps it: names and places, never values.
import { isRecord } from "../manifests/parse.ts";

export type Place = {
  readonly file: string;
  readonly line?: number;
  /** Of the configuration repository; else of the code's. */
  readonly in?: "configuration";
};

/** A value that a template names, and what gives it one. */
export type ValueRead =
  ({ readonly name: string } & Place) | { readonly name: string; readonly variable: string };

export type ObjectOrigin = {
  /** Its template first, then what transformed it. */
  readonly files: readonly Place[];
  /** What its template names, as far as that can be told. */
  readonly reads?: readonly ValueRead[];
  /** Snippets of the environment that patched it. */
  readonly patches?: readonly Place[];
};

export type AppOrigin = {
  /** Engines in their order: `jsonnet`, `helm`. */
  readonly steps: readonly string[];
  /** Values files of its steps and configuration files, in the order in which they count. */
  readonly values?: readonly Place[];
  /** Names of the variables that it may read. */
  readonly variables?: readonly string[];
};

export type Origins = {
  readonly apps: Readonly<Record<string, AppOrigin>>;
  /** By path under the environment's folder, as in `files`. */
  readonly objects: Readonly<Record<string, ObjectOrigin>>;
};

/** An index stays readable: so many objects, and so many places of each, are told. */
export const mostObjects = 2_000;
export const mostPlaces = 20;

/** As many objects as an index has room for; the others say nothing. */
export function boundedObjects(
  all: readonly (readonly [path: string, origin: ObjectOrigin])[],
): Origins["objects"] {
  let left = mostCharacters;
  const kept = all.slice(0, mostObjects).filter(([path, origin]) => {
    left -= path.length + JSON.stringify(origin).length;
    return left >= 0;
  });
  return Object.fromEntries(kept);
}

const mostCharacters = 500_000;

/** What two steps know of one object: nothing twice, within the bounds. */
export function joinOrigins(earlier: ObjectOrigin, later: ObjectOrigin): ObjectOrigin {
  const files = onePerFile([...earlier.files, ...later.files]).slice(0, mostPlaces);
  const reads = distinct([...(earlier.reads ?? []), ...(later.reads ?? [])]);
  const patches = distinct([...(earlier.patches ?? []), ...(later.patches ?? [])]);
  return {
    files,
    ...(reads.length === 0 ? {} : { reads }),
    ...(patches.length === 0 ? {} : { patches }),
  };
}

// The first knows the line: what comes later has passed through tools.
function onePerFile(all: readonly Place[]): readonly Place[] {
  return all.filter((place, index) => all.findIndex(({ file }) => file === place.file) === index);
}

function distinct<T>(all: readonly T[]): readonly T[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()].slice(0, mostPlaces);
}

/** The origins that an index names; what is odd in them is left out: anybody may have written it. */
export function readOrigins(value: unknown): Origins {
  const { apps, objects } = isRecord(value) ? value : { apps: {}, objects: {} };
  return { apps: mapped(apps, appOf), objects: mapped(objects, objectOf) };
}

function mapped<T>(
  value: unknown,
  read: (one: Readonly<Record<string, unknown>>) => T | undefined,
) {
  const found = new Map<string, T>();
  for (const [key, one] of Object.entries(isRecord(value) ? value : {}).slice(0, mostObjects)) {
    const known = isRecord(one) ? read(one) : undefined;
    if (known !== undefined) found.set(key, known);
  }
  return Object.fromEntries(found);
}

function appOf({ steps, values, variables }: Readonly<Record<string, unknown>>): AppOrigin {
  return {
    steps: listed(steps, textOf),
    values: listed(values, placeOf),
    variables: listed(variables, textOf),
  };
}

function objectOf(value: Readonly<Record<string, unknown>>): ObjectOrigin {
  const { files, reads, patches } = value;
  return {
    files: listed(files, placeOf),
    reads: listed(reads, readOf),
    patches: listed(patches, placeOf),
  };
}

function listed<T>(value: unknown, read: (one: unknown) => T | undefined): readonly T[] {
  return (Array.isArray(value) ? value : [])
    .slice(0, mostPlaces)
    .flatMap((one: unknown) => read(one) ?? []);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function placeOf(value: unknown): Place | undefined {
  if (!isRecord(value) || typeof value["file"] !== "string") return undefined;
  const { file, line } = value;
  return {
    file,
    ...(typeof line === "number" && Number.isSafeInteger(line) && line > 0 ? { line } : {}),
    ...(value["in"] === "configuration" ? { in: "configuration" as const } : {}),
  };
}

function readOf(value: unknown): ValueRead | undefined {
  if (!isRecord(value) || typeof value["name"] !== "string") return undefined;
  const { name, variable } = value;
  if (typeof variable === "string") return { name, variable };
  const place = placeOf(value);
  return place && { name, ...place };
}
