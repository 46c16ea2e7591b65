import assert from "node:assert/strict";
import { compareObjects } from "../../../core/diff/compare-manifests.ts";
import { compareTrees } from "../../../core/diff/tree/compare-trees.ts";
import { readObjects } from "../../../core/diff/read-objects.ts";
import { objectHealth } from "../../../core/health/object-health.ts";
import { toYaml } from "../../../core/manifests/kubernetes-yaml.ts";
import { miscasedKeys } from "../../../core/render/kustomization-references.ts";
import { labelledPairs } from "./labelled-pairs.ts";
import { object } from "./manifests.ts";
import { morePairs } from "./more-pairs.ts";
import { outsidePairs } from "./outside-pairs.ts";
import { reachPairs } from "./reach-pairs.ts";
import { rightsPairs } from "./rights-pairs.ts";
import { strangerPairs } from "./stranger-pairs.ts";

const pairs = [
  ...[...labelledPairs, ...morePairs, ...strangerPairs],
  ...[...reachPairs, ...rightsPairs, ...outsidePairs],
];
// What a look into a table of the program finds without being asked for.
const inherited = ["constructor", "toString", "valueOf"] as const;

type Place = readonly string[];

function placesIn(value: unknown, at: Place = []): readonly Place[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [
    [...at, key],
    ...placesIn(child, [...at, key]),
  ]);
}

/** The same with another key, and text, at a place. */
function renamed(value: unknown, [key = "", ...rest]: Place, word: string): unknown {
  if (Array.isArray(value)) {
    return value.map((one: unknown, at) => (String(at) === key ? inside(one) : one));
  }
  return Object.fromEntries(
    Object.entries(value as object).map(([name, child]) =>
      name === key
        ? [rest.length === 0 && typeof child === "object" ? word : name, inside(child)]
        : [name, child],
    ),
  );
  function inside(child: unknown): unknown {
    if (rest.length > 0) return renamed(child, rest, word);
    return typeof child === "string" ? word : child;
  }
}

/** Equal for places that are the same field of two objects of one kind, or of two items of a list. */
function fieldAt(objects: readonly unknown[], [item = "", ...path]: Place): string {
  const { kind } = objects[Number(item)] as { readonly kind?: string };
  return [kind, ...path.map((key) => (/^\d+$/.test(key) ? "*" : key))].join(" ");
}

describe("names that every object inherits", () => {
  it("are names like any other in manifests, wherever they stand", () => {
    const file = (objects: readonly unknown[]) => [
      { path: "prod/all.yaml", text: objects.map((one) => toYaml(one as object)).join("---\n") },
    ];
    const thrown = new Set<string>();
    const tried = new Set<string>();
    for (const [index, { name, before, after }] of pairs.entries()) {
      const old = readObjects(file(before));
      for (const [at, place] of placesIn(after).entries()) {
        const word = inherited[(index + at) % inherited.length] ?? "";
        const field = `${fieldAt(after, place)} ${word}`;
        if (tried.has(field)) continue;
        tried.add(field);
        const other = renamed(after, place, word) as readonly object[];
        try {
          compareObjects(old, readObjects(file(other)));
          for (const one of other) objectHealth(one);
        } catch (error) {
          thrown.add(`${name}, ${place.join(".")} ${word}: ${String(error)}`);
        }
      }
    }
    assert.deepEqual([...thrown].slice(0, 10), []);
    assert.ok(tried.size > 1_000, `only ${tried.size} places were tried`);
  });

  it("are keys of a kustomization like any other", () => {
    for (const key of inherited) {
      const text = (more: string) => `resources: [a.yaml]\n${key}: [{ a: b }]\n${more}`;
      const side = (more: string, name: string) => [
        { path: "prod/kustomization.yaml", text: text(more) },
        { path: "prod/a.yaml", text: toYaml(object("v1", "ConfigMap", { data: { name } })) },
      ];
      const { risks } = compareTrees(side("", "a"), side("namePrefix: x-\n", "b"));
      assert.ok(
        risks.some((one) => one.text.includes(key)),
        JSON.stringify(risks),
      );
      assert.deepEqual(miscasedKeys({ [key]: [{ a: "b" }] }), []);
    }
  });
});
