import assert from "node:assert/strict";
import { compareTrees } from "../../../../core/diff/tree/compare-trees.ts";

const kustomization = (more: string) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: apps, namespace: flux-system }\nspec: { path: ./apps, prune: true, sourceRef: { kind: GitRepository, name: f }${more} }\n`;
const decryption = ", decryption: { provider: sops }";
const secret = (value: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: s, namespace: shop }\ndata: { a: "ENC[AES256_GCM,data:${value},type:str]" }\nsops: { mac: x }\n`;
const settings = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: shop }\n`;

function said(more: string, before: string | undefined, after: string) {
  const side = (text: string | undefined) => [
    { path: "clusters/prod/apps.yaml", text: kustomization(more) },
    { path: "apps/a.yaml", text: settings },
    ...(text === undefined ? [] : [{ path: "apps/s.yaml", text }]),
  ];
  return compareTrees(side(before), side(after))
    .risks.filter(({ text }) => /does not decrypt/.test(text))
    .map(({ severity, rule }) => `${severity} ${rule}`);
}

describe("an encrypted Secret that comes", () => {
  it("is a high risk where its Flux Kustomization does not decrypt: Flux refuses all of that", () => {
    assert.deepEqual(said("", undefined, secret("x")), ["high secret-in-clear"]);
  });

  it("is none where it decrypts, or where it was refused before", () => {
    assert.deepEqual(said(decryption, undefined, secret("x")), []);
    assert.deepEqual(said("", secret("x"), secret("y")), []);
  });
});
