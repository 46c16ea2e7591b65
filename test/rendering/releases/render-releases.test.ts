import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { parseManifests } from "../../../core/manifests/parse.ts";
import type { RenderedRelease } from "../../../core/charts/rendered-release.ts";
import { absentKube, type Kube } from "../../../kube/kube.ts";
import { type HelmTool, openHelm } from "../../../rendering/releases/helm-tool.ts";
import { chartPuller, type PullChart } from "../../../rendering/releases/pull-chart.ts";
import { renderReleases } from "../../../rendering/releases/render-releases.ts";
import { useKube } from "../../support/kube.ts";
import { toolsOnPath } from "../rendering-harness.ts";

type Files = Readonly<Record<string, string | Uint8Array>>;

const chartFile = (name: string, more = "") =>
  `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n${more}`;
const settings = `apiVersion: v1
kind: ConfigMap
metadata: { name: {{ .Release.Name }}-{{ .Chart.Name }} }
data: { size: "{{ .Values.size }}", upgrade: "{{ .Release.IsUpgrade }}" }
`;
const chart = {
  "charts/api/Chart.yaml": chartFile("api"),
  "charts/api/values.yaml": "size: 1\n",
  "charts/api/templates/settings.yaml": settings,
};
const release = (
  spec: string,
  source = "{ kind: GitRepository, name: own }",
  name = "./charts/api",
) => ({
  "apps/release.yaml": `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: api, namespace: shop }
spec: { chart: { spec: { chart: ${name}, version: 1.0.0, sourceRef: ${source} } }, ${spec} }
`,
});

function sideOf(files: Files) {
  const all = new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
  const objects = [...all]
    .filter(([path]) => path.startsWith("apps/"))
    .flatMap(([file, text]) =>
      parseManifests(text.toString(), file).documents.map(({ object }) => ({ object, file })),
    );
  const ids = new Map([...all].map(([path, bytes]) => [path, bytes.toString("base64")]));
  const read = (paths: readonly string[]) =>
    Promise.resolve(
      new Map(paths.flatMap((path) => (all.has(path) ? [[path, all.get(path)!]] : []))),
    );
  return { objects, bytes: { ids, read } };
}

/** `~ ConfigMap shop/api-api size: 1 -> 2` */
function dataOf({ before, after }: RenderedRelease): readonly unknown[] {
  return [before, after].map((objects) =>
    objects.map((one) => [one.kind, one.metadata.namespace, one.metadata.name, one["data"]]),
  );
}

