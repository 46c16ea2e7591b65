import assert from "node:assert/strict";
import { useCheckedFolder } from "./checked-folder.ts";

const flux = (postBuild: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec:
  interval: 1m
  prune: true
  path: ./apps
  sourceRef: { kind: GitRepository, name: source }
  ${postBuild}
`;
const source = (ignore: string) => `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: source, namespace: flux-system }
spec: { interval: 1m, url: "https://a.b/c", ignore: "${ignore}" }
`;
const settings = (data: string, metadata = "name: c, namespace: shop") =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { ${metadata} }\ndata: { ${data} }\n`;
const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: shop }
spec: { accessModes: ["\${MODE}"], resources: { requests: { storage: "\${SIZE}" } } }
`;
const from = "postBuild: { substituteFrom: [{ kind: ConfigMap, name: vars }] }";
const vars = (data: string) => settings(data, "name: vars, namespace: flux-system");

describe("what Flux' build takes from other objects", function () {
  this.timeout(120_000);
  const check = useCheckedFolder();

  async function said(files: Readonly<Record<string, string>>) {
    const { problems, warnings } = await check(files);
    const text = (all: typeof problems) => all.map(({ message }) => message).join("\n");
    return { problems: text(problems), warnings: text(warnings) };
  }

  it("are no files that its list leaves out, nor is what is wrong in them said", async () => {
    const { problems, warnings } = await said({
      ".sourceignore": "old/\n",
      "apps/.sourceignore": "/later.yaml\n",
      "old/kustomization.yaml": "resources: [gone.yaml]\n",
      "clusters/dev/apps.yaml": flux(""),
      "apps/later.yaml": settings("a: 1"),
      "apps/settings.yaml": settings('a: "1"'),
    });
    assert.deepEqual([problems, warnings], ["", ""]);
  });

  it("are no objects of other programs, where Flux Kustomizations say what is applied", async () => {
    const talos = "version: v1alpha1\nmachine: { type: worker }\n";
    const host = "---\napiVersion: v1alpha1\nkind: HostnameConfig\nhostname: a\n";
    const files = { "talos/a.yaml": talos + host, "apps/a.yaml": settings('a: "1"') };
    const told = await said({ ...files, "clusters/dev/apps.yaml": flux("") });
    assert.deepEqual(told, {
      problems: "",
      warnings:
        "was not checked: it holds no Kubernetes object, and no Flux Kustomization here applies it",
    });
  });

  it("are objects wherever they lie that Kubernetes would know", async () => {
    const { problems } = await said({
      "clusters/dev/apps.yaml": flux(""),
      "later/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetdata: { name: a }\n",
    });
    assert.equal(problems, "not a Kubernetes object: no metadata");
  });

  it("are values of a ConfigMap beside the Kustomization", async () => {
    const { problems, warnings } = await said({
      "clusters/dev/apps.yaml": flux(from),
      "clusters/dev/vars.yaml": vars("MODE: ReadWriteOften, SIZE: 1Gi"),
      "clusters/prod/vars.yaml": vars("MODE: ReadWriteOnce, SIZE: 1Gi"),
      "apps/claim.yaml": claim,
    });
    assert.match(problems, /accessModes: Unsupported value: "ReadWriteOften"/);
    assert.doesNotMatch(`${problems}${warnings}`, /SIZE/);
  });

  it("are what the cluster's own kustomization gives the Kustomization", async () => {
    const { problems, warnings } = await said({
      "clusters/dev/apps.yaml": flux(""),
      "clusters/dev/kustomization.yaml": `resources: [apps.yaml]
patches:
  - target: { kind: Kustomization }
    patch: |
      - op: add
        path: /spec/postBuild
        value: { substitute: { MODE: ReadWriteOften, SIZE: 1Gi } }
`,
      "apps/claim.yaml": claim,
    });
    assert.match(problems, /accessModes: Unsupported value: "ReadWriteOften"/);
    assert.doesNotMatch(`${problems}${warnings}`, /SIZE/);
  });

  it("are no values of another cluster's, or of one that is there twice: these stay open", async () => {
    for (const file of ["clusters/prod/vars.yaml", "clusters/dev/more/vars.yaml"]) {
      const { problems, warnings } = await said({
        "clusters/dev/apps.yaml": flux(from),
        "clusters/dev/more/vars.yaml": vars("MODE: a, SIZE: b"),
        ...(file.includes("dev") ? { "clusters/dev/vars.yaml": vars("MODE: c, SIZE: d") } : {}),
        ...(file.includes("prod")
          ? { "clusters/dev/more/vars.yaml": "", [file]: vars("MODE: a") }
          : {}),
        "apps/claim.yaml": claim,
      });
      assert.equal(problems, "");
      assert.match(warnings, /what hangs on the value of \$\{MODE\} and 1 more was not checked/);
    }
  });

  it("are named once where they stay open in many objects alike", async () => {
    const another = flux(from).replaceAll("name: apps", "name: more").replace("./apps", "./more");
    const { warnings } = await said({
      "clusters/dev/apps.yaml": `${flux(from)}---\n${another}`,
      "apps/claim.yaml": claim,
      "more/claim.yaml": claim.replace("name: data", "name: further"),
    });
    assert.match(warnings, /and 1 more of its kind: what hangs on the value of/);
  });

  it("are the files that the source leaves out", async () => {
    const { problems } = await said({
      "clusters/dev/apps.yaml": source("/apps/notes.yaml") + "---\n" + flux(""),
      "apps/c.yaml": settings("a: b"),
      "apps/notes.yaml": "no: object\n",
    });
    assert.equal(problems, "");
  });

  it("are not asked for once more by what the build has substituted", async () => {
    const { problems } = await said({
      "clusters/dev/apps.yaml": flux("postBuild: { substitute: { A: b } }"),
      "apps/c.yaml": settings('run.sh: "echo $${HOME} ${A} ${B:-c}"'),
    });
    assert.equal(problems, "");
  });

  it("are missed where nothing has a value for a name, which Flux would leave out", async () => {
    const { problems } = await said({
      "clusters/dev/apps.yaml": flux("postBuild: { substitute: { A: b } }"),
      "apps/c.yaml": settings('run.sh: "echo ${A} ${TYPO}"'),
    });
    assert.match(problems, /^ConfigMap\/shop\/c: Flux refuses, or before 2.9 puts nothing .*TYPO/);
  });
});
