import assert from "node:assert/strict";
import {
  defaultValues,
  type DefaultValues,
  empty,
  ofPod,
  podPlaces,
} from "../../core/diff/default-values.ts";
import { refusalOf, useApiServer } from "./api-server.ts";
import { type Base, defaultBases, keptApart, sameEffect } from "./default-bases.ts";

type Row = { readonly kind: string; readonly place: string; readonly value: unknown };

describe("fields that are minor since the API server takes their value anyway", function () {
  this.timeout(600_000);
  const server = useApiServer();

  it("are stored as if they were not written", async () => {
    const found: string[] = [];
    for (const row of rows()) {
      const why = await difference(row);
      const name = `${row.kind} ${row.place}`;
      if (why !== undefined && !Object.hasOwn(sameEffect, name)) found.push(`${name}: ${why}`);
    }
    assert.deepEqual(found, []);
  });

  it("are not those that are stored as they stand", async () => {
    const found: string[] = [];
    for (const row of keptApart) {
      const why = await difference(row);
      if (why === undefined || !why.includes("{")) found.push(`${row.kind} ${row.place}: ${why}`);
    }
    assert.deepEqual(found, []);
  });

  async function difference({ kind, place, value }: Row): Promise<string | undefined> {
    const answers: string[] = [];
    for (const base of defaultBases[kind] ?? []) {
      const without = structuredClone(base);
      const parent = parentOf(without, place);
      const leaf = place.slice(place.lastIndexOf(".") + 1);
      if (parent === undefined || Object.hasOwn(parent, leaf)) continue;
      const plain = await stored(without);
      if (plain.startsWith("refused")) continue;
      for (const written of value === empty ? [{}, []] : [value]) {
        parent[leaf] = written;
        const other = await stored(without);
        if (plain === other) return undefined;
        answers.push(`${JSON.stringify(written)} gives ${other.slice(0, 300)}`);
      }
    }
    return answers.join("; ") || "no base has a place for it";
  }

  async function stored({ url, object }: Base): Promise<string> {
    const path = `${url}/${object.metadata.name}`;
    const answer = await server.apply(path, object, { dryRun: true }).catch(refusalOf);
    if (typeof answer === "string") return `refused: ${answer}`;
    return JSON.stringify({ ...answer, metadata: undefined }).replaceAll(made, "");
  }
});

// What the server makes anew each time: the id of a Job, the name of a pod's volume of tokens.
const made = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|kube-api-access-[a-z0-9]{5}/g;

function rows(): readonly Row[] {
  const of = (kind: string, values: DefaultValues, at = "") =>
    Object.entries(values).map(([place, value]) => ({ kind, place: `${at}${place}`, value }));
  return [
    ...Object.entries(defaultValues).flatMap(([kind, values]) => of(kind, values)),
    ...of("Deployment.apps", ofPod, podPlaces["Deployment.apps"]),
  ];
}

type Mapping = Record<string, unknown>;

/** The mapping that holds the field; mappings on the way are made where they are missing. */
function parentOf({ object }: Base, place: string): Mapping | undefined {
  const steps = place.split(".").slice(0, -1);
  let at: Mapping | undefined = object;
  for (const [index, step] of steps.entries()) {
    if (at === undefined) return undefined;
    const list = step.endsWith("[]");
    const name = list ? step.slice(0, -2) : step;
    if (!list) at[name] ??= {};
    const next: unknown = at[name];
    const rest = steps[index + 1];
    const items = (Array.isArray(next) ? next : []) as readonly Mapping[];
    at = list
      ? (items.find((item) => rest === undefined || Object.hasOwn(item, bare(rest))) ?? items[0])
      : (next as Mapping | undefined);
  }
  return at;
}

const bare = (step: string) => step.replace("[]", "");
