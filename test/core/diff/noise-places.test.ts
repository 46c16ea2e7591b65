// What is noise in one place, and counts in another that looks like it.
import assert from "node:assert/strict";
import { deployment, editLines, object } from "./manifests.ts";
import { flux, release, service, spec } from "./pair.ts";

type Row = readonly [what: string, sides: readonly [before: object, after: object], as?: string];

const config = (a: unknown) => object("v1", "ConfigMap", { data: { a } });
const meta = (kind: string, metadata: object) =>
  object("v1", kind, { metadata: { name: "api", namespace: "shop", ...metadata } });
const farm = (data: object) => object("example.com/v1", "Farm", { data });
const cr = spec("example.com/v1", "Farm");
const port = (of: object) => ({ ports: [{ name: "web", ...of }] });

const rows: readonly Row[] = [
  ["a version label of a spec", cr({ labels: { chart: "a-1" } }, { labels: { chart: "a-2" } })],
  [
    "a version beside labels",
    [meta("Service", { other: { chart: "a-1" } }), meta("Service", { other: { chart: "a-2" } })],
  ],
  [
    "a mapping in place of a version label",
    [
      meta("Service", { labels: { chart: { a: "1" } } }),
      meta("Service", { labels: { chart: { a: "2" } } }),
    ],
  ],
  [
    "a port that only now follows its target",
    service(port({ port: 80 }), port({ port: 81, targetPort: 81 })),
  ],
  [
    "a target that no longer holds",
    service(port({ port: 80, targetPort: 80 }), port({ port: 81 })),
  ],
  [
    "a pull policy that only the new image would have",
    [
      deployment({ image: "r/a:1" }),
      deployment({ image: "r/a:latest", imagePullPolicy: "Always" }),
    ],
  ],
  ["blanks of another kind's data", [farm({ a: "one \ntwo" }), farm({ a: "one\ntwo" })]],
  [
    "blanks of an annotation",
    [
      meta("ConfigMap", { annotations: { a: "one \ntwo" } }),
      meta("ConfigMap", { annotations: { a: "one\ntwo" } }),
    ],
  ],
  ["a number that becomes a text", [config(12), config("1\n2")]],
  ["a longer tail of blanks", [config("one  \ntwo"), config("one\ntwo")], "formatting"],
  ["folders outside of the repository", flux({ path: "../a" }, { path: "../b" })],
  [
    "a time deep in a release",
    release({ install: { timeout: "60s" } }, { install: { timeout: "1m" } }),
    "formatting",
  ],
  ["a name that ends like a time", flux({ myinterval: "60s" }, { myinterval: "1m" })],
  ["a name that begins like a time", flux({ intervals: "60s" }, { intervals: "1m" })],
];

describe("an edit in the place of noise", () => {
  for (const [what, [before, after], as] of rows) {
    it(`${as === undefined ? "counts" : `is ${as}`}: ${what}`, () => {
      const lines = editLines([before], [after]);
      assert.ok(lines.length > 0);
      for (const line of lines) {
        if (as === undefined) assert.doesNotMatch(line, /\((\w|-)+\)$/);
        else assert.ok(line.endsWith(`(${as})`), line);
      }
    });
  }
});
