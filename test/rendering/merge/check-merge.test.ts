import assert from "node:assert/strict";
import { absentKube, type Kube } from "../../../kube/kube.ts";
import { checkMerge } from "../../../rendering/merge/check-merge.ts";
import { useKube } from "../../support/kube.ts";

const config = (name: string, namespace = "shop") =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: ${namespace} }\n`;
const flux = (name: string, path: string) => `---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: { path: ./${path}, prune: true, interval: 1m, sourceRef: { kind: GitRepository, name: x } }
`;
const claim = (size: string) => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: shop }
spec: { accessModes: [ReadWriteOnce], storageClassName: a${size}, resources: { requests: { storage: 1Gi } } }
`;

type Files = Readonly<Record<string, string>>;

function check(kube: Kube, before: Files, change: Readonly<Record<string, string | undefined>>) {
  const after = Object.fromEntries(
    Object.entries({ ...before, ...change }).flatMap(([path, text]) =>
      text === undefined ? [] : [[path, text] as const],
    ),
  );
  return checkMerge({
    before: new Map(Object.entries(before)),
    after: new Map(Object.entries(after)),
    changed: Object.keys(change),
    kube,
  });
}

describe("what a merge of manifests would do", function () {
  this.timeout(60_000);
  const kube = useKube();
  const clusters = { "clusters/dev/apps.yaml": flux("api", "dev/api") + flux("web", "dev/web") };

  it("is refused where two paths of one cluster bring the same object, with both files", async () => {
    const before = { ...clusters, "dev/api/a.yaml": config("a"), "dev/web/b.yaml": config("b") };
    const { findings } = await check(kube(), before, { "dev/web/a.yaml": config("a") });
    assert.deepEqual(findings, [
      {
        severity: "error",
        message: "ConfigMap/shop/a is in dev/web/a.yaml as well: Flux can apply only one of them",
        file: "dev/api/a.yaml",
      },
    ]);
  });

  it("is refused where Flux cannot build it, with the files that stand against each other", async () => {
    const before = { "dev/.fluxgate/shop.json": "{}", "dev/api/a.yaml": config("a") };
    const { findings } = await check(kube(), before, { "dev/clash/a.yaml": config("a") });
    const text = JSON.stringify(findings);
    assert.match(text, /Flux cannot build dev: .*may not add resource/);
    assert.match(text, /dev\/api\/a\.yaml/);
    assert.match(text, /dev\/clash\/a\.yaml/);
    assert.ok(findings.every(({ severity }) => severity === "error"));
  });

  it("only warns of what was broken before", async () => {
    const before = { ...clusters, "dev/api/a.yaml": config("a"), "dev/web/a.yaml": config("a") };
    const { findings } = await check(kube(), before, { "dev/web/b.yaml": config("b") });
    assert.deepEqual(
      findings.map(({ severity }) => severity),
      ["warning"],
    );
  });

  it("lets every cluster have the object", async () => {
    const before = { "dev/.fluxgate/shop.json": "{}", "prod/.fluxgate/shop.json": "{}" };
    const { findings, roots } = await check(kube(), before, {
      "dev/api/a.yaml": config("a"),
      "prod/api/a.yaml": config("a"),
    });
    assert.deepEqual(findings, []);
    assert.deepEqual(roots, ["dev", "prod"]);
  });

  it("builds nothing by a Kustomization of another repository, and says so where it changes", async () => {
    const source = (name: string) =>
      `---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: ${name}, namespace: flux-system }\nspec: { interval: 1m, url: "https://dev.azure.com/a/b/_git/${name}" }\n`;
    const before = {
      "clusters/dev/flux.yaml": flux("own", "clusters/dev") + source("x"),
      "clusters/dev/api.yaml": flux("api", "dev/api"),
      "dev/api/a.yaml": config("a"),
    };
    const tools = flux("tools", "").replace("name: x }", "name: tools }") + source("tools");
    const { findings, notChecked, roots } = await check(kube(), before, {
      "clusters/dev/tools.yaml": tools,
      "dev/api/b.yaml": config("b"),
    });
    assert.deepEqual(roots, ["own (clusters/dev)", "api (dev/api)"]);
    assert.deepEqual(findings, []);
    assert.match(
      notChecked.join(),
      /tools \(clusters\/dev\/tools\.yaml\): what it applies is in another repository/,
    );
  });

  it("says of a HelmRelease that nothing here applies that its chart was not rendered", async () => {
    const release =
      "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: cache, namespace: shop }\nspec: { interval: 1m }\n";
    const before = { ...clusters, "dev/api/a.yaml": config("a"), "dev/web/b.yaml": config("b") };
    const { notChecked } = await check(kube(), before, { "releases/cache.yaml": release });
    assert.match(
      notChecked.join(),
      /cache \(releases\/cache\.yaml\): nothing that is here applies it, so its chart was not rendered/,
    );
  });

  it("is refused where Flux finds no value for a variable", async () => {
    const before = {
      "clusters/dev/api.yaml": flux("api", "dev/api").replace(
        "spec: {",
        "spec: { postBuild: { substitute: { A: b } },",
      ),
      "dev/api/a.yaml": config("a"),
    };
    const { findings } = await check(kube(), before, {
      "dev/api/b.yaml": `${config("b")}data: { c: "\${TYPO}" }\n`,
    });
    assert.deepEqual(
      findings.map(({ severity, file }) => [severity, file]),
      [["error", "dev/api/b.yaml"]],
    );
    assert.match(findings[0]?.message ?? "", /refuses, or before 2\.9 .*TYPO/);
  });

  it("builds a Kustomization as the cluster's own kustomization makes it", async () => {
    const patched = (value: string) => `resources: [apps.yaml]
patches:
  - target: { kind: Kustomization }
    patch: |
      - { op: add, path: /spec/postBuild, value: { substitute: { REPLICAS: "${value}" } } }
`;
    const root = flux("cluster", "clusters/dev").replace("name: cluster", "name: flux-system");
    const before = {
      "clusters/dev/flux-system/gotk-sync.yaml": root,
      "clusters/dev/flux-system/kustomization.yaml": "resources: [gotk-sync.yaml]\n",
      "clusters/dev/kustomization.yaml": `${patched("2")}`.replace("[apps", "[flux-system, apps"),
      "clusters/dev/apps.yaml": flux("api", "dev/api"),
      "dev/api/a.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  replicas: \${REPLICAS}
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec: { containers: [{ name: api, image: r/api:1 }] }
`,
    };
    const place = "clusters/dev/kustomization.yaml";
    const edited = { "dev/api/a.yaml": before["dev/api/a.yaml"].replace("r/api:1", "r/api:2") };
    assert.deepEqual((await check(kube(), before, edited)).findings, []);
    const refused = { [place]: before[place].replace('"2"', '"many"') };
    const { findings } = await check(kube(), before, refused);
    assert.match(JSON.stringify(findings), /Deployment.*api.*replicas/);
  });

  it("is refused where the API server would refuse an update, at its line", async () => {
    const before = { ...clusters, "dev/api/claim.yaml": claim("1"), "dev/web/b.yaml": config("b") };
    const { findings } = await check(kube(), before, { "dev/api/claim.yaml": claim("2") });
    const [only] = findings;
    assert.equal(only?.severity, "error");
    assert.match(
      only?.message ?? "",
      /PersistentVolumeClaim\/shop\/data: the API server would refuse this: .*immutable/i,
    );
    assert.equal(only?.file, "dev/api/claim.yaml");
    assert.equal(only?.line, 1);
  });

  it("only warns of such an update where Flux is told to force it, by the object or its Kustomization", async () => {
    const note = "namespace: shop, annotations: { kustomize.toolkit.fluxcd.io/force: enabled } }";
    const forced = (size: string) => claim(size).replace("namespace: shop }", note);
    const forcing = {
      "clusters/dev/apps.yaml": flux("api", "dev/api").replace("prune", "force: true, prune"),
    };
    for (const [owners, own] of [
      [clusters, forced],
      [forcing, claim],
    ] as const) {
      const before = { ...owners, "dev/api/claim.yaml": own("1"), "dev/web/b.yaml": config("b") };
      const { findings } = await check(kube(), before, { "dev/api/claim.yaml": own("2") });
      assert.deepEqual(
        findings.map(({ severity }) => severity),
        ["warning"],
      );
      assert.match(
        findings[0]?.message ?? "",
        /refuse this: .*immutable.*deletes and recreates the object/is,
      );
      const wrong = own("2").replace("1Gi", "-1Gi");
      const refused = await check(kube(), before, { "dev/api/claim.yaml": wrong });
      assert.ok(
        refused.findings.some(({ severity }) => severity === "error"),
        "a wrong value",
      );
    }
  });

  it("builds a root again when a base outside of every root changes", async () => {
    const before = {
      ...clusters,
      "dev/web/b.yaml": config("b"),
      "bases/a.yaml": config("a"),
      "bases/kustomization.yaml": "resources: [a.yaml]\n",
      "dev/api/kustomization.yaml": "resources: [../../bases]\n",
    };
    const { findings } = await check(kube(), before, { "bases/a.yaml": config("b") });
    assert.match(JSON.stringify(findings), /ConfigMap\/shop\/b is in /);
  });

  it("says what was not checked where Flux's own code is not at hand, and finds duplicates still", async () => {
    const before = { ...clusters, "dev/api/a.yaml": config("a"), "dev/web/b.yaml": config("b") };
    const absent = absentKube("packaged without it");
    const change = { "dev/web/a.yaml": config("a"), "dev/web/c.yaml": config("c") };
    const { findings, notChecked } = await check(absent, before, change);
    assert.equal(findings.length, 1);
    assert.match(
      notChecked.join("\n"),
      /web was not built by Flux's own code: packaged without it/,
    );
    assert.match(notChecked.join("\n"), /objects were not judged by the API server's own code/);
  });

  it("judges what hangs on no open variable, and says what does", async () => {
    const from =
      "postBuild: { substituteFrom: [{ kind: ConfigMap, name: vars }] }, path: ./dev/api";
    const apps = (clusters["clusters/dev/apps.yaml"] ?? "").replace("path: ./dev/api", from);
    const before = { "clusters/dev/apps.yaml": apps, "dev/api/a.yaml": config("a") };
    const open = claim("x").replace("[ReadWriteOnce]", '["${MODE}"], volumeMode: Blocks');
    const { findings, notChecked } = await check(kube(), before, { "dev/api/c.yaml": open });
    assert.deepEqual(
      findings.map(({ message }) => message.split(": ").slice(0, 3)),
      [["PersistentVolumeClaim/shop/data", "the API server would refuse this", "spec.volumeMode"]],
    );
    assert.match(notChecked.join("\n"), /data \(dev\/api\/c\.yaml\): what hangs on \$\{MODE\}/);
  });

  it("judges nothing that Flux decrypts, and says so", async () => {
    const before = { ...clusters, "dev/api/a.yaml": config("a"), "dev/web/b.yaml": config("b") };
    const sealed = `${config("c")}data: { "a/b": x }\nsops: { mac: x }\n`;
    const { findings, notChecked } = await check(kube(), before, { "dev/api/c.yaml": sealed });
    assert.deepEqual(findings, []);
    assert.match(notChecked.join("\n"), /ConfigMap\/shop\/c .*Flux decrypts it/);
  });
});
