import assert from "node:assert/strict";
import { defaultsOfOthers } from "../../../core/diff/default-values-of-others.ts";
import { defaultValues, empty, ofPod, podPlaces } from "../../../core/diff/default-values.ts";
import { editLines, riskLines } from "./manifests.ts";

/** An object in which all stands that leads to a place, and the value there, if it is given. */
function objectWith(kind: string, place: string, value?: unknown): object {
  const [name = "", ...group] = kind.split(".");
  const apiVersion = group.length === 0 ? "v1" : `${group.join(".")}/v1`;
  const root = { apiVersion, kind: name, metadata: { name: "a", namespace: "shop" } };
  const keys = place.split(".");
  let at: Record<string, unknown> = root;
  for (const [index, key] of keys.entries()) {
    if (index === keys.length - 1) {
      if (value !== undefined) at[key] = value;
      break;
    }
    const next: Record<string, unknown> = (at[key] as Record<string, unknown> | undefined) ?? {};
    if (key.endsWith("[]")) {
      Object.assign(next, { name: "x", port: 80 });
      at[key.slice(0, -2)] = [next];
    } else {
      at[key] = next;
    }
    at = next;
  }
  return root;
}

const ofKinds = { ...defaultValues, ...defaultsOfOthers };
const rows = Object.keys({ ...podPlaces, ...ofKinds }).flatMap((kind) => {
  const pod = podPlaces[kind];
  const ofItsPod =
    pod === undefined ? [] : Object.entries(ofPod).map(([at, is]) => [pod + at, is] as const);
  return [...Object.entries(ofKinds[kind] ?? {}), ...ofItsPod].map(([place, value]) => {
    const isMap =
      /(Selector|selector|metadata|annotations|ontext|resources|limits|requests|trategy|Update|Policy|Ref|target|allowedRoutes|namespaces|matchResources)$/;
    return { kind, place, value: value !== empty ? value : isMap.test(place) ? {} : [] };
  });
});

describe("what the API server takes anyway", () => {
  for (const kind of new Set(rows.map((row) => row.kind))) {
    it(`is no risk, and no change, where it is written out or left out: ${kind}`, () => {
      for (const { place, value } of rows.filter((row) => row.kind === kind)) {
        const [without, written] = [objectWith(kind, place), objectWith(kind, place, value)];
        for (const [before, after] of [
          [without, written],
          [written, without],
        ] as const) {
          assert.deepEqual(riskLines([before], [after]), [], place);
          const loud = editLines([before], [after]).filter((line) => !/ \([a-z-]+\)$/.test(line));
          assert.deepEqual(loud, [], place);
        }
      }
    });
  }
});
