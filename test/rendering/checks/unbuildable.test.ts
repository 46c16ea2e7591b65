import assert from "node:assert/strict";
import { useCheckedFolder } from "./checked-folder.ts";

// What cannot be built here Flux may well build: it is no problem of the folder, and not passed over.
describe("a kustomization that cannot be built here", function () {
  this.timeout(120_000);
  const check = useCheckedFolder();

  async function said(files: Readonly<Record<string, string>>) {
    const { problems, warnings } = await check(files);
    const lines = (all: typeof problems) => all.map(({ file, message }) => `${file}: ${message}`);
    return { problems: lines(problems), warnings: lines(warnings) };
  }
  const service = (port: number) =>
    `apiVersion: v1\nkind: Service\nmetadata: { name: a, namespace: a }\nspec: { ports: [{ port: ${port} }] }\n`;

  for (const base of ["https://example.com/base.yaml", "github.com/o/r//p?ref=v1"]) {
    it(`for a remote base is a warning, and its files are judged as they lie: ${base}`, async () => {
      const files = { "a/kustomization.yaml": `resources: [a.yaml, "${base}"]\n` };
      const fine = await said({ ...files, "a/a.yaml": service(80) });
      assert.deepEqual(fine, {
        problems: [],
        warnings: [
          `a: was not built, and its files were checked as they lie there: it reads what lies elsewhere (${base}), and there is no network here`,
        ],
      });
      const { problems } = await said({ ...files, "a/a.yaml": service(70_000) });
      assert.match(
        problems.join(),
        /^a\/a\.yaml: Service\/a\/a: spec\.ports\[0\]\.port: Invalid value: 70000/,
      );
    });
  }

  it("for a file that is too large is a warning too, not an error in Flux's name", async () => {
    const large = "x".repeat(17 * 1024 * 1024);
    const { problems, warnings } = await said({
      "a/kustomization.yaml": "configMapGenerator: [{ name: a, files: [large.txt] }]\n",
      "a/large.txt": large,
    });
    assert.deepEqual(problems, []);
    assert.match(warnings.join(), /a\/large\.txt is too large to be read here/);
  });

  it("is an error where it is Flux's own", async () => {
    const { problems } = await said({ "a/kustomization.yaml": "resources: [gone.yaml]\n" });
    assert.match(problems.join(), /Flux cannot build this: .*gone\.yaml: no such file/);
  });

  it("is named where kustomizations build on each other, though none of them is the top", async () => {
    const { problems } = await said({
      "a/kustomization.yaml": "resources: [../b]\n",
      "b/kustomization.yaml": "resources: [../a]\n",
      "c/kustomization.yaml": "resources: [a.yaml]\n",
      "c/a.yaml": service(80),
    });
    assert.equal(problems.length, 1);
    assert.match(problems.join(), /^a: Flux cannot build this: .*cycle detected/);
  });
});
