import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { indexPath, ownershipIndexText } from "../../../core/render/ownership-index.ts";
import { parseOwnershipIndex } from "../../../core/render/ownership-index.ts";
import type { OwnershipIndex } from "../../../core/render/ownership-index.ts";
import { planTree } from "../../../core/render/plan-tree.ts";
import type { TreeFile } from "../../../core/render/tree-plan.ts";

const file = (path: string, text: string): TreeFile => ({
  path,
  text,
  sha256: createHash("sha256").update(text).digest("hex"),
});

const object = (name: string, value: string) =>
  file(
    `api/v1_configmap_${name}.yaml`,
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  a: ${value}\n`,
  );

function indexOf(delivery: string, files: readonly TreeFile[], digest = "1"): OwnershipIndex {
  const entries = files.map(({ path, sha256 }) => {
    const name = /_([a-z]+)\.yaml$/.exec(path)?.[1] ?? "";
    const identity = { group: "", version: "v1", kind: "ConfigMap", namespace: "", name };
    return [path, { app: "api", sha256, identity }] as const;
  });
  return {
    apiVersion: "fluxgate.dev/v1",
    kind: "OwnershipIndex",
    delivery,
    environment: "dev",
    files: Object.fromEntries(entries),
    provenance: { tools: {}, images: {}, inputsDigest: digest },
  };
}

const indexFile = (index: OwnershipIndex) =>
  file(indexPath(index.delivery), ownershipIndexText(index));
const messages = (plan: ReturnType<typeof planTree>) =>
  plan.problems.map((problem) => `${problem.file ?? ""}: ${problem.message}`);

const a1 = object("a", "1");
const a2 = object("a", "2");
const b = object("b", "1");
const shop = (...files: TreeFile[]) => ({
  rendered: files,
  index: indexOf("shop", files),
  existing: [] as readonly TreeFile[],
});
const held = (...files: TreeFile[]) => [...files, indexFile(indexOf("shop", files))];

describe("planning what a render writes", () => {
  it("writes everything into an empty folder", () => {
    const plan = planTree(shop(a1, b));
    assert.deepEqual(plan, {
      writes: [a1.path, b.path, ".fluxgate/shop.json"],
      deletes: [],
      problems: [],
      unchanged: false,
    });
  });

  it("writes nothing when only provenance would differ", () => {
    const plan = planTree({
      ...shop(a1),
      index: indexOf("shop", [a1], "other"),
      existing: held(a1),
    });
    assert.deepEqual(plan, { writes: [], deletes: [], problems: [], unchanged: true });
  });

  it("writes what changed and deletes own files that are gone", () => {
    const plan = planTree({ ...shop(a2), existing: held(a1, b) });
    assert.deepEqual(plan.writes, [a2.path, ".fluxgate/shop.json"]);
    assert.deepEqual(plan.deletes, [b.path]);
    assert.deepEqual(plan.problems, []);
  });

  it("keeps files that nobody owns", () => {
    const foreign = [file("README.md", "hello"), file("api/notes.yaml", "# nothing")];
    const plan = planTree({ ...shop(a1), existing: [...held(a1, b), ...foreign] });
    assert.deepEqual(plan.deletes, [b.path]);
    assert.deepEqual(plan.problems, []);
  });

  it("restores an own file that somebody deleted", () => {
    const plan = planTree({ ...shop(a1, b), existing: held(a1, b).slice(1) });
    assert.deepEqual(plan.writes, [a1.path, ".fluxgate/shop.json"]);
  });

  it("refuses to overwrite or delete an own file that somebody changed", () => {
    const edited = { ...file(a1.path, "edited") };
    const existing = [edited, ...held(a1, b).slice(1)];
    assert.deepEqual(messages(planTree({ ...shop(a2, b), existing })), [
      `${a1.path}: the file was changed by someone else since it was rendered: to keep the edit, make it in the templates too; to drop it, revert it there`,
    ]);
    assert.deepEqual(messages(planTree({ ...shop(b), existing })), [
      `${a1.path}: the file was changed by someone else since it was rendered: to keep the edit, make it in the templates too; to drop it, revert it there`,
    ]);
  });

  it("takes an own file whose ends of lines git turned for what it is", () => {
    const turned = file(a1.path, a1.text.replaceAll("\n", "\r\n"));
    const plan = planTree({ ...shop(a2, b), existing: [turned, ...held(a1, b).slice(1)] });
    assert.deepEqual(messages(plan), []);
    assert.ok(plan.writes.includes(a1.path));
  });

  it("names both files when a foreign file holds the same object, unless it is adopted", () => {
    const foreign = file("legacy/all.yaml", `${b.text}---\n${a1.text}`);
    const given = { ...shop(a1), existing: [foreign] };
    assert.deepEqual(messages(planTree(given)), [
      "legacy/all.yaml: ConfigMap/a is in this file, which nobody owns, and in api/v1_configmap_a.yaml of the render",
    ]);
  });

  it("takes over a foreign file when asked, and only when all of it is rendered", () => {
    const foreign = file("legacy/a.yaml", a1.text);
    const plan = planTree({ ...shop(a1), existing: [foreign], adopt: true });
    assert.deepEqual(plan.problems, []);
    assert.deepEqual(plan.deletes, ["legacy/a.yaml"]);
    const both = file("legacy/all.yaml", `${b.text}---\n${a1.text}`);
    assert.deepEqual(messages(planTree({ ...shop(a1), existing: [both], adopt: true })), [
      "legacy/all.yaml: cannot take the file over: it also holds ConfigMap/b, which is not in the render",
    ]);
  });

  it("refuses to overwrite a file it does not own", () => {
    const plan = planTree({ ...shop(a1), existing: [file(a1.path, "# mine")] });
    assert.deepEqual(messages(plan), [
      `${a1.path}: the render would overwrite this file, which it does not own`,
    ]);
  });

  it("refuses a folder that another delivery's kustomization.yaml would hide, and the reverse", () => {
    const other = indexFile(indexOf("billing", [a1]));
    const inner = { ...b, path: "api/more/v1_configmap_b.yaml" };
    assert.deepEqual(messages(planTree({ ...shop(inner), existing: [a1, other] })), [
      ": folder api/more lies inside folder api of delivery billing, whose kustomization.yaml hides it from Flux: give the app another path",
    ]);
    const nested = { ...a1, path: "api/more/v1_configmap_a.yaml" };
    const outer = indexFile(indexOf("billing", [nested]));
    assert.deepEqual(messages(planTree({ ...shop(b), existing: [nested, outer] })), [
      ": folder api lies around folder api/more of delivery billing and would hide it from Flux: give the app another path",
    ]);
  });

  it("refuses the app folder and the objects of another delivery, and names it", () => {
    const other = indexFile(indexOf("billing", [a1]));
    assert.deepEqual(messages(planTree({ ...shop(b), existing: [a1, other] })), [
      ": folder api of dev belongs to delivery billing, not to shop",
    ]);
    const elsewhere = { ...a1, path: "core/v1_configmap_a.yaml" };
    const plan = planTree({
      ...shop(elsewhere),
      existing: [a1, other],
    });
    assert.deepEqual(messages(plan), [
      `${a1.path}: ConfigMap/a belongs to delivery billing and is in core/v1_configmap_a.yaml of the render`,
    ]);
  });

  it("takes an object that leaves its namespace open for the one in default, as kustomize does", () => {
    const inNamespace = (namespace: string) =>
      file("theirs.yaml", a1.text.replace("name: a\n", `name: a\n  namespace: ${namespace}\n`));
    assert.deepEqual(messages(planTree({ ...shop(a1), existing: [inNamespace("default")] })), [
      `theirs.yaml: ConfigMap/default/a is in this file, which nobody owns, and in ${a1.path} of the render`,
    ]);
    assert.deepEqual(messages(planTree({ ...shop(a1), existing: [inNamespace("x")] })), []);
  });

  it("stops before it empties an environment, unless that is meant", () => {
    const given = { ...shop(), existing: held(a1) };
    assert.match(messages(planTree(given))[0] ?? "", /is empty and would remove all 1 files/);
    const plan = planTree({ ...given, allowEmpty: true });
    assert.deepEqual([plan.problems, plan.deletes], [[], [a1.path]]);
  });

  it("does not trust a damaged index, nor one that points outside", () => {
    const damaged = file(".fluxgate/shop.json", "{");
    const [said = "", ...more] = messages(planTree({ ...shop(a1), existing: [damaged, a1, b] }));
    assert.match(said, /not valid/);
    assert.deepEqual(more, [], "whose the files are nobody knows");
    const index = indexOf("shop", [{ ...a1, path: "../prod/x_a.yaml" }]);
    assert.match(
      messages(planTree({ ...shop(a1), existing: [indexFile(index)] }))[0] ?? "",
      /bad entry "\.\.\/prod/,
    );
  });

  it("reads back the index that it writes", () => {
    const index = indexOf("shop", [a1, b]);
    const text = ownershipIndexText(index);
    assert.deepEqual(parseOwnershipIndex(text, "x.json"), { index, problems: [] });
    assert.equal(text.split("\n").filter((line) => line.includes("sha256")).length, 2);
  });
});
