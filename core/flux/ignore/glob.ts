// Go's path/filepath.Match for one name, without its way over slashes. Patterns are others' texts: a
// star is tried again from the last one only, so that no pattern takes long.

type Token = "star" | ((character: string) => boolean);

/** @returns undefined for a pattern that Go calls malformed: it matches nothing */
export function parseGlob(pattern: string): ((name: string) => boolean) | undefined {
  const tokens: Token[] = [];
  const left = [...pattern];
  for (let next = left.shift(); next !== undefined; next = left.shift()) {
    const token = tokenOf(next, left);
    if (token === undefined) return undefined;
    tokens.push(token);
  }
  return (name) => matches(tokens, [...name]);
}

function tokenOf(first: string, left: string[]): Token | undefined {
  switch (first) {
    case "*":
      return "star";
    case "?":
      return () => true;
    case "[":
      return characterClass(left);
    case "\\": {
      const escaped = left.shift();
      return escaped === undefined ? undefined : (character) => character === escaped;
    }
    default:
      return (character) => character === first;
  }
}

function characterClass(left: string[]): Token | undefined {
  const isNegated = left[0] === "^";
  if (isNegated) left.shift();
  const ranges: (readonly [low: number, high: number])[] = [];
  while (left[0] !== "]" || ranges.length === 0) {
    const low = member(left);
    if (low === undefined) return undefined;
    let high: number | undefined = low;
    if (left[0] === "-") {
      left.shift();
      high = member(left);
    }
    if (high === undefined) return undefined;
    ranges.push([low, high]);
  }
  left.shift();
  return (character) => {
    const point = character.codePointAt(0) ?? 0;
    return ranges.some(([low, high]) => low <= point && point <= high) !== isNegated;
  };
}

function member(left: string[]): number | undefined {
  const first = left.shift();
  if (first === undefined || first === "-" || first === "]") return undefined;
  const one = first === "\\" ? left.shift() : first;
  // What ends in a member is no class.
  return left.length === 0 ? undefined : one?.codePointAt(0);
}

function matches(tokens: readonly Token[], name: readonly string[]): boolean {
  let [at, token] = [0, 0];
  let star: { token: number; at: number } | undefined;
  while (at < name.length) {
    const one = tokens[token];
    if (one === "star") {
      star = { token, at };
      token += 1;
    } else if (one?.(name[at] ?? "") === true) {
      token += 1;
      at += 1;
    } else if (star !== undefined) {
      star.at += 1;
      at = star.at;
      token = star.token + 1;
    } else return false;
  }
  return tokens.slice(token).every((one) => one === "star");
}
