import assert from "node:assert/strict";
import { useCheckedFolder } from "./checked-folder.ts";

const applies = (name: string, dependsOn: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  interval: 1m
  prune: true
  path: ./apps
  sourceRef: { kind: GitRepository, name: this }
  dependsOn: [${dependsOn}]
`;
const map = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: shop }\n";

describe("what waits for itself", function () {
  this.timeout(120_000);
  const check = useCheckedFolder();

  async function problems(files: Readonly<Record<string, string>>) {
    const found = await check({ ...files, "apps/a.yaml": map });
    const circles = found.problems.filter(({ message }) => message.includes("waits for itself"));
    return circles.map(({ file, message }) => `${file}: ${message}`);
  }

  it("is an error, once for all in a circle", async () => {
    const circle = {
      "c/a.yaml": applies("a", "{ name: b }"),
      "c/b.yaml": applies("b", "{ name: a, namespace: flux-system }"),
    };
    assert.deepEqual(await problems(circle), [
      "c/a.yaml: Kustomization flux-system/a: it waits for itself (dependsOn), by way of flux-system/b: Flux applies none of it",
    ]);
    assert.deepEqual(await problems({ "c/a.yaml": applies("a", "{ name: a }"), "c/b.yaml": map }), [
      "c/a.yaml: Kustomization flux-system/a: it waits for itself (dependsOn): Flux applies none of it",
    ]);
  });

  it("is not what waits for another cluster's of the same name, or for more than readiness", async () => {
    const chain = {
      "one/a.yaml": applies("a", "{ name: b }"),
      "one/b.yaml": applies("b", ""),
      "two/a.yaml": applies("a", ""),
      "two/b.yaml": applies("b", "{ name: a }"),
    };
    assert.deepEqual(await problems(chain), []);
    const told = applies("a", "{ name: a, readyExpr: 'dep.spec.path != self.spec.path' }");
    assert.deepEqual(await problems({ "one/a.yaml": told }), []);
  });
});
