import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { actOrRestore } from "../../../scripts/kube/update/all-or-nothing.ts";

describe("An update of Flux and Kubernetes that fails half-way", () => {
  let root: string;
  const read = (file: string) => readFileSync(join(root, file), "utf8");
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "all-or-nothing-"));
    mkdirSync(join(root, "made"));
    writeFileSync(join(root, "pins"), "old");
    writeFileSync(join(root, "made/a"), "old");
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const change = () => {
    writeFileSync(join(root, "pins"), "new");
    writeFileSync(join(root, "made/b"), "new");
    rmSync(join(root, "made/a"));
  };

  it("leaves every file as it was, and none more", () => {
    const fail = () => {
      change();
      throw new Error("the schemas cannot be had");
    };
    assert.throws(() => actOrRestore(root, ["pins", "made/"], fail), /cannot be had/);
    assert.deepEqual([read("pins"), read("made/a")], ["old", "old"]);
    assert.deepEqual(readdirSync(join(root, "made")), ["a"]);
  });

  it("keeps all of it where nothing fails", () => {
    actOrRestore(root, ["pins", "made/"], change);
    assert.deepEqual([read("pins"), readdirSync(join(root, "made"))], ["new", ["b"]]);
  });
});
