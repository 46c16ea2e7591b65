import type { KubernetesObject } from "../core/manifests/identity.ts";
import { kindDefinedBy, kindOf } from "../core/merge/definitions.ts";
import { byDefinitions } from "../core/render/server-judge.ts";
import { definesTypeOf, fluxDefinitionsFor, fluxRelease } from "./flux-definitions.ts";
import { readExactJson, writeExactJson } from "./exact-json.ts";
import { withPlainValue } from "./go-values.ts";
import type { Unavailable, WorkerClient } from "./worker-client.ts";

export type ValidateRequest = {
  readonly objects: readonly {
    readonly object: KubernetesObject;
    /** The object as it was: then the update is judged, immutable fields included. */
    readonly before?: KubernetesObject;
    /** Variables whose values nobody knows here: they stand as `${NAME}`. */
    readonly open?: readonly string[];
  }[];
  /** CustomResourceDefinitions that the objects may be of; of Flux's kinds those of its release count
   * where they are not among these. */
  readonly definitions?: readonly KubernetesObject[];
  /** Namespaces that are known: where their labels enforce a level of Pod Security, pods are held to it. */
  readonly namespaces?: readonly KubernetesObject[];
};

export type Finding = {
  /** `spec.containers[0].image`; empty for the object as a whole. */
  readonly field: string;
  /** The API server's type of the error: `FieldValueRequired`, `FieldValueInvalid` and so on. */
  readonly type: string;
  /** The API server's words, values of Secrets masked. */
  readonly text: string;
  /** `Flux 2.9`: whose definitions say so, where nobody handed in the cluster's. */
  readonly by?: string;
};

/** The finding with its field, unless its words name that anyway, and by whose definitions. */
export function findingText({ field, text, by }: Omit<Finding, "type">): string {
  const words = field === "" || text.includes(field) ? text : `${field}: ${text}`;
  return `${words}${byDefinitions(by)}`;
}

export type Judged = {
  /** `unknown-kind`: neither built in nor among the definitions, so nothing was judged. */
  readonly kind: "judged" | "unknown-kind";
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  /** The open variables that it holds: what hangs on their values is not said. */
  readonly open?: readonly string[];
};

export type ValidateResult =
  | { readonly kind: "validated"; /** One for each object. */ readonly objects: readonly Judged[] }
  | Unavailable;

/**
 * So much is judged in one call, so that the deadline is for a bounded amount of work: an update of a
 * Deployment with every field set takes 30 ms of CPU, and both its sides are 7 kB.
 */
const mostObjects = 200;
const mostText = 400_000;

type Answer = { readonly objects: readonly Judged[]; readonly panic?: string };

/** What the API server would say to objects that are created, or updated from what they were. */
export async function validate(
  client: WorkerClient,
  request: ValidateRequest,
): Promise<ValidateResult> {
  // Definitions are large: nothing is written of them for nothing.
  if (request.objects.length === 0) return { kind: "validated", objects: [] };
  const { definitions: given = [] } = request;
  const flux = await fluxDefinitionsFor(
    request.objects.map(({ object }) => object),
    given,
  );
  const byFlux = request.objects.map(({ object }) => flux.some((of) => definesTypeOf(of, object)));
  const definitions = [...given, ...flux].filter(definesOneOf(request.objects)).map(writeExactJson);
  const namespaces = (request.namespaces ?? []).filter(enforces).map(writeExactJson);
  const judged: Judged[] = [];
  for (const objects of chunksOf(request.objects)) {
    const called = await client.call(JSON.stringify({ objects, definitions, namespaces }), {});
    if (called.kind !== "answered") return called;
    const answer = readExactJson(called.text) as Answer;
    if (answer.panic !== undefined) return { kind: "crashed", text: answer.panic };
    judged.push(...answer.objects);
  }
  return {
    kind: "validated",
    objects: judged.map((one, at) => inPlainWords(one, byFlux[at] ? fluxRelease : undefined)),
  };
}

/** Reading a definition takes the API server's code longer than a hundred objects: only what judges one. */
function definesOneOf(objects: ValidateRequest["objects"]) {
  const kinds = new Set(
    objects.flatMap(({ object, before }) => [object, before ?? object].map(kindOf)),
  );
  return (definition: KubernetesObject) => kinds.has(kindDefinedBy(definition));
}

function enforces({ kind, metadata }: KubernetesObject): boolean {
  const labels = metadata["labels"] as object | null | undefined;
  return kind === "Namespace" && "pod-security.kubernetes.io/enforce" in Object(labels);
}

function inPlainWords(judged: Judged, by: string | undefined): Judged {
  const plain = (findings: readonly Finding[]) => {
    const said = findings.map((each) => {
      return { ...each, text: withPlainValue(each.text), ...(by && { by }) };
    });
    // In plain words two values that a schema met on its way may be the same.
    return said.filter(
      ({ field, text }, at) =>
        said.findIndex((one) => one.field === field && one.text === text) === at,
    );
  };
  return { ...judged, errors: plain(judged.errors), warnings: plain(judged.warnings) };
}

function* chunksOf(all: ValidateRequest["objects"]) {
  let chunk: object[] = [];
  let text = 0;
  for (const one of all) {
    const object = writeExactJson(one.object);
    const before = one.before && writeExactJson(one.before);
    text += object.length + (before?.length ?? 0);
    if (chunk.length >= mostObjects || (chunk.length > 0 && text > mostText)) {
      yield chunk;
      chunk = [];
      text = object.length + (before?.length ?? 0);
    }
    chunk.push({ object, before, open: one.open });
  }
  if (chunk.length > 0) yield chunk;
}
