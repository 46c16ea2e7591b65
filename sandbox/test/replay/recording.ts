// Recorded requests and answers of the service (../shared/azure-devops): data that lies beside
// the project, never in it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export type Pair = {
  readonly cassette: string;
  readonly request: {
    readonly method: string;
    readonly uri: string;
    readonly accept?: string;
    readonly body?: string | null;
  };
  readonly response: {
    readonly status: number;
    /** Names in lower case. */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
};

const folder = join(import.meta.dirname, "../../../../shared/azure-devops");

/** FLUXGATE_RECORDED names another file of pairs; undefined where there is none at all. */
export function readRecording(): readonly Pair[] | undefined {
  const file = process.env["FLUXGATE_RECORDED"] ?? join(folder, "recorded.json");
  if (!existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, "utf8")) as readonly Pair[];
}

/** One of the tables beside the pairs, as the service answered it. */
export function readTable<T>(name: string): readonly T[] | undefined {
  const file = join(folder, name);
  if (!existsSync(file)) return undefined;
  const table = JSON.parse(readFileSync(file, "utf8")) as readonly T[] | { readonly value: T[] };
  return "value" in table ? table.value : table;
}

/** The JSON of an answer; undefined when it is none. Some answers start with a byte order mark. */
export function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body.replace(/^\uFEFF/, "")) as unknown;
  } catch {
    return undefined;
  }
}

/** The area that a request belongs to: the part after `_apis`. */
export function areaOf({ request }: Pair): string {
  return /\/_apis(?:\/([^/?]+))?/.exec(request.uri)?.[1]?.toLowerCase() ?? "locations";
}

export function cassettesOf(pairs: readonly Pair[]): ReadonlyMap<string, readonly Pair[]> {
  const byName = new Map<string, Pair[]>();
  for (const pair of pairs) {
    byName.set(pair.cassette, [...(byName.get(pair.cassette) ?? []), pair]);
  }
  return byName;
}
