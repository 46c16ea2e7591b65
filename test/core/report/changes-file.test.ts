import assert from "node:assert/strict";
import { changesFile } from "../../../core/report/changes-file.ts";
import { diffManifests } from "../../../core/diff/diff-manifests.ts";

type Files = Readonly<Record<string, string>>;

function fileOf(before: Files, after: Files): string {
  const files = (of: Files) => Object.entries(of).map(([path, text]) => ({ path, text }));
  return changesFile({
    delivery: "shop",
    environment: "prod",
    counted: "1 object changed",
    run: { name: "20261123.1", url: "https://dev.azure.com/f/shop/_build/results?buildId=1" },
    diff: diffManifests(files(before), files(after)),
  });
}

const map = (name: string, data: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: ${data}\n`;
const secret = (data: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: db }\ndata: ${data}\n`;

describe("the file with every object's diff", () => {
  it("shows each field that changes, and objects that come or go as a whole", () => {
    const text = fileOf(
      { "a.yaml": map("a", '{ x: "1", y: "1" }'), "old.yaml": map("old", "{}") },
      { "a.yaml": map("a", '{ x: "2", y: "1" }'), "new.yaml": map("new", "{}") },
    );
    assert.match(text, /^# shop → prod\n/);
    assert.match(
      text,
      /## Changed: `ConfigMap a`\n\n`a\.yaml`\n\n```diff\n@@ data\.x @@\n-"1"\n\+"2"\n```/,
    );
    assert.match(text, /## Added: `ConfigMap new`[^#]*\n\+kind: ConfigMap\n/);
    assert.match(text, /## Removed: `ConfigMap old`[^#]*\n-kind: ConfigMap\n/);
    assert.doesNotMatch(text, /data\.y/);
  });

  it("masks values of secrets, and still shows that they change", () => {
    const [old, next] = ["b2xkLXBhc3M=", "bmV3LXBhc3M="];
    const text = fileOf(
      { "s.yaml": secret(`{ key: ${old} }`) },
      { "s.yaml": secret(`{ key: ${next}, more: ${next} }`) },
    );
    assert.ok(!text.includes(old) && !text.includes(next));
    assert.match(text, /@@ data\.key @@\n-\(secret, 8 bytes\)\n\+\(secret, 8 bytes\)/);
    assert.match(text, /@@ data\.more @@\n\+\(secret, 8 bytes\)/);
  });

  it("keeps what says nothing apart from what counts, and leaves nothing out", () => {
    const labelled = (chart: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, labels: { helm.sh/chart: "${chart}" } }\n`;
    const text = fileOf({ "a.yaml": labelled("1") }, { "a.yaml": labelled("2") });
    assert.match(text, /@@ metadata\.labels\["helm\.sh\/chart"\] @@ \(chart and version labels\)/);
  });

  it("cannot be left by a value: fences, escape sequences, commands of the agent", () => {
    const evil = "x\\n```\\n# <img src=x>\\n````\\n\\e[31m##vso[task.complete]";
    const text = fileOf({}, { "a.yaml": map("a", `{ x: "${evil}" }`) });
    const [, fence = "", body = ""] = /\n(`{3,})diff\n([\s\S]*)\n\1\n$/.exec(text) ?? [];
    assert.equal(fence, "`````");
    assert.match(body, /<img src=x>/);
    assert.ok(!text.includes("##vso") && !text.includes("\u001b"));
  });

  it("names what is too large for it", () => {
    const text = fileOf(
      {},
      {
        "big.yaml": map("big", `{ x: "${"y".repeat(1_100_000)}" }`),
        "small.yaml": map("small", "{}"),
      },
    );
    assert.ok(text.length < 10_000);
    assert.match(text, /## Added: `ConfigMap small`/);
    assert.match(
      text,
      /## Too large for this file, see the Review tab\n\n- added: `ConfigMap big`/,
    );
  });

  it("says which manifests could not be read", () => {
    assert.match(fileOf({}, { "a.yaml": "a: [" }), /- could not be compared: /);
  });
});
