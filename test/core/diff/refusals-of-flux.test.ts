// A folder that Flux scans: what is said to be refused is what Flux' own code refuses, and no more.
import assert from "node:assert/strict";
import { compareTrees } from "../../../core/diff/tree/compare-trees.ts";
import { useKube } from "../../support/kube.ts";
import { sidesOf, type Texts } from "./built-sides.ts";

const map = (name: string, namespace = "shop") =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}${namespace === "" ? "" : `, namespace: ${namespace}`} }\ndata: { a: "1" }\n`;
const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { path: ./apps, prune: true, interval: 1m, sourceRef: { kind: GitRepository, name: r } }
`;
const base: Texts = { "clusters/apps.yaml": flux, "apps/b.yaml": map("b") };
const scaler = (version: string) =>
  `apiVersion: autoscaling/${version}\nkind: HorizontalPodAutoscaler\nmetadata: { name: a }\n`;

/** What comes into the folder, by its name there. */
const rows: readonly (readonly [what: string, files: Texts])[] = [
  ["rules of SOPS in a hidden file", { ".sops.yaml": "creation_rules: [{ age: x }]\n" }],
  ["values of a chart", { "values.yaml": "a: 1\n" }],
  ["comments alone", { "c.yaml": "# nothing\n" }],
  ["documents without content", { "c.yaml": `---\n---\n${map("c")}---\n# x\n` }],
  ["a key twice", { "c.yaml": map("c").replace("a:", "a: '2', a:") }],
  ["a list", { "c.yaml": "- a\n" }],
  ["a text", { "c.yaml": "hello\n" }],
  ["a directive", { "c.yaml": `%YAML 1.2\n---\n${map("c")}` }],
  ["a byte order mark", { "c.yaml": `\ufeff${map("c")}` }],
  ["line ends of Windows", { "c.yaml": map("c").replaceAll("\n", "\r\n") }],
  ["a template", { "c.yaml": `{{ if x }}\n${map("c")}{{ end }}\n` }],
  ["a tab", { "c.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n\tname: c\n" }],
  ["a namesake in another namespace", { "c.yaml": map("b", "") }],
  ["an object that is there", { "c.yaml": map("b") }],
  ["one by the namespace's default", { "c.yaml": map("d", ""), "d.yaml": map("d", "default") }],
  ["one of two versions", { "c.yaml": `${scaler("v1")}---\n${scaler("v2")}` }],
  ["what is no YAML, by other names", { "c.json": "{ no", "C.YAML": "a: [", "notes.txt": "x" }],
  ["what is no YAML, by the short name", { "c.yml": "a: [\n" }],
  ["an object without name", { "c.yaml": map("c").replace("name: c,", "") }],
  ["a name that is generated", { "c.yaml": map("c").replace("name:", "generateName:") }],
  ["an empty kustomization below", { "x/kustomization.yaml": "resources: []\n" }],
  [
    "a component below",
    {
      "x/kustomization.yaml":
        "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: []\n",
    },
  ],
];

describe("what comes into a folder that Flux builds", function () {
  this.timeout(120_000);
  const kube = useKube();

  for (const [what, files] of rows) {
    it(`is refused where Flux refuses it: ${what}`, async () => {
      const placed = Object.entries(files).map(([name, text]) => [`apps/${name}`, text]);
      const all: Texts = { ...base, ...(Object.fromEntries(placed) as Texts) };
      const sides = sidesOf(base, all);
      const { risks } = compareTrees(sides.before, sides.after);
      const isRefused = risks.some(({ text }) => text.startsWith("is refused by Flux"));
      const built = await kube().build({ files: all, path: "apps" });
      assert.equal(built.kind, isRefused ? "failed" : "built", JSON.stringify(built));
    });
  }
});
