// What is read in a go.mod, of which Go itself writes every line in one form.

export type Mod = {
  /** `1.26.0`. */
  readonly go: string;
  /** Module → version. */
  readonly requires: ReadonlyMap<string, string>;
  /** Module → version of the same module that takes its place. */
  readonly replaces: ReadonlyMap<string, string>;
  /** Modules that lie in the repository itself: Kubernetes' staging modules. */
  readonly local: readonly string[];
};

/** A go.mod's modules and versions. */
export function readMod(text: string): Mod {
  return {
    go: /^go (\S+)$/m.exec(text)?.[1] ?? "",
    requires: pairs(text, /^(?:require |\t)(\S+) (v\S+)(?: \/\/ indirect)?$/gm),
    replaces: pairs(text, /^(?:replace |\t)(\S+)(?: v\S+)? => \1 (v\S+)$/gm),
    local: [...pairs(text, /^(?:replace |\t)(\S+) => (\.\/\S+)$/gm).keys()],
  };
}

function pairs(text: string, pattern: RegExp): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(pattern)].map(([, name = "", version = ""]) => [name, version] as const),
  );
}
