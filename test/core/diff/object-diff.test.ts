import assert from "node:assert/strict";
import { diffManifests } from "../../../core/diff/diff-manifests.ts";
import { pathText } from "../../../core/diff/path.ts";
import { deployment, diffOf, editLines, object } from "./manifests.ts";

const config = (data: object, name = "settings") => ({
  ...object("v1", "ConfigMap", { data }),
  metadata: { name, namespace: "shop" },
});

describe("the diff of manifests", () => {
  it("finds nothing between a text and itself, whatever the order of keys and files", () => {
    const text =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\ndata: {x: y}\n";
    const shuffled =
      "data: {x: y}\nmetadata: {namespace: b, name: a}\nkind: ConfigMap\napiVersion: v1\n";
    const diff = diffManifests([{ path: "a.yaml", text }], [{ path: "b.yaml", text: shuffled }]);
    assert.deepEqual(diff, { objects: [], images: [], problems: [] });
  });

  it("tells added, changed and removed objects apart by identity", () => {
    const service = object("v1", "Service");
    const diff = diffOf([config({ a: "1" }), service], [config({ a: "2" }), deployment()]);
    assert.deepEqual(
      diff.objects.map(({ change, identity }) => `${change} ${identity.kind}`),
      ["changed ConfigMap", "added Deployment", "removed Service"],
    );
  });

  it("takes a new API version as a change of the object, not as another object", () => {
    const before = object("policy/v1beta1", "PodDisruptionBudget");
    assert.deepEqual(editLines([before], [{ ...before, apiVersion: "policy/v1" }]), [
      'changed apiVersion -"policy/v1beta1" +"policy/v1"',
    ]);
  });

  it("names a field by its path, list items by what names them", () => {
    const before = deployment({
      env: [
        { name: "A", value: "1" },
        { name: "B", value: "2" },
      ],
    });
    const after = deployment({
      env: [
        { name: "Z", value: "0" },
        { name: "B", value: "3" },
      ],
    });
    assert.deepEqual(editLines([before], [after]), [
      'removed spec.template.spec.containers[api].env[A] -{"name":"A","value":"1"}',
      'added spec.template.spec.containers[api].env[Z] +{"name":"Z","value":"0"}',
      'changed spec.template.spec.containers[api].env[B].value -"2" +"3"',
    ]);
  });

  it("matches ports by number and protocol, mounts by path", () => {
    const before = deployment({
      ports: [{ containerPort: 80 }, { containerPort: 53, protocol: "UDP" }],
      volumeMounts: [{ name: "a", mountPath: "/data" }],
    });
    const after = deployment({
      ports: [{ containerPort: 53, protocol: "UDP", name: "dns" }, { containerPort: 80 }],
      volumeMounts: [{ name: "b", mountPath: "/data" }],
    });
    const lines = editLines([before], [after]).map((line) => line.replace(/ -.*/, ""));
    assert.deepEqual(lines, [
      "reordered spec.template.spec.containers[api].ports",
      'added spec.template.spec.containers[api].ports[53/UDP].name +"dns"',
      "changed spec.template.spec.containers[api].volumeMounts[/data].name",
    ]);
  });

  it("compares lists without names by content, and pairs what lies between", () => {
    const before = deployment({ args: ["serve", "--port=80", "--verbose"] });
    const after = deployment({ args: ["serve", "--port=8080", "--verbose", "--trace"] });
    assert.deepEqual(editLines([before], [after]), [
      'changed spec.template.spec.containers[api].args[#2] -"--port=80" +"--port=8080"',
      'added spec.template.spec.containers[api].args[#4] +"--trace"',
    ]);
  });

  it("falls back to positions where two items share their name", () => {
    const twice = (value: string) =>
      deployment({
        env: [
          { name: "A", value: "1" },
          { name: "A", value },
        ],
      });
    assert.deepEqual(editLines([twice("2")], [twice("3")]), [
      'changed spec.template.spec.containers[api].env[#2].value -"2" +"3"',
    ]);
  });

  it("reports what it cannot read and what stands there twice, and goes on", () => {
    const text = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n";
    const diff = diffManifests(
      [],
      [
        { path: "broken.yaml", text: "a: [" },
        { path: "one.yaml", text },
        { path: "two.yaml", text },
      ],
    );
    assert.deepEqual(
      diff.problems.map(({ file, message }) => `${file}: ${message}`.slice(0, 40)),
      ["broken.yaml: not valid YAML: Flow sequen", "two.yaml: Service/a is also in one.yaml"],
    );
    assert.equal(diff.objects.length, 1);
  });

  it("survives a text made to explode, and keys that mean something to JavaScript", () => {
    const bomb = ["a: &a [x, x]", "b: &b [*a, *a]"];
    for (let at = 0; at < 40; at += 1) bomb.push(`c${at}: &c${at} [*b, *b, *b, *b, *b]`);
    const odd =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {__proto__: x, constructor: y}\n";
    const diff = diffManifests(
      [{ path: "bomb.yaml", text: bomb.join("\n") }],
      [{ path: "odd.yaml", text: odd }],
    );
    assert.equal(diff.problems.length, 1);
    assert.equal(diff.objects.length, 1);
    assert.deepEqual(editLines([config({ a: "1" })], [config({ a: "1", constructor: "y" })]), [
      'added data.constructor +"y"',
    ]);
  });

  it("pairs a generated ConfigMap with its new suffix; a pod's reference to it counts", () => {
    const uses = (name: string) => deployment({ envFrom: [{ configMapRef: { name } }] });
    const [old, next] = ["settings-b7t5m4kfhg", "settings-96hk2dtm5g"];
    const diff = diffOf(
      [config({ a: "1" }, old), uses(old)],
      [config({ a: "2" }, next), uses(next)],
    );
    assert.deepEqual(
      diff.objects.map(({ change, identity, renamedFrom }) => [change, identity.kind, renamedFrom]),
      [
        ["changed", "ConfigMap", old],
        ["changed", "Deployment", undefined],
      ],
    );
    const classes = diff.objects.map(({ edits }) =>
      edits.map((edit) => `${pathText(edit.path)} ${edit.noise ?? "counts"}`),
    );
    assert.deepEqual(classes, [
      ["metadata.name generated-name", "data.a counts"],
      ["spec.template.spec.containers[api].envFrom[settings].configMapRef.name counts"],
    ]);
  });
});
