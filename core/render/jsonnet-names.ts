import { jsonnetTokens, literalText } from "./jsonnet-tokens.ts";

/** What programs take from outside, by name; of mappings the fields, as `a.b`. */
export type JsonnetNames = {
  readonly external: readonly string[];
  readonly config: readonly string[];
  readonly values: readonly string[];
};

/**
 * The names that programs give `std.extVar`, and the fields of `config` and `values` that they name.
 * @returns undefined where that does not tell it all: a name that is put together, `config` as a whole
 */
export function jsonnetNames(programs: readonly string[]): JsonnetNames | undefined {
  const found = {
    external: new Set<string>(),
    config: new Set<string>(),
    values: new Set<string>(),
  };
  for (const program of programs) {
    // Libraries may be of megabytes.
    if (!program.includes("extVar")) continue;
    const tokens = [...jsonnetTokens(program)].map(({ text }) => text);
    if (!readProgram(tokens, found)) return undefined;
  }
  const { external, config, values } = found;
  return { external: [...external], config: [...config], values: [...values] };
}

type Found = { readonly [Key in keyof JsonnetNames]: Set<string> };

function readProgram(tokens: readonly string[], found: Found): boolean {
  // Texts that bear the mapping's name: `local c = std.extVar("config");`
  const bound = new Map<string, Set<string>>();
  for (let at = 0; at < tokens.length; at += 1) {
    if (literalText(tokens[at] ?? "") === "extVar") return false;
    if (tokens[at] === "extVar") {
      const name = literalText(tokens[at + 2] ?? "");
      const isCall = tokens[at + 1] === "(" && tokens[at + 3] === ")";
      if (!isCall || name === undefined || tokens[at - 2] !== "std") return false;
      const fields = name === "config" || name === "values" ? found[name] : undefined;
      if (fields === undefined) {
        found.external.add(name);
        continue;
      }
      const local =
        tokens[at - 3] === "=" && tokens[at - 5] === "local" ? tokens[at - 4] : undefined;
      if (local !== undefined && /^[;,]$/.test(tokens[at + 4] ?? "")) {
        // Of two with one name the inner counts where it stands.
        if (bound.has(local)) return false;
        bound.set(local, fields);
      } else if (!addFields(fields, tokens, at + 4)) return false;
    }
  }
  return [...bound].every(([name, fields]) =>
    tokens.every((token, at) => {
      if (token !== name || tokens[at - 1] === "local" || tokens[at - 1] === ".") return true;
      // A field of an object that bears the same name.
      if (/^[:+]/.test(tokens[at + 1] ?? "") && /^[{,]$/.test(tokens[at - 1] ?? "")) return true;
      return addFields(fields, tokens, at + 1);
    }),
  );
}

/** Adds `a.b` of `.a.b` that stands there; whether there is any. */
function addFields(fields: Set<string>, tokens: readonly string[], at: number): boolean {
  const path: string[] = [];
  for (let next = at; tokens[next] === "." && /^[A-Za-z_]\w*$/.test(tokens[next + 1] ?? "");) {
    path.push(tokens[next + 1] ?? "");
    next += 2;
  }
  if (path.length === 0) return false;
  fields.add(path.join("."));
  return true;
}
