import assert from "node:assert/strict";
import { useKube } from "../support/kube.ts";

type Files = Readonly<Record<string, string>>;

const map = (name: string, more = "") =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}${more} }\ndata: { a: b }\n`;
const base: Files = {
  "base/kustomization.yaml": "resources: [b.yaml, a.yaml]\n",
  "base/a.yaml": `${map("app-1")}---\n${map("app-10")}`,
  "base/b.yaml": map("app"),
};

/** What stands in `dev/kustomization.yaml`, and beside it. */
const layouts: Readonly<Record<string, Files>> = {
  "a list": {
    "dev/kustomization.yaml": "resources: [b.yaml, a.yaml]\n",
    "dev/a.yaml": map("a"),
    "dev/b.yaml": map("b"),
  },
  "a base with names around its own": {
    ...base,
    "dev/kustomization.yaml":
      "resources: [../base]\nnamePrefix: x-app-\nnameSuffix: -1\nnamespace: shop\n",
  },
  "two overlays of one base": {
    ...base,
    "one/kustomization.yaml": "resources: [../base]\nnamePrefix: one-\n",
    "two/kustomization.yaml": "resources: [../base]\nnamePrefix: two-\n",
    "dev/kustomization.yaml": "resources: [../two, c.yaml, ../one]\n",
    "dev/c.yaml": map("app"),
  },
  "lists and empty documents": {
    "dev/kustomization.yaml": "resources: [l.yaml, e.yaml]\n",
    "dev/l.yaml": `apiVersion: v1\nkind: List\nitems:\n- ${JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "z" } })}\n- ${JSON.stringify({ apiVersion: "v1", kind: "Secret", metadata: { name: "y" } })}\n`,
    "dev/e.yaml": `---\n---\n${map("a")}---\n# nothing\n`,
  },
  "a patch that deletes": {
    ...base,
    "dev/kustomization.yaml": "resources: [../base]\npatches: [{ path: p.yaml }]\n",
    "dev/p.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: app-1 }\n$patch: delete\n",
  },
  "a patch that deletes beside one more": {
    ...base,
    "dev/kustomization.yaml": "resources: [../base, c.yaml]\npatches: [{ path: p.yaml }]\n",
    "dev/p.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: app }\n$patch: delete\n",
    "dev/c.yaml": map("app-c"),
  },
  "a patch that renames": {
    ...base,
    "dev/kustomization.yaml":
      "resources: [../base]\npatches:\n- { path: p.yaml, target: { kind: ConfigMap, name: app }, options: { allowNameChange: true } }\n",
    "dev/p.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: app-1-new }\n",
  },
  "what is for functions only": {
    "dev/kustomization.yaml": "resources: [a.yaml, b.yaml]\n",
    "dev/a.yaml": map("a", ", annotations: { config.kubernetes.io/local-config: 'true' }"),
    "dev/b.yaml": map("b"),
  },
  generators: {
    ...base,
    "dev/kustomization.yaml":
      "resources: [../base]\nconfigMapGenerator: [{ name: app-1-more, literals: [a=b] }]\n",
  },
  "a component": {
    ...base,
    "more/kustomization.yaml":
      "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [m.yaml]\n",
    "more/m.yaml": map("m"),
    "dev/kustomization.yaml": "resources: [../base]\ncomponents: [../more]\n",
  },
  "labels, images and replicas": {
    ...base,
    "dev/kustomization.yaml":
      "resources: [../base]\nlabels: [{ pairs: { a: b } }]\nimages: [{ name: a, newTag: b }]\nreplicas: []\ncommonAnnotations: { c: d }\n",
  },
};

// Asked to sort as things come, kustomize changes nothing, and its own notes say where they came from.
describe("files that follow from the lists", function () {
  this.timeout(120_000);
  const kube = useKube();

  for (const [name, files] of Object.entries(layouts)) {
    it(`are those that kustomize notes: ${name}`, async () => {
      const list = "dev/kustomization.yaml";
      const noted = { ...files, [list]: `${files[list] ?? ""}sortOptions: { order: fifo }\n` };
      const [ours, theirs] = [await placed(files), await placed(noted)];
      assert.deepEqual(ours, theirs);
      assert.ok(ours.length > 0 && ours.every((line) => /\.yaml$/.test(line)), ours.join());
    });
  }

  async function placed(files: Files): Promise<readonly string[]> {
    const built = await kube().build({ files, path: "dev" });
    if (built.kind !== "built") return assert.fail(JSON.stringify(built));
    return built.objects.map(
      ({ object, file }) => `${object.kind} ${object.metadata.name} ${file}`,
    );
  }
});
