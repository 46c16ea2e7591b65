import assert from "node:assert/strict";
import { identityKey, identityOf } from "../../../core/manifests/identity.ts";
import { toYaml } from "../../../core/manifests/kubernetes-yaml.ts";
import { parseManifests, parseYaml } from "../../../core/manifests/parse.ts";

const configMap = (data: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { ${data} }\n`;

describe("parsing manifests", () => {
  it("gives each object and the line it begins on", () => {
    const text = `# comment\n---\n${configMap("a: b")}---\n\n---\n${configMap("c: d")}`;
    const { documents, problems } = parseManifests(text, "x.yaml");
    assert.deepEqual(problems, []);
    assert.deepEqual(
      documents.map(({ line }) => line),
      [3, 10],
    );
  });

  it("takes lists apart", () => {
    const text = `apiVersion: v1\nkind: List\nitems:\n- ${configMap("a: b").trim().replaceAll("\n", "\n  ")}\n`;
    const { documents } = parseManifests(text, "x.yaml");
    assert.deepEqual(
      documents.map(({ object }) => identityKey(identityOf(object))),
      ["ConfigMap/a"],
    );
  });

  it("knows a pointer of Git LFS for what it is", () => {
    const text = "version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 5\n";
    const [problem] = parseManifests(text, "x.yaml").problems;
    assert.match(problem?.message ?? "", /not a Kubernetes object: a pointer of Git LFS/);
  });

  it("names what is no object, with its line, and goes on", () => {
    const text = `kind: X\n---\n- 1\n---\n${configMap("a: b")}---\napiVersion: v1\nkind: Pod\nmetadata: {}\n---\napiVersion: 1\nkind: Pod\n---\napiVersion: v1\nkind: PodList\nitems: [{ metadata: {} }]\n---\napiVersion: batch/v1\nkind: Job\nmetadata: { generateName: a- }\n`;
    const { documents, problems } = parseManifests(text, "x.yaml");
    assert.equal(documents.length, 1);
    assert.deepEqual(
      problems.map(({ line, message }) => `${line} ${message}`),
      [
        "1 not a Kubernetes object: no apiVersion",
        "3 not a Kubernetes object: not a mapping",
        "10 not a Kubernetes object: Pod has no metadata.name",
        "14 not a Kubernetes object: the apiVersion is the number 1, not a text: put it in quotes",
        "17 not a Kubernetes object: an item of the list here: no apiVersion",
        "21 not a Kubernetes object: Job has no metadata.name, and Flux applies no generateName",
      ],
    );
  });

  it("refuses duplicate keys and broken YAML with the place", () => {
    const { problems } = parseYaml("a: 1\na: 2\n---\nb: [", "x.yaml");
    assert.deepEqual(
      problems.map(({ line, column }) => [line, column]),
      [
        [2, 1],
        [4, 5],
      ],
    );
  });

  it("says of a template that it is one", () => {
    const { problems } = parseYaml("kind: A\nname: {{ .Name }}\n", "x.yaml");
    assert.match(problems[0]?.message ?? "", /^\{\{ stands here without quotes/);
  });

  it("does not expand a YAML bomb", () => {
    const levels = ["a: &a [x, x]", ..."bcdefghijklmnopqrstuvwxyz".split("").map(level)];
    const { documents, problems } = parseYaml(levels.join("\n"), "bomb.yaml");
    assert.equal(documents.length, 0);
    assert.match(problems[0]?.message ?? "", /more than 1,000,000 values, aliases expanded/);
  });

  it("keeps integers that JSON numbers cannot hold, where asked", () => {
    const { documents } = parseYaml("a: 9223372036854775807\nb: 12", "x.yaml", {
      exactIntegers: true,
    });
    assert.equal(toYaml(documents[0]?.value), "a: 9223372036854775807\nb: 12\n");
  });

  it("writes text that YAML 1.1 would read as something else in quotes", () => {
    const value = { a: "yes", b: "0777", c: "22:22", d: "1_000", e: "~", f: "plain", n: "on" };
    assert.deepEqual(parseYaml(toYaml(value), "x.yaml").documents[0]?.value, value);
    assert.match(toYaml(value), /a: "yes"\nb: "0777"\nc: "22:22"/);
  });
});

function level(letter: string): string {
  const before = String.fromCharCode(letter.charCodeAt(0) - 1);
  return `${letter}: &${letter} [*${before}, *${before}]`;
}
