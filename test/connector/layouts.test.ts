import assert from "node:assert/strict";
import { readKustomization } from "../../connector/kustomization-references.ts";
import { readLayouts } from "../../connector/layouts.ts";
import type { ManifestsRepository } from "../../connector/manifests-repository.ts";
import { type ReadKustomizations } from "../../connector/read-kustomizations.ts";
import { isKustomizationPath } from "../../core/manifests/kustomization-file.ts";

type Files = Readonly<Record<string, string>>;

const header = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n";
const list = (...resources: readonly string[]) => `${header}resources: [${resources.join(", ")}]\n`;

/** A repository that holds these files, and which kustomizations were read. */
function holding(files: Files): { repository: ManifestsRepository; read: string[] } {
  const read: string[] = [];
  const kustomizations: ReadKustomizations = async (_, folder, isWanted = () => true) => {
    const below = Object.keys(files).filter((path) => path.startsWith(`${folder}/`));
    const found = below.filter(isKustomizationPath).filter(isWanted);
    read.push(...found);
    return {
      files: below,
      kustomizations: new Map(
        found.map((path) => [path, readKustomization(files[path] ?? "", path)] as const),
      ),
    };
  };
  const beside: ManifestsRepository["beside"] = async (_, folder) =>
    Object.keys(files)
      .filter((path) => folder === "" && !path.includes("/"))
      .map((path) => ({ path, blob: path }));
  return { repository: { kustomizations, beside } as ManifestsRepository, read };
}

async function layoutOf(
  files: Files,
  more: { readonly changed?: readonly string[]; readonly bases?: readonly string[] } = {},
) {
  const { changed = ["dev/api.yaml"], bases = [] } = more;
  const layouts = await readLayouts(holding(files).repository, {
    ...{ paths: ["dev"], bases: { dev: bases }, commit: "x", rendered: new Set() },
    changed: changed.map((path) => ({ path, removed: false, identities: [] })),
  });
  return layouts["dev"];
}

const plain = { unreached: [] };

