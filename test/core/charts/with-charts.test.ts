import assert from "node:assert/strict";
import { concealSecrets } from "../../../core/charts/conceal-secrets.ts";
import {
  chartsFileName,
  isChartsFile,
  parseRenderedCharts,
  writeRenderedCharts,
} from "../../../core/charts/rendered-charts.ts";
import type { RenderedRelease } from "../../../core/charts/rendered-release.ts";
import { withCharts } from "../../../core/charts/with-charts.ts";
import { compareTrees } from "../../../core/diff/tree/compare-trees.ts";
import { identityOf, type KubernetesObject } from "../../../core/manifests/identity.ts";

const file = "prod/release.yaml";
const releaseText = (tag: string) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: api, namespace: shop }
spec: { interval: 5m, values: { tag: ${tag} }, valuesFrom: [{ kind: ConfigMap, name: more }] }
`;
const more = (value: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: more, namespace: shop }\ndata: { values.yaml: "a: ${value}" }\n`;
const object = (kind: string, name: string, rest: object = {}): KubernetesObject => ({
  ...{ apiVersion: kind === "StatefulSet" ? "apps/v1" : "v1", kind },
  metadata: { name, namespace: "shop" },
  ...rest,
});
const rendered = (part: Partial<RenderedRelease> = {}): RenderedRelease => ({
  identity: identityOf({
    ...object("HelmRelease", "api"),
    apiVersion: "helm.toolkit.fluxcd.io/v2",
  }),
  ...{ file, before: [], after: [], notKnown: [], random: [], uses: ["ConfigMap/shop/more"] },
  ...part,
});

function compared(release: RenderedRelease, kind: "values" | "valuesFrom") {
  const [old, next] = kind === "values" ? ["one", "two"] : ["one", "one"];
  const [a, b] = kind === "values" ? ["1", "1"] : ["1", "2"];
  const side = (tag: string, value: string) => [
    { path: file, text: releaseText(tag) },
    { path: "prod/more.yaml", text: more(value) },
  ];
  return withCharts(compareTrees(side(old ?? "", a ?? ""), side(next ?? "", b ?? "")), [release]);
}

