import { HttpError } from "../../core/errors.ts";
import type { Kubernetes } from "./connect.ts";
import { isObject, objectsAt, textAt, type Json } from "../../core/flux/read-json.ts";

/** An answer that came, and is not what was asked for: nothing is believed of it. */
export function oddDocument(server: string, path: string, what: string): HttpError {
  const [asked = ""] = path.split("?");
  return new HttpError(`The Kubernetes API at ${server} answered ${asked} with ${what}`, {
    code: "odd-answer",
    status: 0,
    hint: "Look at what answers in its place: a proxy, or a gateway.",
  });
}

/** The objects of a list. An API server names each of its objects, and writes an empty list as one. */
export function itemsOf(answer: unknown): readonly Json[] | undefined {
  if (!isObject(answer) || !Array.isArray(answer["items"])) return undefined;
  const items = objectsAt(answer, "items");
  const isWhole = items.length === answer["items"].length && items.every(isNamed);
  return isWhole ? items : undefined;
}

/** Has it the name that every object of the API has? */
export function isNamed(object: Json): boolean {
  return textAt(object, "metadata", "name") !== undefined;
}

/** The object of a path. @throws HttpError, for any other document too */
export async function readNamed(kubernetes: Kubernetes, path: string): Promise<Json> {
  const answer = await kubernetes.call(path);
  const name = decodeURIComponent(path.slice(path.lastIndexOf("/") + 1));
  if (isObject(answer) && textAt(answer, "metadata", "name") === name) return answer;
  throw oddDocument(kubernetes.server, path, "another document");
}
