import { badRequest } from "../api/api-failure.ts";
import { isRecord, type KubeObject } from "../api/kube-object.ts";

/** What `labelSelector` and `fieldSelector` of a request let through. @throws ApiFailure 400 */
export function selectObjects(query: URLSearchParams): (object: KubeObject) => boolean {
  const labels = splitTerms(query.get("labelSelector") ?? "").map(labelTerm);
  const fields = splitTerms(query.get("fieldSelector") ?? "").map(fieldTerm);
  return (object) => [...labels, ...fields].every((holds) => holds(object));
}

type Test = (object: KubeObject) => boolean;

// Commas inside the parentheses of `in (a,b)` do not separate terms.
function splitTerms(text: string): string[] {
  return text.split(/,(?![^(]*\))/).filter((term) => term.trim() !== "");
}

function labelTerm(term: string): Test {
  const label = (key: string) => (object: KubeObject) => object.metadata.labels?.[key];
  const [, inKey, operator, list] = /^\s*(\S+)\s+(in|notin)\s+\((.*)\)\s*$/.exec(term) ?? [];
  if (inKey !== undefined && list !== undefined) {
    const values = list.split(",").map((value) => value.trim());
    const read = label(inKey);
    return (object) => values.includes(read(object) ?? "\0") === (operator === "in");
  }
  const [, key, comparison, value] = /^\s*([^=!\s]+)\s*(==|=|!=)\s*(\S*)\s*$/.exec(term) ?? [];
  if (key !== undefined) {
    const read = label(key);
    return (object) => (read(object) === value) === (comparison !== "!=");
  }
  const [, not, bare] = /^\s*(!?)\s*(\S+)\s*$/.exec(term) ?? [];
  if (bare === undefined) throw badRequest(`unable to parse requirement: ${term}`);
  const read = label(bare);
  return (object) => (read(object) !== undefined) === (not === "");
}

function fieldTerm(term: string): Test {
  const [, path, comparison, value] = /^\s*([^=!]+)(==|=|!=)(.*)$/.exec(term) ?? [];
  if (path === undefined) throw badRequest(`invalid field selector: ${term}`);
  return (object) => {
    let found: unknown = object;
    for (const step of path.trim().split(".")) found = isRecord(found) ? found[step] : undefined;
    const text = typeof found === "string" || typeof found === "number" ? String(found) : "";
    return (text === value) === (comparison !== "!=");
  };
}