describe("a comparison with rendered charts", () => {
  it("shows their objects, and judges them, in place of what was not known", () => {
    for (const kind of ["values", "valuesFrom"] as const) {
      const before = [object("StatefulSet", "db"), object("ConfigMap", "a", { data: { a: "1" } })];
      const after = [object("ConfigMap", "a", { data: { a: "2" } })];
      const { objects, risks, problems, complete } = compared(rendered({ before, after }), kind);
      const made = objects.filter(({ madeBy }) => madeBy === "HelmRelease shop/api");
      assert.deepEqual(
        made.map(({ change, identity }) => `${change} ${identity.kind}`),
        ["changed ConfigMap", "removed StatefulSet"],
      );
      assert.deepEqual(
        risks.map(({ rule, severity }) => `${severity} ${rule}`),
        ["high removal"],
      );
      assert.deepEqual([problems, complete], [[], true]);
    }
  });

  it("stays unknown and high where a chart was not rendered, with the reason", () => {
    for (const kind of ["values", "valuesFrom"] as const) {
      const { risks, problems, complete } = compared(rendered({ failure: "no helm" }), kind);
      assert.deepEqual(
        risks.map(({ rule }) => rule),
        ["unknown-effect"],
      );
      assert.equal(complete, false);
      assert.match(problems.map(({ message }) => message).join("\n"), /was not rendered: no helm/);
    }
  });

  it("is not complete where values live in the cluster, or a chart is never the same", () => {
    const { problems, complete } = compared(
      rendered({ notKnown: ["Secret shop/db (values.yaml)"], random: ["Secret/shop/tls"] }),
      "values",
    );
    assert.equal(complete, false);
    const text = problems.map(({ message }) => message).join("\n");
    assert.match(text, /without what only the cluster knows: Secret shop\/db/);
    assert.match(text, /makes Secret\/shop\/tls anew at every render: it is not compared/);
  });

  it("says of what Helm keeps that it is not deleted", () => {
    const metadata = {
      ...{ name: "data", namespace: "shop" },
      annotations: { "helm.sh/resource-policy": "keep" },
    };
    const kept = { ...object("PersistentVolumeClaim", "data"), metadata };
    const { risks } = compared(rendered({ before: [kept] }), "values");
    assert.match(risks[0]?.text ?? "", /its annotation tells Helm not to delete it/);
    assert.equal(risks[0]?.severity, "medium");
  });

  it("takes nothing away with a release that goes without being uninstalled", () => {
    const before = [object("PersistentVolumeClaim", "data")];
    const rows: readonly [metadata: string, spec: string, told: RegExp][] = [
      ["", "", /^high .*uninstalls everything/],
      ["", "suspend: true, ", /^medium .*suspended: what its chart made keeps running/],
      [", labels: { kustomize.toolkit.fluxcd.io/prune: Disabled }", "", /^medium .*keeps running/],
    ];
    for (const [metadata, spec, told] of rows) {
      const text = releaseText("1").replace("namespace: shop", `namespace: shop${metadata}`);
      const files = [{ path: file, text: text.replace("spec: {", `spec: { ${spec}`) }];
      assert.ok(files.every((one) => one.text.includes(metadata) && one.text.includes(spec)));
      const { objects, risks } = withCharts(compareTrees(files, []), [rendered({ before })]);
      const claims = objects.filter(({ identity }) => identity.kind === "PersistentVolumeClaim");
      assert.equal(claims.length, metadata + spec === "" ? 1 : 0);
      const said = risks.filter(({ identity }) => identity.kind === "HelmRelease");
      assert.match(said.map((risk) => `${risk.severity} ${risk.text}`).join("\n"), told);
    }
  });

  it("asks Helm's word of what a chart renders, not Flux's", () => {
    const metadata = {
      ...{ name: "data", namespace: "shop" },
      annotations: { "kustomize.toolkit.fluxcd.io/prune": "disabled" },
    };
    const gone = { ...object("PersistentVolumeClaim", "data"), metadata };
    const { objects, risks } = compared(rendered({ before: [gone] }), "values");
    assert.deepEqual([risks[0]?.severity, objects.some(({ kept }) => kept)], ["high", false]);
  });

  it("is attached without a secret, and shows still that one changed", () => {
    const disguise = (text: string) => Buffer.from(`x${text.length}${text.charCodeAt(0)}`);
    const secret = (value: string) =>
      object("Secret", "s", {
        data: { a: btoa(value), same: btoa("constant") },
        stringData: { b: value },
      });
    const release = rendered({
      before: [secret("hunter2hunter2")],
      after: [secret("Hunter3hunter3")],
    });
    const commits = { before: "b".repeat(40), after: "a".repeat(40), source: "c".repeat(40) };
    const text = writeRenderedCharts({ ...commits, releases: [concealSecrets(release, disguise)] });
    assert.doesNotMatch(text, /unter|aHVudGVy|SHVudGVy|constant|Y29uc3RhbnQ/);
    const read = parseRenderedCharts(JSON.parse(text));
    const { objects } = compared(read?.releases[0] as RenderedRelease, "values");
    const edits = objects.find(({ identity }) => identity.kind === "Secret")?.edits;
    assert.deepEqual(
      edits?.map(({ path }) => JSON.stringify(path)),
      ['["data","a"]', '["stringData","b"]'],
    );
    assert.match(JSON.stringify(edits), /14 bytes/);
    const name = chartsFileName({ after: commits.after, build: 7 });
    assert.equal(name, "charts-aaaaaaaaaaaa-7.json");
    assert.equal(isChartsFile(name), true);
  });

  it("takes nothing for a file of charts that has another shape", () => {
    const whole = { before: "b", after: "a", source: "c", releases: [rendered()] };
    const text = writeRenderedCharts(whole);
    assert.notEqual(parseRenderedCharts(JSON.parse(text)), undefined);
    const odd = [
      null,
      { ...whole, kind: "Other" },
      { ...JSON.parse(text), releases: [{ ...rendered(), after: [{ kind: "Pod" }] }] },
      { ...JSON.parse(text), releases: [{ ...rendered(), notKnown: [1] }] },
      { ...JSON.parse(text), before: 1 },
    ];
    for (const value of odd) assert.equal(parseRenderedCharts(value), undefined);
  });
});
