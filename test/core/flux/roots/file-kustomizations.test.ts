import assert from "node:assert/strict";
import { fileKustomizations } from "../../../../core/flux/roots/file-kustomizations.ts";
import { parseManifests } from "../../../../core/manifests/parse.ts";

const kustomization = (name: string, path: string, source = "GitRepository/flux-system") => {
  const [kind, of] = source.split("/");
  return `---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${name}, namespace: flux-system }\nspec: { path: "${path}", sourceRef: { kind: ${kind}, name: ${of} } }\n`;
};
const source = (name: string, url: string) =>
  `---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: ${name}, namespace: flux-system }\nspec: { url: "${url}" }\n`;
const own = "ssh://git@ssh.dev.azure.com/v3/fabrikam/shop/manifests";
const foreign = "https://dev.azure.com/fabrikam/other/_git/tools";

type Files = Readonly<Record<string, string>>;

/** `name path`, or `name -` where it applies what is not here. */
function foundIn(files: Files, more: Parameters<typeof fileKustomizations>[1] | object = {}) {
  const objects = Object.entries(files).flatMap(([file, text]) =>
    parseManifests(text, file).documents.map(({ object }) => ({ object, file })),
  );
  return fileKustomizations(objects, { paths: Object.keys(files), ...more }).map(
    ({ object, path }) => `${object.metadata.name} ${path === undefined ? "-" : `/${path}`}`,
  );
}
const apps = { "apps/a.yaml": "", "deploy/b.yaml": "" };

