import type { KubernetesObject } from "../../manifests/identity.ts";
import { openVariables } from "../../manifests/open-variables.ts";
import { isRecord } from "../../manifests/parse.ts";
import { noBase64 } from "../mask.ts";
import { pathText } from "../path.ts";
import type { ObjectChange } from "../object-change.ts";

/** One object's change, as the API server can be asked about it. */
export type ServerQuestion = {
  readonly change: ObjectChange;
  readonly object: KubernetesObject;
  /** As it is in the cluster, as far as git says. */
  readonly before?: KubernetesObject;
  /** What stands as `${NAME}`, whose value nobody knows here. */
  readonly open: readonly string[];
};

export type ServerQuestions = {
  readonly asked: readonly ServerQuestion[];
  /** Why others are none. */
  readonly notAsked: readonly string[];
};

/** Of more, the first ones are judged. */
const mostAsked = 400;

/** What the API server can be asked of a comparison: everything that comes or changes. */
export function serverQuestions(objects: readonly ObjectChange[]): ServerQuestions {
  const there = objects.flatMap((change) =>
    change.after === undefined ? [] : [{ change, object: change.after }],
  );
  const plain = there.filter(({ object }) => !("sops" in object));
  const encrypted = there.length - plain.length;
  const left = Math.max(0, plain.length - mostAsked);
  return {
    asked: plain.slice(0, mostAsked).map(({ change, object }) => questionOf(change, object)),
    notAsked: [
      ...(encrypted === 0 ? [] : [`${encrypted} encrypted, which Flux decrypts`]),
      ...(left === 0 ? [] : [`${left} beyond the first ${mostAsked}`]),
    ],
  };
}

function questionOf(change: ObjectChange, object: KubernetesObject): ServerQuestion {
  const { before, renamedFrom, madeBy, edits } = change;
  // What was encrypted, or has another name, is no object that is updated.
  const isUpdate = before !== undefined && renamedFrom === undefined && !("sops" in before);
  const places = new Set(edits.map(({ path }) => pathText(path.slice(0, 2))));
  const isChanged = (field: string, key: string) =>
    places.has(pathText([field])) || places.has(pathText([field, key]));
  return {
    change,
    object: withStandIns(object, isChanged),
    ...(isUpdate ? { before: withStandIns(before, () => false) } : {}),
    // Nobody substitutes in what Helm applies.
    open: madeBy === undefined ? openVariables(object) : [],
  };
}

// `{}` and `{"a":1}`: JSON, as credentials of registries have to be.
const standInsOf = { data: ["e30=", "eyJhIjoxfQ=="], stringData: ["{}", '{"a":1}'] } as const;

/**
 * A Secret whose masked values are replaced by what any type of Secret takes: equal where they are
 * equal. What hangs on the values themselves is not judged.
 */
function withStandIns(
  object: KubernetesObject,
  isChanged: (field: string, key: string) => boolean,
): KubernetesObject {
  if (object.kind !== "Secret" || object.apiVersion !== "v1") return object;
  const standIns = (field: "data" | "stringData") => {
    const values = object[field];
    if (!isRecord(values)) return {};
    const [same, other] = standInsOf[field];
    const replaced = Object.entries(values).map(([key, value]) => {
      const stays = typeof value !== "string" || value === noBase64;
      return [key, stays ? value : isChanged(field, key) ? other : same] as const;
    });
    return { [field]: Object.fromEntries(replaced) };
  };
  return { ...object, ...standIns("data"), ...standIns("stringData") };
}
