import assert from "node:assert/strict";
import { deployment, editLines, object, riskLines } from "./manifests.ts";

const labelled = (labels: object, annotations: object = {}) =>
  object("v1", "Service", { metadata: { name: "api", labels, annotations } });

describe("noise in a diff", () => {
  const rows: readonly [string, object, object, string][] = [
    [
      "chart label",
      labelled({ "helm.sh/chart": "a-1" }),
      labelled({ "helm.sh/chart": "a-2" }),
      "version-label",
    ],
    [
      "checksum",
      labelled({}, { "checksum/config": "a" }),
      labelled({}, { "checksum/config": "b" }),
      "checksum",
    ],
    [
      "status",
      object("v1", "Service", { status: { a: 1 } }),
      object("v1", "Service", { status: { a: 2 } }),
      "managed",
    ],
    [
      "order of ports",
      deployment({ ports: [{ containerPort: 1 }, { containerPort: 2 }] }),
      deployment({ ports: [{ containerPort: 2 }, { containerPort: 1 }] }),
      "order",
    ],
    [
      "a quantity written otherwise",
      deployment({ resources: { limits: { cpu: "100m" } } }),
      deployment({ resources: { limits: { cpu: "0.1" } } }),
      "formatting",
    ],
    [
      "spaces at the ends of lines",
      object("v1", "ConfigMap", { data: { a: "x \ny\n" } }),
      object("v1", "ConfigMap", { data: { a: "x\ny\n" } }),
      "formatting",
    ],
    [
      "the default protocol",
      deployment({ ports: [{ containerPort: 1 }] }),
      deployment({ ports: [{ containerPort: 1, protocol: "TCP" }] }),
      "defaulting",
    ],
    [
      "an empty value",
      object("v1", "Service", { spec: { clusterIP: null } }),
      object("v1", "Service", { spec: {} }),
      "defaulting",
    ],
  ];
  for (const [what, before, after, noise] of rows) {
    it(`is told apart and still listed: ${what}`, () => {
      const lines = editLines([before], [after]);
      assert.equal(lines.length, 1);
      assert.match(lines[0] ?? "", new RegExp(`\\(${noise}\\)$`));
    });
  }

  it("never includes what could matter: order of init containers, empty mappings, real amounts", () => {
    const inits = (...names: string[]) =>
      object("v1", "Pod", { spec: { initContainers: names.map((name) => ({ name })) } });
    const limit = (cpu: string) => deployment({ resources: { limits: { cpu } } });
    const lines = [
      ...editLines([inits("a", "b")], [inits("b", "a")]),
      ...editLines(
        [object("v1", "Pod", { spec: {} })],
        [object("v1", "Pod", { spec: { emptyDir: {} } })],
      ),
      ...editLines([limit("100m")], [limit("200m")]),
    ];
    assert.equal(lines.length, 3);
    assert.ok(lines.every((line) => !line.endsWith(")")));
  });

  const template = (spec: object) => ({ template: { metadata: { labels: { app: "a" } }, spec } });
  const containers = (...names: string[]) => ({ containers: names.map((name) => ({ name })) });
  const selector = (...values: string[]) => ({
    selector: { matchExpressions: [{ key: "app", operator: "In", values }] },
  });
  const claim = (...accessModes: string[]) => ({ spec: { accessModes } });
  const frozen: readonly [string, (...order: string[]) => object][] = [
    ["a Job's template", (...n) => object("batch/v1", "Job", { spec: template(containers(...n)) })],
    ["a Pod", (...n) => object("v1", "Pod", { spec: containers(...n) })],
    ["a selector", (...n) => object("apps/v1", "Deployment", { spec: selector(...n) })],
    ["a claim", (...n) => object("v1", "PersistentVolumeClaim", claim(...n))],
    [
      "a claim's template",
      (...n) =>
        object("apps/v1", "StatefulSet", {
          spec: { volumeClaimTemplates: [{ metadata: { name: "d" }, ...claim(...n) }] },
        }),
    ],
    [
      "the nodes of a volume",
      (...values) => {
        const zones = { matchExpressions: [{ key: "zone", operator: "In", values }] };
        const nodeAffinity = { required: { nodeSelectorTerms: [zones] } };
        return object("v1", "PersistentVolume", { spec: { nodeAffinity } });
      },
    ],
  ];
  for (const [what, ordered] of frozen) {
    it(`is no order in what cannot change: the API server compares ${what} with it`, () => {
      const [line] = editLines([ordered("a", "b")], [ordered("b", "a")]);
      assert.match(line ?? "", /^reordered /);
      assert.doesNotMatch(line ?? "", /\)$/);
      assert.match(riskLines([ordered("a", "b")], [ordered("b", "a")])[0] ?? "", /immutable-field/);
    });
  }

  it("is no text in what nobody may change: the API server compares it byte by byte", () => {
    const text = (tail: string) =>
      object("v1", "ConfigMap", { immutable: true, data: { a: `one${tail}\ntwo` } });
    const [line] = editLines([text("")], [text(" ")]);
    assert.doesNotMatch(line ?? "", /\)$/);
    assert.match(riskLines([text("")], [text(" ")])[0] ?? "", /^high immutable-field: /);
  });

  it("is no version label that the API server refuses", () => {
    const version = (text: string) => labelled({ "app.kubernetes.io/version": text });
    const [from, to] = [[version("1.0.0")], [version("1.0.1+build.7")]];
    assert.doesNotMatch(editLines(from, to)[0] ?? "", /version-label/);
    assert.match(riskLines(from, to)[0] ?? "", /^high refused-value: .*1\.0\.1\+build\.7/);
  });

  it("is a default only where the API server takes the field", () => {
    const traffic = { externalTrafficPolicy: "Cluster" };
    const service = (spec: object) => object("v1", "Service", { spec });
    const isMinor = (spec: object) =>
      editLines([service(spec)], [service({ ...spec, ...traffic })])[0]?.endsWith("(defaulting)");
    assert.equal(isMinor({ type: "LoadBalancer" }), true);
    assert.equal(isMinor({}), false);
    assert.equal(isMinor({ type: "ClusterIP" }), false);
  });
});
