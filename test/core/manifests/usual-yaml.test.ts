import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { parseAnyYaml, parseYaml, readUsual } from "../../../core/manifests/parse.ts";
import { toYaml } from "../../../core/manifests/kubernetes-yaml.ts";
import { yamlTexts } from "../../kube/yaml-texts.ts";
import { randomFrom } from "../../support/random.ts";
import { randomYaml } from "../../support/random-yaml.ts";

const readings = [
  ...[{ as: "flux" }, { as: "helm", exactIntegers: true }, { as: "spelled" }],
  ...[{ as: "kustomize" }, { as: "kustomize", exactIntegers: true }],
] as const;
const head = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";

/** Whether it is read in the usual way, and then as the parser of all YAML reads it. */
function isUsual(text: string): boolean {
  const found = readings.map((options) => {
    const usual = readUsual(text, options);
    if (usual === undefined) return false;
    const any = parseAnyYaml(text, "a.yaml", options);
    assert.deepStrictEqual({ documents: usual, problems: [] }, any, JSON.stringify(text));
    return true;
  });
  return found.includes(true);
}

describe("YAML that is read in the usual way", () => {
  it("is what the parser of all YAML reads, whatever the text", () => {
    const amount = Number(process.env["FLUXGATE_TEXTS"] ?? 1_500);
    const seed = Number(process.env["FLUXGATE_SEED"] ?? 1);
    const next = randomYaml(randomFrom(seed));
    let usual = 0;
    for (let count = 0; count < amount; count += 1) if (isUsual(next())) usual += 1;
    // Else it would compare nothing.
    assert.ok(usual > amount / 5, `${usual} of ${amount}`);
  }).timeout(120_000 + 100 * Number(process.env["FLUXGATE_TEXTS"] ?? 0));

  it("is what the parser of all YAML reads, of texts that are hard to read", () => {
    const next = randomYaml(randomFrom(7));
    for (const [, text] of yamlTexts)
      for (const one of [text, next(text), next(text)]) isUsual(one);
  }).timeout(60_000);

  it("is all that we write, whatever the value", () => {
    const values = fc.dictionary(fc.string({ minLength: 1, unit: "binary" }), fc.jsonValue());
    fc.assert(fc.property(values, (value) => void isUsual(toYaml({ ...value, kind: "x" }))));
  }).timeout(60_000);

  for (const [what, text] of [
    ["comments and empty lines", `# a\n\n${head}  # b\n# c\ndata: # d\n\n  a: b # e\n\n---\n# f\n`],
    [
      "lists at their key's depth",
      `${head}spec:\n  a:\n  - b\n  - - c\n    - d\n  -\n    e: f\n  g:\n    - h\n`,
    ],
    [
      "texts that go on",
      `${head}data:\n  a: b\n    c\n\n    d\n  e: "f\n    g"\n  h: 'i\n\n    j'\n`,
    ],
    [
      "blocks of text",
      `${head}data:\n  a: |\n    b\n     c\n\n  d: >-\n    e\n    f\n\n      g\n  h: |+\n    i\n\n`,
    ],
    ["brackets", `${head}data: { a: [b, 'c', {d: 1}], e: {}, f: [] }\n`],
    ["JSON", JSON.stringify({ apiVersion: "v1", items: [1.5, null, '\t"', { a: [] }] }, null, 2)],
    ["several documents", `---\n${head}---\n---\n${head}`],
  ] as const) {
    it(`has ${what}`, () => assert.ok(isUsual(text)));
  }

  it("keeps labels and annotations as they are written, of a list's objects too", () => {
    const object = "{ metadata: { labels: { a: 1.10 }, annotations: { b: null } }, c: 1.10 }";
    const text = `items:\n- ${object}\nmetadata:\n  labels:\n    a: 0x1F\n`;
    assert.deepEqual(readUsual(text, { as: "flux" }), [
      {
        line: 1,
        value: {
          items: [{ metadata: { labels: { a: "1.10" }, annotations: { b: "null" } }, c: 1.1 }],
          metadata: { labels: { a: "0x1F" } },
        },
      },
    ]);
  });

  it("is most of what lies in a repository", () => {
    const files = [
      "connector/chart/values.yaml",
      "connector/chart/Chart.yaml",
      "azure-pipelines.yml",
    ];
    for (const file of files) assert.ok(isUsual(readFileSync(file, "utf8")), file);
  });

  for (const [what, text] of [
    ["quotes that never end", `${head}data:\n${"  - '\n".repeat(20_000)}`],
    ["quotes of backslashes", `${head}data: "${"\\".repeat(1_000_001)}"\n`],
    ["a text of blanks", `${head}data: "a${" ".repeat(500_000)}\n b${" ".repeat(500_000)}c"\n`],
    ["empty lines", `${head}data: a${"\n".repeat(900_000)}\n`],
    ["a key without end", `${head}${"k".repeat(4_000_000)}: a\n`],
  ] as const) {
    it(`ends soon where there are ${what}`, () => {
      const begin = process.cpuUsage();
      parseYaml(text, "a.yaml", { as: "flux" });
      const { user } = process.cpuUsage(begin);
      // A quadratic one takes minutes.
      assert.ok(user < 20_000_000, `${user / 1_000} ms`);
    }).timeout(120_000);
  }
});
