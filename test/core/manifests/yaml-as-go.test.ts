import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toYaml } from "../../../core/manifests/kubernetes-yaml.ts";
import { parseManifests, parseYaml } from "../../../core/manifests/parse.ts";
import { ensureTools } from "../../../scripts/tools.ts";
import { randomFrom } from "../../support/random.ts";

const head = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n";
const numbers =
  `83e2010 1e400 -1e400 .1e400 0e123 12e03 1e5 1.e3 1e-400 0777 00 0_7 08 0o17 0O17 0o8 0x1F 0X1f 0x_1F
  0x 0x1p-2 0b11 -0b11 0B1 0b2 1_000 1__0 1_ _1 -_1 +._5 1._5 ._5 .5 -.5 +.5 +1 -1 1. . + 1.10 1.1.1 22:22
  190:20:30.15 9007199254740993 21600000 12345678901234567890 18446744073709551616
  -9223372036854775808 -9223372036854775809 123456789012345678901234567890 infinity inf NaN nan 1e
  1e+ e1 0e 1-2 10.0.0.1 1.5Gi 100m true True TRUE null ~ Null tRue`.split(/\s+/);
const words = "y Y yes Yes YES on On ON n N no No NO off Off OFF yEs oN".split(" ");

describe("YAML as Go's readers read it", () => {
  let kubectl: string;
  let folder: string;
  before(async () => {
    ({ kubectl } = await ensureTools());
    folder = mkdtempSync(join(tmpdir(), "fluxgate-test-yaml-"));
    writeFileSync(join(folder, "kustomization.yaml"), "resources: [a.yaml]\n");
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...args: readonly string[]) =>
    execFileSync(kubectl, ["--kubeconfig", "/dev/null", ...args], { cwd: folder }).toString();
  const dataIn = (text: string, as?: "helm") => {
    const { documents, problems } = parseManifests(text, "a.yaml", {
      exactIntegers: true,
      ...(as ? { as } : {}),
    });
    assert.deepEqual(problems, []);
    return documents[0]?.object["data"] as Readonly<Record<string, unknown>>;
  };
  const byKubectl = (text: string) => {
    writeFileSync(join(folder, "a.yaml"), text);
    return dataIn(run("label", "--local", "-f", "a.yaml", "x=y", "-o", "json"));
  };
  const byKustomize = (text: string) => {
    writeFileSync(join(folder, "a.yaml"), text);
    return dataIn(run("kustomize", "."));
  };
  // What kustomize builds is read as kubectl reads it.
  const byFlux = (text: string) => {
    writeFileSync(join(folder, "a.yaml"), text);
    return byKubectl(run("kustomize", "."));
  };
  const textOf = (spellings: readonly string[]) =>
    `${head}data:\n${spellings.map((each, at) => `  k${at}: ${each}`).join("\n")}\n`;

  it("takes numbers and words for what kubectl, Helm and kustomize take them for", () => {
    // What is beyond int64 kubectl rounds as it prints it.
    const printed = numbers.filter((each) => !/^1[28]\d{18}$/.test(each));
    const all = textOf([...printed, ...words, "2020-01-01", "2020-01-01T22:32:00Z"]);
    assert.deepEqual(dataIn(all, "helm"), byKubectl(all));
    // A date alone becomes a time in kustomize, another text than the one that was written.
    const withoutDates = textOf([...numbers, ...words]);
    assert.deepEqual(dataIn(withoutDates), byKustomize(withoutDates));
  });

  it("merges keys as they do: nested, overriding, of several sources", () => {
    const merged = `${head}x: &x { a: "1", b: { c: "1" } }\ny: &y { a: "2", d: "2" }
data:
  <<: [*x, *y]
  d: "3"
  l: [{ <<: *y, a: "4" }, { a: "5", <<: *y }]
  m: { b: { <<: *x, b: "6" } }
`;
    assert.deepEqual(dataIn(merged), byKustomize(merged));
    // In kubectl a merge that stands behind a key overrides it, which YAML 1.1 does not say.
    const before = merged.replace('{ a: "5", <<: *y }', '{ <<: *y, a: "5" }');
    assert.deepEqual(dataIn(before), byKubectl(before));
  });

  it("is written so that kubectl and kustomize read the very texts, whatever they hold", () => {
    const random = randomFrom(7);
    const pieces = [
      ...["\u2028", "\u2029", "\u0085", "\u00a0", "\ufeff", "\u0000", "\u001b", "\u007f", "\u009f"],
      ...["\t", " ", "  ", "\n", "\n\n", "\r", "\r\n", "\n ", "\n\t", " \n", "\uffff", "😀", "é"],
      ...["a", "b c", "#", " #", ": ", ":", "- ", "-", "---", "...", "'", '"', "\\", "|", ">", "%"],
      ...["{", "}", "[", "]", ",", "&a", "*a", "!t", "?", "? ", "@", "`", "<<", "=", "~", "${X}"],
      ...[...numbers, ...words, "x".repeat(150)],
    ];
    const piece = () => pieces[Math.floor(random() * pieces.length)] ?? "";
    const texts = Array.from({ length: 2_000 }, (_, at) =>
      at < pieces.length
        ? (pieces[at] ?? "")
        : Array.from({ length: 1 + Math.floor(random() * 6) }, piece).join(""),
    );
    const data: Record<string, string> = { [`${"k".repeat(2_000)}`]: "long", "<<": "x" };
    for (const [at, text] of texts.entries()) {
      data[`k${at}`] = text;
      data[`${text}#${at}`] = "key";
    }
    const written = toYaml({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data });
    assert.deepEqual({ ...dataIn(written) }, data);
    assert.deepEqual({ ...byKubectl(written) }, data);
    // kustomize refuses these, and makes a space of U+0085 (core/render/lost-characters.ts); what it
    // writes of keys with line breaks nobody reads.
    const carried = Object.fromEntries(
      Object.entries(data).filter(
        ([key, text]) => /^k[0-9]+$/.test(key) && !/[\x7f-\x9f\uffff]/.test(text),
      ),
    );
    const less = toYaml({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "a" },
      data: carried,
    });
    assert.deepEqual({ ...byFlux(less) }, carried);
  });

  it("is refused where no reader could hold it, with the place", () => {
    const problem = (text: string) => parseYaml(text, "x.yaml").problems[0];
    assert.deepEqual(problem("a:\n  b: .inf"), {
      file: "x.yaml",
      ...{ line: 2, column: 6 },
      message: ".inf is a number that JSON cannot hold: put it in quotes if it is a text",
    });
    assert.match(problem("a: &x 1\n---\nb: *x")?.message ?? "", /no anchor &x in this document/);
    assert.match(problem("a: &x [*x]")?.message ?? "", /inside of its own anchor/);
    assert.match(problem("a: 1\nb: x\0y")?.message ?? "", /a NUL character stands here/);
    assert.equal(problem("a: 1\nb: x\0y")?.line, 2);
    const many = Array.from({ length: 5_000 }, () => "- *x").join("\n");
    assert.equal(problem(`a: &x { b: 1 }\nl:\n${many}\n`), undefined);
  });

  it("takes tags for what they say, or refuses them with the place", () => {
    const tagged = `${head}data:
  a: !!binary aGVsbG8=
  b: !!float 3
  c: !!int "0x1F"
  d: !!set { x, z }
  e: !!omap [x: 1, z: 2]
  f: !!timestamp 2020-01-01
  g: !custom 12
  h: !!str 12
`;
    assert.deepEqual(dataIn(tagged), byKubectl(tagged));
    assert.deepEqual(dataIn(tagged, "helm"), byKubectl(tagged));
    const word = `${head}data: { a: !!bool yes }\n`;
    assert.deepEqual(dataIn(word, "helm"), byKubectl(word));
    const problem = (text: string) => parseYaml(text, "x.yaml").problems[0];
    assert.match(problem("a: 1\nb: !!int abc\n")?.message ?? "", /abc is no !!int/);
    assert.equal(problem("a: 1\nb: !!bool yes\n")?.line, 2);
    assert.match(problem("a: 1\nb: { <<: x }\n")?.message ?? "", /<< takes a mapping/);
    assert.equal(problem("a: 1\nb: { <<: x }\n")?.line, 2);
    assert.match(problem("? [a]\n: b\n")?.message ?? "", /a key is a list, a mapping or has a tag/);
  });

  it("is read with each scalar as it is spelled, where asked", () => {
    const text = "{ a: 1.10, b: 007, c: yes, d: 2020-01-01, e: ~, f: 'x', g: [1e3], yes: 1 }";
    assert.deepEqual(parseYaml(text, "x", { as: "spelled" }).documents[0]?.value, {
      ...{ a: "1.10", b: "007", c: "yes", d: "2020-01-01", e: null, f: "x", g: ["1e3"], yes: "1" },
    });
  });

  it("calls a name that is no text what it is", () => {
    const named = (name: string, as: "helm" | "kustomize") =>
      parseManifests(`apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\n`, "x", { as });
    assert.equal(named("y", "kustomize").documents[0]?.object.metadata.name, "y");
    assert.match(
      named("y", "helm").problems[0]?.message ?? "",
      /the metadata.name of Pod is the word true \(as y, yes and on are\), not a text: put it in quotes/,
    );
    assert.match(named("83e3", "helm").problems[0]?.message ?? "", /is the number 83000, not a/);
  });
});
