import type { VariableType } from "../delivery/delivery.ts";

/** What has to be filled in in a text, by the form in which it stands there. */
export type FoundTokens = {
  /** As the step `tokens` takes them. */
  readonly patterns: readonly string[];
  readonly variables: ReadonlyMap<string, GuessedVariable>;
};

export type GuessedVariable = {
  readonly type: VariableType;
  /** It only makes the tag of an image, which the image list replaces. */
  readonly isTag: boolean;
};

const forms: readonly (readonly [pattern: string, form: RegExp])[] = [
  ["#{name}#", /#\{([A-Za-z_][\w.-]*)\}#/g],
  ["#{name}", /#\{([A-Za-z_][\w.-]*)\}(?!#)/g],
  ["__name__", /__([A-Za-z][A-Za-z0-9.-]*(?:_[A-Za-z0-9.-]+)*)__/g],
];

// Names that the step itself fills in.
const own = new Set(["environment", "app", "delivery"]);

/** Of the texts of one app. */
export function tokensIn(texts: readonly string[]): FoundTokens {
  const patterns = new Set<string>();
  const variables = new Map<string, GuessedVariable>();
  for (const line of texts.flatMap((text) => text.split("\n"))) {
    for (const [pattern, form] of forms) {
      for (const { 0: token, 1: name = "", index } of line.matchAll(form)) {
        patterns.add(pattern);
        if (own.has(name)) continue;
        const isTag = /image:\s*["']?[^\s"']*[:]$/.test(line.slice(0, index));
        const known = variables.get(name);
        variables.set(name, {
          type: known?.type === "string" ? "string" : typeIn(line, token),
          isTag: isTag && (known?.isTag ?? true),
        });
      }
    }
  }
  return { patterns: [...patterns], variables };
}

const numbers =
  /^\s*(?:- )?(?:replicas|\w*Replicas|port|\w*Port|\w*Seconds|\w*Threshold|weight|parallelism|completions)\s*:\s*$/;

function typeIn(line: string, token: string): VariableType {
  const [before = "", after = ""] = line.split(token);
  return numbers.test(before) && after.trim() === "" ? "integer" : "string";
}
