import assert from "node:assert/strict";
import { compareTrees } from "../../core/diff/tree/compare-trees.ts";
import { bodiesOf } from "../../hub/view/bodies.ts";
import { seenChanges } from "../../hub/view/changes-view.ts";
import { countNoise } from "../../hub/view/noise-counts.ts";
import { editView } from "../../core/diff/edit-view.ts";
import { noiseText } from "../../hub/view/noise-text.ts";

const config = (name: string, data: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: shop}\ndata: ${data}\n`;
const seen = (before: Record<string, string>, after: Record<string, string>) => {
  const files = (side: Record<string, string>) =>
    Object.entries(side).map(([path, text]) => ({ path, text }));
  return seenChanges(compareTrees(files(before), files(after)));
};
const claimInTwo = (storage: string) => ({
  "base/c.yaml": `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: c, namespace: shop}\nspec: {resources: {requests: {storage: ${storage}}}}\n`,
  "base/kustomization.yaml": "resources: [c.yaml]\n",
  "prod/east/kustomization.yaml": "resources: [../../base]\n",
  "prod/west/kustomization.yaml": "resources: [../../base]\n",
});
const view = (...sides: Parameters<typeof seen>) => seen(...sides).view;

describe("the changes on the review page", () => {
  it("are summed up, the removed objects first", () => {
    const { summary, objects } = view(
      { "a.yaml": config("a", "{x: '1'}"), "b.yaml": config("b", "{}") },
      { "a.yaml": config("a", "{x: '2'}"), "c.yaml": config("c", "{}") },
    );
    assert.equal(summary, "1 object added, 1 changed, 1 removed");
    assert.deepEqual(
      objects.map(({ change, name }) => `${change} ${name}`),
      ["removed shop/b", "changed shop/a", "added shop/c"],
    );
  });

  it("show the whole of an added object, and the edits of a changed one", () => {
    const { objects } = seen({}, { "a.yaml": config("a", "{x: '1'}") });
    const bodies = bodiesOf(objects);
    const body = bodies.body({ object: "0", withNoise: false, from: 0 });
    assert.equal(body.form, "lines");
    assert.ok(body.form === "lines" && body.lines.every(({ sign }) => sign === "+"));
  });

  it("show short values side by side and long ones line by line", () => {
    const path = ["data", "x"];
    const short = editView({ kind: "changed", path, before: "60", after: 60 });
    assert.deepEqual(short.body, { form: "inline", before: '"60"', after: "60" });
    const long = editView({ kind: "changed", path, before: "a\nb\nc\n", after: "a\nB\nc\n" });
    assert.deepEqual(long.body, {
      form: "lines",
      lines: [
        { sign: " ", text: "a" },
        { sign: "-", text: "b" },
        { sign: "+", text: "B" },
        { sign: " ", text: "c" },
      ],
    });
  });

  it("tell objects of one name in two clusters apart, and whose risk is whose", () => {
    const { objects, risks, outcome } = view(claimInTwo("2Gi"), claimInTwo("1Gi"));
    assert.deepEqual(outcome.green.judged, [
      "PersistentVolumeClaim shop/c in prod/east",
      "PersistentVolumeClaim shop/c in prod/west",
    ]);
    assert.deepEqual(
      objects.map(({ key, name, place, risks: amount }) => [key, name, place, amount]),
      [
        ["0", "shop/c", "in prod/east", 1],
        ["1", "shop/c", "in prod/west", 1],
      ],
    );
    assert.deepEqual(
      risks.map(({ key, object }) => [key, object]),
      [
        ["0", "PersistentVolumeClaim shop/c in prod/east"],
        ["1", "PersistentVolumeClaim shop/c in prod/west"],
      ],
    );
  });

  it("never say that there is no risk over a file that was not read", () => {
    const broken = view({ "a.yaml": config("a", "{}") }, { "a.yaml": "a: [" });
    assert.equal(broken.complete, false);
    assert.deepEqual(broken.objects, []);
    assert.match(broken.problems[0] ?? "", /^a\.yaml:1:\d+: not valid YAML/);
    assert.equal(view({}, { "a.yaml": config("a", "{}") }).complete, true);
  });

  it("count what is hidden, by its class", () => {
    const text = noiseText(
      countNoise([
        { noise: "version-label" },
        { noise: "checksum" },
        { noise: "version-label" },
        {},
      ]),
      false,
    );
    assert.equal(text, "3 edits hidden as minor: 2 chart and version labels, 1 checksum");
    assert.equal(noiseText(countNoise([{}]), false), undefined);
  });
});
