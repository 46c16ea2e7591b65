import assert from "node:assert/strict";
import { diffOf, editLines, object, riskLines } from "./manifests.ts";

const secret = (body: object) => object("v1", "Secret", body);

describe("secrets in a diff", () => {
  it("shows that a value changed and how long it is, never the value", () => {
    const before = secret({ stringData: { password: "hunter2-old" } });
    const after = secret({ stringData: { password: "hunter2" } });
    assert.deepEqual(editLines([before], [after]), [
      'changed stringData.password -"(secret, 11 bytes)" +"(secret, 7 bytes)"',
    ]);
    assert.doesNotMatch(JSON.stringify(diffOf([before], [after])), /hunter2/);
  });

  it("keeps a change visible where the lengths are the same", () => {
    const lines = editLines(
      [secret({ data: { key: btoa("aaaa") } })],
      [secret({ data: { key: btoa("bbbb") } })],
    );
    assert.deepEqual(lines, ['changed data.key -"(secret, 4 bytes)" +"(secret, 4 bytes)"']);
  });

  it("masks a secret that is new, and one that leaves", () => {
    const one = secret({ data: { key: btoa("topsecret") }, type: "Opaque" });
    for (const diff of [diffOf([], [one]), diffOf([one], [])]) {
      assert.doesNotMatch(JSON.stringify(diff), /dG9wc2VjcmV0|topsecret/);
      assert.match(JSON.stringify(diff), /secret, 9 bytes/);
    }
  });

  for (const data of ["hunter2", ["hunter2"], { a: ["hunter2"] }, { a: { b: "hunter2" } }, 42]) {
    it(`masks what is no mapping of texts, as it should be: ${JSON.stringify(data)}`, () => {
      for (const field of ["data", "stringData"]) {
        const [before, after] = [secret({ [field]: { a: "YQ==" } }), secret({ [field]: data })];
        for (const diff of [diffOf([before], [after]), diffOf([], [after]), diffOf([after], [])]) {
          assert.doesNotMatch(JSON.stringify(diff.objects), /hunter2|:42\b/);
          assert.match(JSON.stringify(diff.objects), /\((secret|encrypted)/);
        }
      }
    });
  }

  it("masks what kubectl left behind in the last-applied annotation", () => {
    const annotations = {
      "kubectl.kubernetes.io/last-applied-configuration": '{"stringData":{"a":"hunter2"}}',
    };
    const one = secret({ metadata: { name: "api", namespace: "shop", annotations } });
    assert.doesNotMatch(JSON.stringify(diffOf([], [one])), /hunter2/);
  });

  it("says of a value encrypted with SOPS that it is", () => {
    const value = (text: string) =>
      object("v1", "ConfigMap", {
        data: { a: `ENC[AES256_GCM,data:${text},iv:x,tag:y,type:str]` },
      });
    const [line] = editLines([value("one")], [value("three")]);
    assert.match(line ?? "", /encrypted, \d+ bytes/);
  });

  it("takes no text for base64 that the API server refuses", () => {
    const data = (key: string) => secret({ data: { key } });
    const same = (before: string, after: string) =>
      editLines([data(before)], [data(after)])[0]?.endsWith("(formatting)");
    assert.equal(same("YWI=", "YW\nI=\n"), true);
    for (const refused of ["YWI", "YWI= ", "Y WI=", "YW\tI="]) {
      assert.equal(same("YWI=", refused), false, JSON.stringify(refused));
      const [risk] = riskLines([data("YWI=")], [data(refused)]);
      assert.match(risk ?? "", /^high refused-value: .*data\.key is no base64/);
    }
  });
});