describe("rendering charts of changed releases", function () {
  this.timeout(60_000);
  let tools: Awaited<ReturnType<typeof toolsOnPath>>;
  let helm: HelmTool | undefined;
  before(async () => {
    tools = await toolsOnPath();
    helm = openHelm();
  });
  after(() => {
    helm?.close();
    tools.restore();
  });

  const render = (
    [before, after]: readonly [Files, Files],
    more: { readonly pull?: PullChart; readonly kube?: Kube; readonly helm?: undefined } = {},
  ) =>
    renderReleases(
      { before: sideOf(before), after: sideOf(after) },
      { helm, kube: absentKube("it is not here"), ownSources: new Set(), now: () => 0, ...more },
    );
  const only = async (...of: Parameters<typeof render>) => {
    const all = await render(...of);
    assert.equal(all.length, 1, JSON.stringify(all));
    return all[0] as RenderedRelease;
  };

  it("shows the objects that differ by values, as an upgrade of the release's own namespace", async () => {
    const one = await only([
      { ...chart, ...release("values: { size: 1 }") },
      { ...chart, ...release("values: { size: 2 }") },
    ]);
    const data = (size: string) => [["ConfigMap", "shop", "api-api", { size, upgrade: "true" }]];
    assert.deepEqual(dataOf(one), [data("1"), data("2")]);
    assert.deepEqual([one.notKnown, one.random, one.uses], [[], [], ["Chart/charts/api"]]);
  });

  it("renders nothing that does not change, and what the chart's folder changes", async () => {
    const same = { ...chart, ...release("values: {}") };
    assert.deepEqual(await render([same, { ...same, "README.md": "x" }]), []);
    const one = await only([same, { ...same, "charts/api/values.yaml": "size: 7\n" }]);
    assert.match(JSON.stringify(dataOf(one)), /"size":"7"/);
  });

  it("names the templates that ask the cluster, by a helper too, and no helper that nobody uses", async () => {
    const helpers = `{{ define "kept" }}{{ (lookup "v1" "Secret" "shop" "api").data }}{{ end }}{{ define "unused" }}{{ lookup "v1" "Node" "" "" }}{{ end }}`;
    const files = (size: number, used: string) => ({
      ...{ ...chart, ...release(`values: { size: ${size} }`) },
      "charts/api/templates/_helpers.tpl": helpers,
      "charts/api/templates/settings.yaml": `{{/* lookup */}}{{ $lookup := "lookup x" }}${used}${settings}`,
    });
    const { notKnown } = await only([files(1, ""), files(2, "")]);
    assert.deepEqual(notKnown, []);
    const used = '{{ $old := include "kept" . }}';
    const asking = await only([files(1, used), files(2, used)]);
    assert.deepEqual(asking.notKnown, ["what templates/settings.yaml looks up in it"]);
  });

  it("names a template that asks the cluster in a chart that is packed in a packed one", async () => {
    const folder = mkdtempSync(join(tmpdir(), "fluxgate-test-chart-"));
    const asking = `{{ $old := lookup "v1" "Secret" "shop" "api" }}${settings}`;
    for (const [name, template] of [
      ["inner", asking],
      ["outer", settings],
    ] as const) {
      mkdirSync(join(folder, name, "templates"), { recursive: true });
      writeFileSync(join(folder, name, "Chart.yaml"), chartFile(name));
      writeFileSync(join(folder, name, "templates/a.yaml"), template);
    }
    mkdirSync(join(folder, "outer/charts"));
    const pack = (archive: string, name: string) =>
      execFileSync("tar", ["-czf", archive, name], { cwd: folder });
    pack("outer/charts/inner-1.0.0.tgz", "inner");
    pack("outer.tgz", "outer");
    const packed = readFileSync(join(folder, "outer.tgz"));
    rmSync(folder, { recursive: true });
    const files = (size: number) => ({
      ...{ ...chart, ...release(`values: { size: ${size} }`) },
      "charts/api/charts/outer-1.0.0.tgz": packed,
    });
    const { notKnown } = await only([files(1), files(2)]);
    assert.deepEqual(notKnown, ["what charts/outer/charts/inner/templates/a.yaml looks up in it"]);
  });

  it("finds dependencies in the repository: beside the chart, and as vendored archives", async () => {
    const folder = mkdtempSync(join(tmpdir(), "fluxgate-test-chart-"));
    mkdirSync(join(folder, "packed/templates"), { recursive: true });
    writeFileSync(join(folder, "packed/Chart.yaml"), chartFile("packed"));
    writeFileSync(join(folder, "packed/templates/a.yaml"), settings);
    execFileSync("helm", ["package", "packed"], { cwd: folder, stdio: "ignore" });
    const files = {
      ...chart,
      "charts/api/Chart.yaml": chartFile(
        "api",
        "dependencies: [{ name: common, version: 1.0.0, repository: file://../common }, { name: packed, version: 1.0.0, repository: https://nowhere.invalid }]\n",
      ),
      "charts/common/Chart.yaml": chartFile("common"),
      "charts/common/templates/a.yaml": settings,
      "vendor/packed-1.0.0.tgz": readFileSync(join(folder, "packed-1.0.0.tgz")),
    };
    rmSync(folder, { recursive: true });
    const one = await only([
      { ...files, ...release("values: { packed: { size: 1 } }") },
      { ...files, ...release("values: { packed: { size: 2 }, common: { size: 3 } }") },
    ]);
    const names = one.after.map(({ metadata }) => metadata.name);
    assert.deepEqual(names.sort(), ["api-common", "api-packed"]);
  });

  it("takes a release whose chart is as it was where one changed that this packs", async () => {
    const dependencies =
      "dependencies: [{ name: common, version: 1.0.0, repository: file://../common }]\n";
    const files = (template: string) => ({
      ...{ ...chart, ...release("values: {}") },
      "charts/api/Chart.yaml": chartFile("api", dependencies),
      "charts/common/Chart.yaml": chartFile("common"),
      "charts/common/templates/a.yaml": template,
    });
    const one = await only([files(settings), files(`${settings}immutable: true\n`)]);
    assert.deepEqual(
      one.after.map(({ metadata }) => metadata.name),
      ["api-common"],
    );
    assert.ok(one.uses.includes("Chart/charts/common"), one.uses.join());
    assert.deepEqual(await render([files(settings), files(settings)]), []);
  });

  it("renders nothing that a chart beside it depends on in turn, as Flux packs nothing of it", async () => {
    const on = (name: string) =>
      `dependencies: [{ name: ${name}, version: 1.0.0, repository: file://../${name} }]\n`;
    const files = (size: number) => ({
      ...{ ...chart, ...release(`values: { common: { size: ${size} } }`) },
      "charts/api/Chart.yaml": chartFile("api", on("common")),
      "charts/common/Chart.yaml": chartFile("common", on("base")),
      "charts/common/templates/a.yaml": settings,
      "charts/base/Chart.yaml": chartFile("base", on("common")),
      "charts/base/templates/a.yaml": settings,
    });
    const { before, after, uses, failure } = await only([files(1), files(2)]);
    assert.equal(failure, undefined);
    const names = [...before, ...after].map(({ metadata }) => metadata.name);
    assert.deepEqual([...new Set(names)], ["api-common"]);
    assert.ok(!uses.includes("Chart/charts/base"), uses.join());
  });

  it("names what is made anew at every render instead of showing a change", async () => {
    const random = {
      ...chart,
      "charts/api/templates/random.yaml":
        'apiVersion: v1\nkind: Secret\nmetadata: { name: random }\nstringData: { a: "{{ randAlphaNum 9 }}" }\n',
    };
    const one = await only([
      { ...random, ...release("values: { size: 1 }") },
      { ...random, ...release("values: { size: 2 }") },
    ]);
    assert.deepEqual(one.random, ["Secret/shop/random"]);
    assert.deepEqual(
      one.after.map(({ kind }) => kind),
      ["ConfigMap"],
    );
  });

  it("takes a release that goes for all of its objects", async () => {
    const one = await only([{ ...chart, ...release("values: {}") }, chart]);
    assert.deepEqual([one.before.length, one.after.length], [1, 0]);
  });

  it("says why there is nothing to show", async () => {
    const pair = (spec: string, source?: string, name?: string) =>
      [
        { ...chart, ...release("values: {}", source, name) },
        { ...chart, ...release(spec, source, name) },
      ] as const;
    const why = async (...of: Parameters<typeof render>) => (await only(...of)).failure ?? "";
    const change = "values: { size: 2 }";
    assert.match(await why(pair(change), { helm: undefined }), /there is no helm on PATH/);
    const elsewhere = "{ kind: HelmRepository, name: podinfo }";
    assert.match(
      await why(pair(change, elsewhere, "podinfo")),
      /HelmRepository shop\/podinfo is not in the repository/,
    );
    assert.match(await why(pair(change, undefined, "./charts/no")), /no chart of this repository/);
    const post = `${change}, postRenderers: [{ kustomize: { images: [{ name: a, newTag: b }] } }]`;
    assert.match(await why(pair(post)), /need Flux' own code: it is not here/);
  });

  it("tells a chart that Helm refuses only after the change", async () => {
    const failing = {
      ...chart,
      "charts/api/templates/check.yaml":
        '{{ if eq (int .Values.size) 2 }}{{ fail "no twos" }}{{ end }}',
    };
    const one = await only([
      { ...failing, ...release("values: { size: 1 }") },
      { ...failing, ...release("values: { size: 2 }") },
    ]);
    assert.equal(one.refused, true);
    assert.match(one.failure ?? "", /^helm says: .*no twos/);
  });

  describe("with Flux' own code", () => {
    const kube = useKube();
    it("applies post-renderers, common metadata and Flux' labels", async () => {
      const operations = '[{"op":"add","path":"/data/patched","value":"yes"}]';
      const patch = `[{ kustomize: { patches: [{ target: { kind: ConfigMap }, patch: '${operations}' }] } }]`;
      const one = await only(
        [
          { ...chart, ...release("values: {}") },
          {
            ...chart,
            ...release(
              `values: {}, postRenderers: ${patch}, commonMetadata: { labels: { team: a } }`,
            ),
          },
        ],
        { kube: kube() },
      );
      assert.match(JSON.stringify(dataOf(one)[1]), /"patched":"yes"/, one.failure);
      assert.deepEqual(one.after[0]?.metadata["labels"], {
        team: "a",
        "helm.toolkit.fluxcd.io/name": "api",
        "helm.toolkit.fluxcd.io/namespace": "shop",
      });
    });
  });

  describe("from a repository of charts", () => {
    let server: Server;
    let folder: string;
    const asked: string[] = [];
    before(async () => {
      folder = mkdtempSync(join(tmpdir(), "fluxgate-test-repo-"));
      for (const [path, text] of Object.entries(chart)) {
        const file = join(folder, path);
        mkdirSync(join(file, ".."), { recursive: true });
        writeFileSync(file, text);
      }
      execFileSync("helm", ["package", "charts/api"], { cwd: folder, stdio: "ignore" });
      server = createServer((request, response) => {
        asked.push(request.url ?? "");
        if (request.url === "/index.yaml") {
          response.end(
            "apiVersion: v1\nentries: { api: [{ apiVersion: v2, name: api, version: 1.0.0, urls: [api-1.0.0.tgz] }] }\n",
          );
        } else if (request.url === "/api-1.0.0.tgz") {
          response.end(readFileSync(join(folder, "api-1.0.0.tgz")));
        } else response.writeHead(404).end();
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    });
    after(() => {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    });

    it("pulls a chart once, keeps an exact version, and says what cannot be had", async () => {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const files = (spec: string, name = "api") => ({
        ...release(spec, "{ kind: HelmRepository, name: r }", name),
        "apps/source.yaml": `apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: { name: r, namespace: shop }\nspec: { url: "${url}/" }\n`,
      });
      const pair = [files("values: { size: 1 }"), files("values: { size: 2 }")] as const;
      const scratch = mkdtempSync(join(folder, "scratch-"));
      const cache = join(folder, "cache");
      const pull = () => chartPuller({ scratch, cache });
      const one = await only(pair, { pull: pull() });
      assert.match(JSON.stringify(dataOf(one)), /"size":"1".*"size":"2"/);
      assert.deepEqual(asked, ["/index.yaml", "/api-1.0.0.tgz"]);
      await only(pair, { pull: pull() });
      assert.equal(asked.length, 2, "the second look takes it from the cache");
      const { failure } = await only([files("values: {}", "b"), files("values: { a: 1 }", "b")], {
        pull: pull(),
      });
      assert.match(failure ?? "", /chart b 1\.0\.0 of http.* could not be had: .*not found/);
      const { failure: off } = await only(pair);
      assert.match(off ?? "", /there is no copy of chart api 1\.0\.0 .* and nothing is fetched/);
    });
  });
});
