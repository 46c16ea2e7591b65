import assert from "node:assert/strict";
import { substitutionsIn } from "../../../core/render/flux-substitution.ts";

const objectWith = (text: string, metadata: object = {}) => ({
  ...{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", ...metadata } },
  data: { run: text },
});
const found = (text: string, declared = ["CLUSTER"]) => {
  const { errors, warnings } = substitutionsIn(objectWith(text), declared);
  const short = (all: readonly string[]) => all.map((each) => each.replace(/: name a .*$/, ""));
  return { errors: short(errors), warnings: short(warnings) };
};
const nothing = { errors: [], warnings: [] };

describe("what Flux's substitution does to a text", () => {
  it("is nothing to declared variables, escaped ones and what is no variable", () => {
    assert.deepEqual(found("${CLUSTER} $${REV} $x $(date) ${CLUSTER:-x} ${CLUSTER^^}"), nothing);
    assert.deepEqual(found("${REV}", []), nothing);
    const metadata = { annotations: { "kustomize.toolkit.fluxcd.io/substitute": "disabled" } };
    assert.deepEqual(substitutionsIn(objectWith("${REV}", metadata), ["CLUSTER"]), nothing);
  });

  it("is an error for variables that nobody declares, in a script too", () => {
    assert.deepEqual(found('echo "${REV}" "${1}" ${#REV} ${f%.txt} $$$${KEPT} ${REV}').errors, [
      "data.run: Flux refuses, or before 2.9 puts nothing in the place of, ${REV}, ${1}, ${#REV}, ${f%.txt}",
    ]);
  });

  it("is an error for what Flux cannot read, which fails its build", () => {
    assert.deepEqual(found("${@} ${a.b} ${} ${X-y} ${Z").errors, [
      "data.run: Flux fails, for it cannot read ${@}, ${a.b}, ${}, ${X-y}, ${Z",
    ]);
  });

  it("is a warning for what becomes another text", () => {
    assert.deepEqual(found("${WANT:-x} kill $$").warnings, [
      "data.run: Flux replaces ${WANT:-x}, $$",
    ]);
    assert.deepEqual(found("${WANT:-${INNER}}").errors, [
      "data.run: Flux refuses, or before 2.9 puts nothing in the place of, ${INNER}",
    ]);
  });
});
