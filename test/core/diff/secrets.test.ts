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

  const lines = (before: object, after: object) => {
    const text = JSON.stringify(diffOf([before], [after]));
    assert.doesNotMatch(text, /hunter|aHVudGVy/);
    return editLines([before], [after]);
  };

  it("takes whatever a Secret holds beside its form for a value, however it is misspelt", () => {
    const with2 = (value: string) => ({
      ...{ stringdata: { a: value }, Data: { b: value }, password: value, type: "Opaque" },
    });
    assert.equal(lines(secret(with2("hunter2")), secret(with2("hunter3"))).length, 3);
    const odd = (value: string) => object("core/v1", "Secret", { stringData: { a: value } });
    assert.equal(lines(odd("hunter2"), odd("hunter3")).length, 1);
  });

  it("tells mappings apart that stand where texts should", () => {
    const [line] = lines(
      secret({ data: { a: { b: "hunter2" } } }),
      secret({ data: { a: { b: "x" } } }),
    );
    assert.doesNotMatch(line ?? "", /formatting/);
  });

  const release = (values: object) =>
    object("helm.toolkit.fluxcd.io/v2", "HelmRelease", { spec: { values } });

  it("masks Secrets in a chart's values, and says that these change", () => {
    const values = (value: string) => ({
      secrets: { x: { stringData: { KEY: value } } },
      extra: [secret({ data: { a: btoa(value) } })],
    });
    const sides = [release(values("hunter2")), release(values("hunter3"))] as const;
    assert.deepEqual(lines(...sides), [
      'changed spec.values.secrets.x.stringData.KEY -"(secret, 7 bytes)" +"(secret, 7 bytes)"',
      'changed spec.values.extra[#1].data.a -"(secret, 7 bytes)" +"(secret, 7 bytes)"',
    ]);
    assert.match(riskLines([sides[0]], [sides[1]]).join(), /changes values/);
  });

  it("shows what only names a Secret", () => {
    const values = (name: string) => release({ from: { apiVersion: "v1", kind: "Secret", name } });
    assert.deepEqual(lines(values("a"), values("b")), ['changed spec.values.from.name -"a" +"b"']);
  });

  const patched = (patch: string) =>
    object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", { spec: { patches: [{ patch }] } });
  const texts: readonly (readonly [what: string, text: string, shown: string])[] = [
    [
      "a patch that is merged",
      "kind: Secret\nmetadata: {name: s}\nstringData:\n  a: hunter2\n  b: |\n    hunter2\n    x\n  c: 1\ntype: T\n",
      'kind: Secret\nmetadata: {name: s}\nstringData:\n  a: "(secret, 7 bytes)"\n  b: "(secret, 10 bytes)"\n  c: "(secret, 1 byte)"\ntype: T\n',
    ],
    [
      "operations on its data",
      "- op: add\n  path: /data/a\n  value: aHVudGVyMg==\n- {op: add, path: /metadata/labels/a, value: b}\n",
      '- op: add\n  path: /data/a\n  value: "(secret, 12 bytes)"\n- {op: add, path: /metadata/labels/a, value: b}\n',
    ],
    [
      "a template that is no YAML",
      "kind: Secret\nstringData:\n  a: {{ hunter2 }}\n  b: 'hunter2\ntype: {{ T }}\n",
      'kind: Secret\nstringData:\n  a: "(secret, 13 bytes)"\n  b: "(secret, 8 bytes)"\ntype: {{ T }}\n',
    ],
    [
      "what kubectl wrote of a Secret",
      'kind: Secret\nmetadata:\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n      {"data":{"a":"aHVudGVyMg=="}}\ndata: {a: aHVudGVyMg==}\n',
      'kind: Secret\nmetadata:\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: "(secret, 30 bytes)"\ndata: {a: "(secret, 12 bytes)"}\n',
    ],
    [
      "the same in a template that is no YAML",
      'kubectl.kubernetes.io/last-applied-configuration: |\n  {"data":{"a":"aHVudGVyMg=="}}\ntype: "T\n',
      'kubectl.kubernetes.io/last-applied-configuration: |\n  "(secret, 29 bytes)"\ntype: "T\n',
    ],
    [
      "a sealed Secret",
      "kind: SealedSecret\nspec:\n  encryptedData: {a: hunter2}\n",
      'kind: SealedSecret\nspec:\n  encryptedData: {a: "(secret, 7 bytes)"}\n',
    ],
    ["a script that speaks of /data", "cd /data && {run: }", "cd /data && {run: }"],
  ];
  for (const [what, text, shown] of texts) {
    it(`masks the values in ${what}, and nothing else`, () => {
      const [line] = lines(patched("x"), patched(text));
      assert.equal(line, `changed spec.patches[#1].patch -"x" +${JSON.stringify(shown)}`);
    });
  }

  it("masks thousands of values in one text, and in one that no ConfigMap can hold", () => {
    for (const [amount, filler] of [
      [5_000, ""],
      [5, "x".repeat(2 ** 20)],
    ] as const) {
      const values = Array.from({ length: amount }, (_, at) => `  k${at}: hunter${at}\n`).join("");
      const said = lines(patched("x"), patched(`kind: Secret\nstringData:\n${values}# ${filler}`));
      assert.equal(said.join("").includes("hunter"), false);
      assert.equal(said.join("").split("(secret, ").length - 1, amount);
    }
  });
});
