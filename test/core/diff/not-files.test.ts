import assert from "node:assert/strict";
import { seenDigest } from "../../../core/diff/seen-digest.ts";
import { compareTrees } from "../../../core/diff/tree/compare-trees.ts";
import type { SideFile } from "../../../core/diff/tree/side-file.ts";

const config = (name: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: shop }\n`;
const file = (path: string, text: string): SideFile => ({ path, text });
const submodule = (id: string): SideFile => ({
  ...{ path: "vendor", id, kind: "submodule", unread: "this is a submodule" },
});
const changesOf = (before: readonly SideFile[], after: readonly SideFile[]) => {
  const { objects, complete, problems } = compareTrees(before, after);
  const changes = objects.map(({ change, identity }) => `${change} ${identity.name}`);
  return {
    changes,
    complete,
    problems: problems.map(({ file: at, message }) => `${at}: ${message}`),
  };
};

describe("what git has in place of a file", () => {
  it("takes away what the file held, where it is a link: Flux' source leaves links out", () => {
    const before = [file("p/a.yaml", config("a")), file("p/b.yaml", config("b"))];
    const link: SideFile = { ...file("p/a.yaml", "../q/a.yaml"), kind: "link" };
    assert.deepEqual(changesOf(before, [link, file("p/b.yaml", config("b"))]), {
      ...{ changes: ["removed a"], complete: true, problems: [] },
    });
  });

  it("is not wholly compared where it is a submodule that moves", () => {
    const beside = file("p/b.yaml", config("b"));
    const { complete, problems } = changesOf([beside, submodule("1")], [beside, submodule("2")]);
    assert.equal(complete, false);
    assert.match(problems.join(), /^vendor: a submodule changes: what Flux applies of its files/);
    assert.equal(changesOf([beside, submodule("1")], [beside, submodule("1")]).complete, true);
  });

  it("is part of what a vote is for, where it is a submodule that moves", () => {
    const digest = (id: string) => {
      const sides = { before: [submodule("1")], after: [submodule(id)] };
      return seenDigest(compareTrees(sides.before, sides.after), sides);
    };
    assert.notEqual(digest("2"), digest("3"));
  });

  it("is not said to be missing where a kustomization lists what lies in a submodule", () => {
    const list = file("p/kustomization.yaml", "resources: [a.yaml, ../vendor/base]\n");
    const [old, next] = [config("a"), config("a").replace("shop", "store")];
    const { problems } = changesOf(
      [list, submodule("1"), file("p/a.yaml", old)],
      [list, submodule("1"), file("p/a.yaml", next)],
    );
    assert.match(problems.join(), /lists \.\.\/vendor\/base, which lies in a submodule/);
    assert.doesNotMatch(problems.join(), /not there|refuses/);
  });
});

describe("a folder with two kustomizations", () => {
  it("is refused by Flux, in words that name both", () => {
    const list = file("p/kustomization.yaml", "resources: [a.yaml]\n");
    const before = [list, file("p/a.yaml", config("a"))];
    const after = [...before, file("p/kustomization.yml", "resources: []\n")];
    const beside =
      "p/kustomization.yml: stands beside p/kustomization.yaml: a folder may have one kustomization";
    const { changes, problems } = changesOf(before, after);
    assert.deepEqual(changes, []);
    assert.deepEqual(problems, [
      `${beside}. Flux refuses the build and keeps what it applied before`,
    ]);
  });
});

describe("an object that slips behind the end of a document", () => {
  it("is removed, since Flux no longer reads it", () => {
    const both = (between: string) => [file("p/a.yaml", config("a") + between + config("b"))];
    assert.deepEqual(changesOf(both("---\n"), both("...\n")).changes, ["removed b"]);
    assert.deepEqual(changesOf(both("---\n"), both("...\n---\n")).changes, []);
  });
});

describe("a Secret that SOPS encrypted", () => {
  const secret = (value: string, end = "") =>
    `apiVersion: v1\nkind: Secret\nmetadata: { name: s, namespace: shop }\nstringData: { key: '${value}' }\n${end}`;
  const encrypted = secret(
    "ENC[AES256_GCM,data:aaaa,type:str]",
    "sops: { mac: m, version: 3.9.0 }\n",
  );
  const risksOf = (before: string, after: string) =>
    compareTrees([file("p/s.yaml", before)], [file("p/s.yaml", after)]).risks;

  it("is a high risk where it becomes plain text, whose values stay masked", () => {
    const [risk, ...others] = risksOf(encrypted, secret("hunter2"));
    assert.deepEqual([risk?.rule, risk?.severity, others], ["secret-in-clear", "high", []]);
    assert.match(risk?.text ?? "", /is no longer encrypted \(SOPS\): its values \(key\)/);
    assert.doesNotMatch(risk?.text ?? "", /hunter2/);
  });

  it("is none where it is encrypted anew, or only now", () => {
    assert.deepEqual(risksOf(encrypted, encrypted.replace("aaaa", "bbbb")), []);
    assert.deepEqual(risksOf(secret("hunter2"), encrypted), []);
  });

  it("is a risk where another key decrypts it", () => {
    const keyed = (...keys: readonly string[]) =>
      `${encrypted}  age: [${keys.map((key) => `{ recipient: ${key}, enc: e }`).join(", ")}]\n`.replace(
        "sops: { mac: m, version: 3.9.0 }",
        "sops:\n  mac: m",
      );
    assert.deepEqual(
      risksOf(keyed("age1a", "age1b"), keyed("age1a", "age1c")).map(({ text }) => text),
      [
        "can be decrypted with age age1c too (SOPS)",
        "is no longer encrypted for age age1b (SOPS): Flux reads it with another key only",
      ],
    );
    assert.deepEqual(risksOf(keyed("age1a", "age1b"), keyed("age1b", "age1a")), []);
  });
});
