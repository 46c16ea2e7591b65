import assert from "node:assert/strict";
import { useCheckedFolder } from "./checked-folder.ts";

const applies = (more = "") => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec:
  interval: 1m
  prune: true
  path: ./apps
  sourceRef: { kind: GitRepository, name: this }
  ${more}
`;
const secret = (annotations = "{}") => `apiVersion: v1
kind: Secret
metadata: { name: a, namespace: shop, annotations: ${annotations} }
stringData: { p: "ENC[AES256_GCM,data:YQ==,iv:YQ==,tag:YQ==,type:str]" }
sops: { mac: "ENC[AES256_GCM,data:YQ==,iv:YQ==,tag:YQ==,type:str]", version: 3.9.0, lastmodified: "2026-01-01T00:00:00Z" }
`;

describe("a Secret that SOPS encrypted", function () {
  this.timeout(120_000);
  const check = useCheckedFolder();

  async function problems(kustomization: string, encrypted: string) {
    const files = { "c/apps.yaml": kustomization, "apps/secret.yaml": encrypted };
    const found = await check(files);
    return found.problems.map(({ file, message }) => `${file}: ${message}`);
  }

  it("is refused where its Kustomization decrypts nothing", async () => {
    const text =
      "apps/secret.yaml: Secret/shop/a: it is SOPS encrypted and Flux refuses it: Kustomization flux-system/apps decrypts nothing (spec.decryption with provider: sops)";
    assert.deepEqual(await problems(applies(), secret()), [text]);
  });

  it("is taken where it is decrypted, or an annotation says that it is not to be", async () => {
    const decrypts = applies("decryption: { provider: sops, secretRef: { name: age } }");
    assert.deepEqual(await problems(decrypts, secret()), []);
    const left = secret("{ kustomize.toolkit.fluxcd.io/decrypt: Disabled }");
    assert.deepEqual(await problems(applies(), left), []);
  });
});
