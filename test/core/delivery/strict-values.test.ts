import assert from "node:assert/strict";
import { parseDelivery } from "../../../core/delivery/parse-delivery.ts";

const problems = (steps: string, config = "", app = "") =>
  parseDelivery(
    `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: shop }
apps:
  - name: api${app}
    render: [${steps}]
environments:
  - name: dev
    config: { ${config} }
`,
    "fluxgate.yaml",
  ).problems.map(({ line, message }) => `${line} ${message}`);
const one = (...args: Parameters<typeof problems>) => {
  const [problem = "", ...more] = problems(...args);
  assert.deepEqual(more, []);
  return problem;
};
const copy = "{ copy: { path: x } }";

describe("fluxgate.yaml", () => {
  for (const name of ["--help", "-n", "--output-dir", "A", "a/b", "a..b", ""]) {
    it(`takes "${name}" for no release and no namespace`, () => {
      assert.match(one(`{ helm: { chart: c, release: "${name}" } }`), /^6 .*release "/);
      assert.match(one(`{ helm: { chart: c, namespace: "${name}" } }`), /^6 .*namespace "/);
      assert.match(one(copy, "", `\n    namespace: "${name}"`), /^6 .*namespace "/);
    });
  }

  const images = (list: string) =>
    parseDelivery(
      `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: shop }
images: [${list}]
apps: [{ name: api, render: [{ copy: { path: x } }] }]
environments: [{ name: dev }]
`,
      "fluxgate.yaml",
    ).problems.map(({ line, message }) => `${line} ${message}`);

  for (const name of [
    "r.io/Shop/api",
    "Shop/api",
    "r.io/shop/api:1",
    "r.io//a",
    "r.io/a/",
    "a_-b",
  ]) {
    it(`takes "${name}" for no image, since no registry does`, () => {
      assert.match(images(`{ name: "${name}" }`).join(), /^4 images\[0\]\.name .*lower-case/);
    });
  }

  it("takes every form of an image's name that registries do", () => {
    const all = ["nginx", "shop/api", "R.io:5000/shop/a.b__c-d", "localhost/a", "[::1]:5000/a"];
    assert.deepEqual(images(all.map((name) => `{ name: "${name}" }`).join()), []);
  });

  it("refuses two spellings of one image", () => {
    assert.deepEqual(images("{ name: nginx }, { name: docker.io/library/nginx }"), [
      "4 images[1] and images[0] are one image, docker.io/library/nginx",
    ]);
    assert.deepEqual(images("{ name: shop/api }, { name: index.docker.io/shop/api }"), [
      "4 images[1] and images[0] are one image, docker.io/shop/api",
    ]);
  });

  it("takes no build argument that no build could be given", () => {
    const given = (text: string) =>
      images(`{ name: a, context: x, build: { arguments: ${text} } }`);
    assert.match(
      given('{ A: "1\\nB=2" }').join(),
      /^4 images\[0\]\.build\.arguments\.A [^]*One line/,
    );
    assert.match(given('{ "A=1": x }').join(), /^4 "A=1" is no name for this\. A build argument's/);
    assert.match(given('{ "": x }').join(), /is no name for this/);
  });

  it("takes no key for a value's path, a variable or an argument that a tool would take apart", () => {
    const noName = /^6 "[^]*" is no name for this/;
    assert.match(one('{ helm: { chart: c, setFiles: { "a=/etc/passwd,b": x } } }'), noName);
    assert.match(one('{ helm: { chart: c, set: { "a=1": x } } }'), noName);
    assert.match(one('{ jsonnet: { file: a, extVars: { "a=b": x } } }'), noName);
    assert.match(one('{ jsonnet: { file: a, extVars: { "--help": x } } }'), noName);
    assert.match(one('{ jsonnet: { file: a, topLevelArguments: { "a.b": x } } }'), noName);
    assert.match(one(copy, 'variables: { "-a=b": string }'), /^9 "-a=b" is no name for this/);
    assert.deepEqual(problems('{ helm: { chart: c, set: { "a[0].b\\\\.c\\\\,d": 1 } } }'), []);
  });

  it("demands a default of the variable's own type", () => {
    const wrong = (given: string) => one(copy, `variables: { A: { ${given} } }`);
    assert.match(wrong("type: integer, default: x"), /^9 .*A.default must be an integer/);
    assert.match(wrong("type: integer, default: 1.5"), /must be an integer/);
    assert.match(wrong('type: boolean, default: "true"'), /must be true or false/);
    assert.match(wrong("default: 1.10"), /must be a text \(quote it\)/);
    assert.match(wrong("type: number, default: 1.10"), /1.10 is read as the number 1.1/);
    assert.deepEqual(problems(copy, "variables: { A: { type: number, default: 3 } }"), []);
  });

  it("says which unquoted numbers a template would show in another spelling", () => {
    for (const [text, value] of [
      ...[["1.10", "1.1"] as const, ["007", "7"] as const, ["0x1F", "31"] as const],
      ...[["1_000", "1000"] as const, ["12e03", "12000"] as const, ["+1", "1"] as const],
    ]) {
      assert.equal(
        one(`{ helm: { chart: c, set: { a: ${text} } } }`),
        `6 ${text} is read as the number ${value}: put it in quotes to keep it as it is`,
      );
    }
    const fine =
      "a: 9007199254740993, b: 1.5, c: 83e2010, d: yes, e: 2020-01-01, f: -0.25, g: 22:22";
    assert.deepEqual(problems(`{ helm: { chart: c, set: { ${fine} } } }`), []);
  });

  it("reads anchors and merge keys, and refuses a key that is there twice", () => {
    const merged = parseDelivery(
      `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: shop }
apps:
  - { name: a, render: [{ helm: &h { chart: c, set: { a: 1 } } }] }
  - { name: b, render: [{ helm: { <<: *h, release: r } }] }
environments: [{ name: dev }]
`,
      "fluxgate.yaml",
    );
    assert.deepEqual(merged.problems, []);
    const [step] = merged.delivery?.apps[1]?.render ?? [];
    assert.deepEqual(step?.engine === "helm" && [step.chart, step.release, step.set], [
      ...["c", "r"],
      { a: 1 },
    ]);
    assert.match(one("{ copy: { path: x, path: y } }"), /^6 .*"path" is there twice/);
  });
});
