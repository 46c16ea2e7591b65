import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { readStanding } from "../../../scripts/kube/update/decide-pins.ts";
import { readMod } from "../../../scripts/kube/update/read-mod.ts";
import { rewriteText, textsWithPins } from "../../../scripts/kube/update/rewrite-texts.ts";

const root = resolve(import.meta.dirname, "../../..");
const read = (file: string) => readFileSync(resolve(root, file), "utf8");
const goMinor = readMod(read("kube/go/go.mod")).go.split(".").slice(0, 2).join(".");
const standing = { ...readStanding(root), components: new Map<string, string>(), goMinor };
const newest = /\?\? (v\d+)\)/.exec(read("rendering/checks/schemas/known-schemas.ts"))?.[1] ?? "";

describe("Sources that name the version of Flux or Kubernetes", () => {
  for (const file of textsWithPins) {
    it(`have it where an update looks, and all the same one: ${file}`, () => {
      assert.equal(rewriteText(file, read(file), standing), read(file));
    });

    it(`move it, and nothing else: ${file}`, () => {
      const to = { ...standing, kubernetes: "v1.99.7", flux: "v7.8.9", goMinor: "1.55" };
      const components = new Map([["source-controller", "v9.9.9"]]);
      const moved = rewriteText(file, read(file), { ...to, components });
      assert.match(moved, /1\.99\.7|usual = 99|default: 1\.99|v7\.8\.9|"7\.8"/);
      // The other way round it is as it was, but for the schemas of a new minor.
      const back = rewriteText(file, moved, standing)
        .replace(", 99]", "]")
        .replace(/^(import v99| {2}\[99, v99\]).*\n/gm, "")
        .replace("?? v99", `?? ${newest}`)
        .replace(
          '"source-controller": "v9.9.9"',
          /"source-controller": .*"/.exec(read(file))?.[0] ?? "",
        );
      assert.equal(back, read(file));
    });
  }

  it("end an update whose pin is not found any more", () => {
    const file = "cli/validate.ts";
    assert.throws(() => rewriteText(file, "", standing), /cli\/validate\.ts has no .* any more/);
  });

  it("have schemas of a new minor in both lists, once", () => {
    const to = { ...standing, kubernetes: "v1.99.7" };
    const once = (file: string) => rewriteText(file, read(file), to);
    const known = once("rendering/checks/schemas/known-schemas.ts");
    assert.match(known, /\nimport v99 from "\.\/kubernetes-1\.99\.json" with/);
    assert.match(known, /\n {2}\[99, v99\],\n\]\)/);
    assert.match(known, /\?\? v99\)/);
    assert.match(once("scripts/schemas/generate.ts"), /minors = \[[\d, ]+, 99\];/);
    assert.equal(rewriteText("rendering/checks/schemas/known-schemas.ts", known, to), known);
  });
});