describe("readLayouts()", () => {
  it("calls plain what only lists resources, through folders and bases", async () => {
    assert.deepEqual(await layoutOf({ "dev/api.yaml": "" }), plain);
    const listed = { "dev/kustomization.yaml": list("api.yaml"), "dev/api.yaml": "" };
    assert.deepEqual(await layoutOf(listed), plain);
    const nested = {
      "dev/kustomization.yml": list("./shop/"),
      "dev/shop/Kustomization": list("api.yaml"),
      "dev/shop/api.yaml": "",
    };
    assert.deepEqual(await layoutOf(nested, { changed: ["dev/shop/api.yaml"] }), plain);
    const based = {
      "dev/kustomization.yaml": list("../base"),
      "base/kustomization.yaml": list("api.yaml"),
      "base/api.yaml": "",
    };
    assert.deepEqual(await layoutOf(based, { changed: ["base/api.yaml"], bases: ["base"] }), plain);
  });

  for (const [what, body] of Object.entries({
    namePrefix: "namePrefix: dev-\n",
    namespace: "namespace: shop\n",
    patches: "patches: [{ path: patch.yaml, target: { kind: Deployment } }]\n",
    components: "components: [../part]\n",
    configMapGenerator: "configMapGenerator: [{ name: a, literals: [a=b] }]\n",
  })) {
    it(`calls whole what uses ${what}, and says so`, async () => {
      const files = { "dev/kustomization.yaml": `${list("api.yaml")}${body}`, "dev/api.yaml": "" };
      const layout = await layoutOf(files);
      assert.equal(layout?.whole, `dev/kustomization.yaml uses ${what}`);
    });
  }

  it("does so where only a nested one or a base does more", async () => {
    const body = `${list("api.yaml")}nameSuffix: -a\n`;
    const nested = {
      "dev/shop/kustomization.yaml": body,
      "dev/shop/api.yaml": "",
      "dev/api.yaml": "",
    };
    assert.match(
      (await layoutOf(nested))?.whole ?? "",
      /dev\/shop\/kustomization.yaml uses nameSuffix/,
    );
    const based = {
      "dev/kustomization.yaml": list("../base"),
      "base/kustomization.yaml": body,
      "base/api.yaml": "",
    };
    const layout = await layoutOf(based, { changed: ["base/api.yaml"], bases: ["base"] });
    assert.match(layout?.whole ?? "", /base\/kustomization.yaml uses nameSuffix/);
  });

  it("does so where a list is taken from elsewhere, cannot be read, or was changed itself", async () => {
    const whole = async (text: string, changed = ["dev/api.yaml"]) =>
      (await layoutOf({ "dev/kustomization.yaml": text, "dev/api.yaml": "" }, { changed }))?.whole;
    assert.match((await whole(list("https://github.com/a/b?ref=1"))) ?? "", /from elsewhere/);
    assert.match((await whole(list("github.com/a/b//c"))) ?? "", /from elsewhere/);
    assert.match((await whole("{")) ?? "", /cannot be read/);
    assert.match((await whole(list("gone.yaml"))) ?? "", /which was not found/);
    assert.match(
      (await whole(list("api.yaml"), ["dev/kustomization.yaml"])) ?? "",
      /dev\/kustomization.yaml changed/,
    );
  });

  it("names the changed manifests that no list reaches, and nothing else", async () => {
    const files = {
      "dev/kustomization.yaml": list("api.yaml"),
      ...{ "dev/api.yaml": "", "dev/new.yaml": "", "dev/README.md": "" },
    };
    const changed = Object.keys(files).filter((path) => !isKustomizationPath(path));
    const layout = await layoutOf(files, { changed: [...changed, "dev/removed.yaml"] });
    assert.deepEqual(layout, { unreached: ["dev/new.yaml"] });
  });

  it("reaches, without a list, all files but those of a folder with its own", async () => {
    const files = {
      ...{ "dev/api.yaml": "", "dev/more/web.yaml": "" },
      ...{ "dev/shop/kustomization.yaml": list("a.yaml"), "dev/shop/a.yaml": "" },
      "dev/shop/b.yaml": "",
    };
    const layout = await layoutOf(files, {
      changed: Object.keys(files).filter((path) => !isKustomizationPath(path)),
    });
    assert.deepEqual(layout, { unreached: ["dev/shop/b.yaml"] });
  });

  it("asks for a build where a list leaves files out, in the folder or at the root", async () => {
    for (const list of [".sourceignore", "dev/a/.sourceignore"]) {
      const layout = await layoutOf({ "dev/api.yaml": "", [list]: "api.yaml\n" });
      assert.equal(layout?.whole, `${list} leaves files out`);
    }
    const elsewhere = await layoutOf({ "dev/api.yaml": "", "prod/.sourceignore": "api.yaml\n" });
    assert.deepEqual(elsewhere, plain);
  });

  it("reaches nothing that Flux leaves out by itself", async () => {
    const changed = ["dev/.github/work.yaml"];
    const layout = await layoutOf({ "dev/.github/work.yaml": "", "dev/api.yaml": "" }, { changed });
    assert.deepEqual(layout, { unreached: changed });
  });

  it("goes round no circle", async () => {
    const files = {
      "dev/kustomization.yaml": list("a", "api.yaml"),
      ...{ "dev/a/kustomization.yaml": list("../a"), "dev/api.yaml": "" },
    };
    assert.deepEqual(await layoutOf(files), plain);
  });

  it("reads nothing of what was rendered but what stands around a changed file", async () => {
    const files = {
      ...{ "dev/api/kustomization.yaml": list("a.yaml"), "dev/api/a.yaml": "" },
      ...{
        "dev/other/kustomization.yaml": `${list("b.yaml")}namePrefix: x\n`,
        "dev/other/b.yaml": "",
      },
    };
    const read = async (more: Files, path = "dev") => {
      const made = holding({ ...files, ...more });
      const layouts = await readLayouts(made.repository, {
        ...{ paths: [path], bases: {}, commit: "x" },
        rendered: new Set(["dev/api/kustomization.yaml"]),
        changed: [{ path: "dev/api/a.yaml", removed: false, identities: [] }],
      });
      return [made.read, layouts[path]];
    };
    assert.deepEqual(await read({}), [[], plain]);
    assert.deepEqual(await read({}, "dev/api"), [[], undefined]);
    const around = { "dev/kustomization.yaml": `${list("api")}namePrefix: x\n` };
    assert.deepEqual(await read(around), [
      ["dev/kustomization.yaml"],
      { whole: "dev/kustomization.yaml uses namePrefix", unreached: [] },
    ]);
  });
});
