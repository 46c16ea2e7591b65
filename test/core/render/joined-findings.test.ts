import assert from "node:assert/strict";
import { joinedFindings } from "../../../core/render/joined-findings.ts";

describe("warnings that say the same", () => {
  const said = (...messages: readonly string[]) =>
    joinedFindings(
      messages.map((message) => ({ check: "schema", severity: "warning", message }) as const),
    ).map(({ message }) => message);

  it("are one of objects of one kind", () => {
    const messages = said("ClusterRole.rbac/a: it is large", "ClusterRole.rbac/b: it is large");
    assert.deepEqual(messages, ["ClusterRole.rbac/a and 1 more of its kind: it is large"]);
  });

  it("stay apart of two kinds that share their group alone", () => {
    const kinds = ["Certificate", "Issuer"].map(
      (kind) => `no schema for cert-manager.io/v1/${kind}: 1 object was not checked`,
    );
    assert.deepEqual(said(...kinds), kinds);
  });
});
