import assert from "node:assert/strict";
import { imagesAfter } from "../../../core/rollback/images-after.ts";

describe("the images of a delivery after one app went back", () => {
  const now = { api: "1.5.0", web: "2.1.0" };
  const back = { name: "api", from: "1.5.0", to: "1.4.0" };
  const cases = [
    ["are as they were then", [back], [], { ...now, api: "1.4.0" }],
    [
      "are both, where another app goes on",
      [back],
      ["image: api:1.5.0\n"],
      { ...now, api: "1.4.0 and 1.5.0" },
    ],
    [
      "are not mixed up with longer versions",
      [back],
      ["image: api:1.5.0-rc1\n"],
      { ...now, api: "1.4.0" },
    ],
    [
      "are gone with the app that alone had them",
      [{ name: "web", from: "2.1.0" }],
      [],
      { api: "1.5.0" },
    ],
    ["stay where another app has them", [{ name: "web", from: "2.1.0" }], ["web:2.1.0"], now],
    ["come back with the app", [{ name: "old", to: "0.9" }], [], { ...now, old: "0.9" }],
    [
      "are told apart by digest",
      [{ ...back, to: "1.4.0@sha256:a" }],
      [],
      { ...now, api: "1.4.0@sha256:a" },
    ],
    ["are not those that the index never told", [{ name: "envoy", from: "1", to: "2" }], [], now],
  ] as const;
  for (const [title, changes, others, after] of cases) {
    it(title, () => {
      assert.deepEqual(imagesAfter({ now, changes, others }), after);
    });
  }
});
