import { jsonOf } from "./recording.ts";

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

// What a recording keeps of an answer's headers; everything else was taken out of it.
const comparedHeaders = ["content-type", "www-authenticate", "x-tfs-serviceerror"];

/** How an answer differs from the recorded one: status, header names, JSON keys and types. */
export function compareAnswers(recorded: Answer, given: Answer): readonly string[] {
  const differences: string[] = [];
  if (recorded.status !== given.status) {
    return [`status ${given.status} instead of ${recorded.status}: ${given.body.slice(0, 200)}`];
  }
  for (const name of comparedHeaders) {
    const [wanted, found] = [name in recorded.headers, name in given.headers];
    if (wanted && !found) differences.push(`header ${name} is missing`);
    if (!wanted && found) differences.push(`header ${name} is too many`);
  }
  const [wanted, found] = [jsonOf(recorded.body), jsonOf(given.body)];
  if (wanted === undefined) {
    if (recorded.body.trim() === "" && given.body.trim() !== "") differences.push("has a body");
    return differences;
  }
  return [...differences, ...compareShapes(wanted, found, "")];
}

function compareShapes(recorded: unknown, given: unknown, path: string): readonly string[] {
  const [wanted, found] = [typeOf(recorded), typeOf(given)];
  if (wanted !== found) return [`${path || "body"} is ${found} instead of ${wanted}`];
  if (Array.isArray(recorded) && Array.isArray(given)) {
    return compareLists(recorded, given, path);
  }
  if (isObject(recorded) && isObject(given)) return compareObjects(recorded, given, path);
  return [];
}

function compareObjects(
  recorded: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>>,
  path: string,
): readonly string[] {
  const differences: string[] = [];
  for (const [key, value] of Object.entries(recorded)) {
    if (!(key in given)) differences.push(`${path}.${key} is missing`);
    else differences.push(...compareShapes(value, given[key], `${path}.${key}`));
  }
  for (const key of Object.keys(given)) {
    if (!(key in recorded)) differences.push(`${path}.${key} is too many`);
  }
  return differences;
}

// Items are compared with the recorded one of the same name, or else with the first that fits:
// what is optional differs from item to item.
function compareLists(
  recorded: readonly unknown[],
  given: readonly unknown[],
  path: string,
): readonly string[] {
  if (recorded.length === 0) return [];
  if (given.length === 0) return [`${path} is empty`];
  return given.flatMap((item) => {
    const named = recorded.find((one) => nameOf(one) !== undefined && nameOf(one) === nameOf(item));
    const candidates = named === undefined ? recorded : [named];
    const [best = []] = candidates
      .map((one) => compareShapes(one, item, `${path}[]`))
      .sort((a, b) => a.length - b.length);
    return best;
  });
}

function nameOf(value: unknown): unknown {
  return isObject(value) ? value["name"] : undefined;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
