import assert from "node:assert/strict";
import { useCheckedFolder } from "./checked-folder.ts";

const applies = (name: string, path: string, source = "this") => `---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  interval: 1m
  prune: true
  path: ${path}
  sourceRef: { kind: GitRepository, name: ${source} }
`;
const map = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: shop }\n";

describe("a Flux Kustomization whose folder is not here", function () {
  this.timeout(120_000);
  const check = useCheckedFolder();

  async function said(files: Readonly<Record<string, string>>, within = ".") {
    const { problems, warnings } = await check(files, within);
    const text = (all: typeof problems) => all.map(({ file, message }) => `${file}: ${message}`);
    return { problems: text(problems), warnings: text(warnings) };
  }

  it("is refused where another one of its source has its folder here", async () => {
    assert.deepEqual(
      await said({
        "c/all.yaml": applies("apps", "./apps") + applies("more", "./aps"),
        "apps/a.yaml": map,
      }),
      {
        problems: [
          "c/all.yaml: Kustomization flux-system/more: Flux finds no folder aps (spec.path), so it applies nothing of it",
        ],
        warnings: [],
      },
    );
  });

  it("was not checked where these files are only a folder of the repository", async () => {
    const all = applies("apps", "./apps") + applies("more", "./infrastructure");
    const files = { ".git": "", "some/c/all.yaml": all, "some/apps/a.yaml": map };
    const { problems, warnings } = await said(files, "some");
    assert.deepEqual(problems, []);
    assert.match(warnings.join(), /more applies infrastructure, which is not here: .* not checked/);
  });

  it("was not checked, once for all, where its source may be another repository", async () => {
    const others = applies("web", "./web", "that") + applies("db", "./db", "that");
    assert.deepEqual(
      await said({ "c/all.yaml": applies("apps", "./apps") + others, "apps/a.yaml": map }),
      {
        problems: [],
        warnings: [
          "c/all.yaml: Kustomization flux-system/web applies web, which is not here, and 1 more Kustomization like it: what that holds was not checked. Flux refuses it where its source has no such folder",
        ],
      },
    );
  });

  for (const brings of ["recurseSubmodules: true", "include: [{ repository: { name: x } }]"]) {
    it(`was not checked where its source has ${brings}`, async () => {
      const source = `---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: this, namespace: flux-system }\nspec: { interval: 1m, url: "https://a.b/c", ${brings} }\n`;
      const files = applies("apps", "./apps") + applies("sub", "./sub") + source;
      const { problems, warnings } = await said({ "c/all.yaml": files, "apps/a.yaml": map });
      assert.deepEqual(problems, []);
      assert.match(
        warnings.join(),
        /Kustomization flux-system\/sub applies sub, which is not here/,
      );
    });
  }

  it("is nothing where a kustomization gives it another folder", async () => {
    assert.deepEqual(
      await said({
        "c/kustomization.yaml": `resources: [all.yaml, top.yaml]\npatches: [{ target: { name: more }, patch: "- op: replace\\n  path: /spec/path\\n  value: ./apps" }]\n`,
        "c/all.yaml": applies("more", "./to-be-patched"),
        "c/top.yaml": applies("top", "./c"),
        "apps/a.yaml": map,
      }),
      { problems: [], warnings: [] },
    );
  });

  it("is not told of twice where a variable names it that nobody gives", async () => {
    const files = { "c/all.yaml": applies("a", "./apps") + applies("b", "./${where}/apps") };
    const { problems, warnings } = await said({ ...files, "apps/a.yaml": map });
    assert.match(problems.join(), /^[^,]*spec\.path still holds \$\{where\}$/);
    assert.deepEqual(warnings, []);
  });
});