describe("which folder of these files a Flux Kustomization applies", () => {
  it("is its path, which leads nowhere out of the repository", () => {
    const files = {
      ...apps,
      "flux/k.yaml":
        kustomization("a", "./apps/") +
        kustomization("b", "../../apps") +
        kustomization("c", "./x/../apps"),
    };
    assert.deepEqual(foundIn(files), ["a /apps", "b /apps", "c /apps"]);
  });

  it("is none where the folder is not here, or the source is no GitRepository", () => {
    const text = kustomization("a", "./absent") + kustomization("b", "./apps", "OCIRepository/x");
    assert.deepEqual(foundIn({ ...apps, "k.yaml": text }), ["a -", "b -"]);
  });

  const bootstrap = {
    ...apps,
    "clusters/prod/flux-system/sync.yaml":
      kustomization("flux-system", "./clusters/prod") + source("flux-system", own),
    "clusters/prod/tools.yaml":
      kustomization("tools", "./", "GitRepository/tools") +
      kustomization("deploy", "./deploy", "GitRepository/tools") +
      source("tools", foreign),
    "clusters/prod/apps.yaml": kustomization("apps", "./apps"),
  };

  it("is none of another repository's, though a path of that name is here: `./` always is", () => {
    assert.deepEqual(foundIn(bootstrap), [
      "flux-system /clusters/prod",
      "tools -",
      "deploy -",
      "apps /apps",
    ]);
  });

  it("is told by flux-system, where Flux was bootstrapped at the root", () => {
    const files = {
      "flux-system/sync.yaml": kustomization("flux-system", "./") + source("flux-system", own),
      "tools.yaml": kustomization("tools", "./", "GitRepository/tools") + source("tools", foreign),
    };
    assert.deepEqual(foundIn(files), ["flux-system /", "tools -"]);
  });

  it("is none of a tenant's own repository, where the source of the others is not among the files", () => {
    const files = {
      ...apps,
      "clusters/prod/apps.yaml": kustomization("apps", "./apps"),
      "tenants/team.yaml":
        kustomization("team", "", "GitRepository/team") + source("team", foreign),
    };
    assert.deepEqual(foundIn(files), ["apps /apps", "team -"]);
  });

  it("is told by the repository's address, in whatever form it is written", () => {
    const files = {
      ...apps,
      "k.yaml":
        kustomization("a", "./apps", "GitRepository/a") +
        kustomization("b", "./deploy", "GitRepository/b") +
        source("a", foreign) +
        source("b", own),
    };
    const repository = {
      organisationUrl: "https://dev.azure.com/fabrikam",
      project: "Shop",
      repository: "manifests",
    };
    assert.deepEqual(foundIn(files, { repository }), ["a -", "b /deploy"]);
    assert.deepEqual(foundIn(files), ["a /apps", "b /deploy"], "nothing tells which of both it is");
  });

  it("is here where no source is named: Flux takes no such Kustomization, and nobody else's it is", () => {
    const text = kustomization("a", "./apps").replace(/, sourceRef: \{[^}]*\}/, "");
    assert.deepEqual(foundIn({ ...apps, "k.yaml": text }), ["a /apps"]);
  });

  it("is here where the source is not among the files, or only Flux knows its address", () => {
    assert.deepEqual(foundIn({ ...apps, "k.yaml": kustomization("a", "./apps") }), ["a /apps"]);
    const files = {
      ...bootstrap,
      "clusters/prod/more.yaml":
        kustomization("more", "./apps", "GitRepository/more") + source("more", "https://${HOST}/x"),
      "clusters/prod/lost.yaml": kustomization("lost", "./apps", "GitRepository/lost"),
    };
    const found = foundIn(files);
    assert.ok(found.includes("more /apps") && found.includes("lost /apps"), found.join());
  });

  it("is told by the source beside it, where clusters have one of the same name", () => {
    const cluster = (name: string, url: string) =>
      kustomization(name, "./apps", "GitRepository/shop") + source("shop", url);
    const files = {
      ...apps,
      "clusters/prod/sync.yaml":
        kustomization("flux-system", "./clusters/prod") + source("flux-system", own),
      "clusters/prod/shop.yaml": cluster("prod", own),
      "clusters/dev/shop.yaml": cluster("dev", foreign),
      "clusters/test/shop.yaml": kustomization("test", "./apps", "GitRepository/shop"),
    };
    assert.deepEqual(foundIn(files), [
      ...["flux-system /clusters/prod", "prod /apps", "dev -"],
      // Of either of both.
      "test /apps",
    ]);
  });

  it("is told by what applies the folder that it stands in, whatever it is named", () => {
    const files = {
      ...apps,
      "clusters/a/sync.yaml":
        kustomization("root", "./clusters/a", "GitRepository/root") + source("root", own),
      "clusters/a/tools.yaml":
        kustomization("tools", "./apps", "GitRepository/tools") +
        kustomization("more", "./deploy", "GitRepository/tools") +
        source("tools", foreign),
    };
    assert.deepEqual(foundIn(files), ["root /clusters/a", "tools -", "more -"]);
  });

  it("is told by a folder that is here, where nothing else tells it", () => {
    const files = {
      ...apps,
      "k.yaml":
        kustomization("a", "./apps", "GitRepository/a") +
        kustomization("b", "./", "GitRepository/b") +
        source("a", own) +
        source("b", foreign),
    };
    assert.deepEqual(foundIn(files), ["a /apps", "b -"]);
  });

  for (const [what, instead] of [
    ["a kind of that name in another group", ["source.toolkit.fluxcd.io/v1", "acme.io/v1"]],
    ["another kind", ["kind: GitRepository\n", "kind: OCIRepository\n"]],
    ["one of another namespace", ["tools, namespace: flux-system", "tools, namespace: other"]],
  ] as const) {
    it(`is not told by ${what}`, () => {
      const [from, to] = instead;
      const files = {
        ...apps,
        "clusters/a/sync.yaml":
          kustomization("flux-system", "./clusters/a") + source("flux-system", own),
        "clusters/a/tools.yaml": kustomization("tools", "./apps", "GitRepository/tools"),
        "clusters/a/source.yaml": source("tools", foreign).replace(from, to),
      };
      assert.ok(foundIn(files).includes("tools /apps"));
      const plain = { ...files, "clusters/a/source.yaml": source("tools", foreign) };
      assert.ok(foundIn(plain).includes("tools -"));
    });
  }

  for (const [one, other] of [
    ["https://git.local/a/b", "ssh://git@git.local:2222/a/b.git"],
    ["https://git.local/a/b/", "git@git.local:a/b"],
    ["https://git.local:8443/a/b", "HTTPS://user:token@GIT.local/A/B"],
    ["https://git.local/a/b", "git@git.local:/a/b.git"],
  ] as const) {
    it(`takes ${one} and ${other} for one repository`, () => {
      const files = {
        ...apps,
        "clusters/a/sync.yaml":
          kustomization("flux-system", "./clusters/a") + source("flux-system", one),
        "clusters/a/apps.yaml":
          kustomization("apps", "./apps", "GitRepository/apps") + source("apps", other),
      };
      assert.ok(foundIn(files).includes("apps /apps"));
    });
  }
  for (const other of [
    "https://git.local/a/b.gitx",
    "https://git.local/a/c",
    "git@git.local:22a/b",
  ]) {
    it(`takes ${other} for another repository than https://git.local/a/b`, () => {
      const files = {
        ...apps,
        "clusters/a/sync.yaml":
          kustomization("flux-system", "./clusters/a") +
          source("flux-system", "https://git.local/a/b"),
        "clusters/a/apps.yaml":
          kustomization("apps", "./apps", "GitRepository/apps") + source("apps", other),
      };
      assert.ok(foundIn(files).includes("apps -"));
    });
  }

  it("takes one repository's addresses for one: ssh, https, user and .git", () => {
    const files = {
      ...apps,
      "clusters/a/sync.yaml":
        kustomization("flux-system", "./clusters/a") +
        source("flux-system", "ssh://git@github.com/fabrikam/manifests.git"),
      "clusters/a/apps.yaml":
        kustomization("apps", "./apps", "GitRepository/apps") +
        source("apps", "https://someone@GitHub.com/fabrikam/manifests"),
      "clusters/a/scp.yaml":
        kustomization("scp", "./apps", "GitRepository/scp") +
        source("scp", "git@github.com:fabrikam/manifests.git/"),
    };
    assert.deepEqual(foundIn(files), ["flux-system /clusters/a", "apps /apps", "scp /apps"]);
  });
});
