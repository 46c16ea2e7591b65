import assert from "node:assert/strict";
import { useKube } from "../../support/kube.ts";
import { compareBuilt, linesOf } from "./built-sides.ts";

const flux = (more: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec:
  path: ./apps/shop
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
${more}`;
const config = (value: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop }\ndata: { a: "${value}" }\n`;
const from = (name: string) =>
  `  postBuild: { substitute: { REGION: eu }, substituteFrom: [{ kind: ConfigMap, name: ${name} }] }\n`;
const files = (spec: string, value: string) => ({
  "clusters/prod/shop.yaml": flux(spec),
  "apps/shop/config.yaml": config(value),
});

describe("variables of a Flux Kustomization", function () {
  this.timeout(120_000);
  const kube = useKube();
  const compare = async (before: Readonly<Record<string, string>>, after: typeof before) =>
    (await compareBuilt(kube(), before, after)).compared;

  it("are put in where the files give them", async () => {
    const values = (region: string) => `  postBuild: { substitute: { REGION: ${region} } }\n`;
    const compared = await compare(
      files(values("eu"), "at-${REGION}"),
      files(values("us"), "at-${REGION}"),
    );
    assert.ok(linesOf(compared).includes("~ ConfigMap shop apps/shop/config.yaml"));
    assert.match(JSON.stringify(compared.objects), /"before":"at-eu","after":"at-us"/);
    assert.equal(compared.complete, true);
  });

  it("stay as they are written where only the cluster knows them, which is said", async () => {
    const compared = await compare(
      files(from("vars"), "${REGION}-a.${DOMAIN}"),
      files(from("vars"), "${REGION}-b.${DOMAIN}"),
    );
    assert.match(
      JSON.stringify(compared.objects),
      /"eu-a.\$\{DOMAIN\}","after":"eu-b.\$\{DOMAIN\}"/,
    );
    assert.deepEqual(compared.problems, [
      {
        file: "clusters/prod/shop.yaml",
        message:
          "${DOMAIN} stands in what changes: its value is in the cluster, and not known here",
      },
    ]);
    assert.deepEqual(compared.risks, []);
  });

  it("say nothing where they stand in nothing that changes", async () => {
    const other = (value: string) =>
      `${config(value)}---\n${config("${DOMAIN}").replace("shop", "b")}`;
    const [before, after] = ["a", "b"].map((value) => ({
      ...files(from("vars"), ""),
      "apps/shop/config.yaml": other(value),
    }));
    const compared = await compare(before ?? {}, after ?? {});
    assert.deepEqual(linesOf(compared), ["~ ConfigMap shop apps/shop/config.yaml"]);
    assert.equal(compared.complete, true);
  });

  it("are not known where their source or their default changes: no build shows that", async () => {
    for (const [before, after] of [
      [files(from("vars"), "${DOMAIN}"), files(from("others"), "${DOMAIN}")],
      [files(from("vars"), "${DOMAIN:=a}"), files(from("vars"), "${DOMAIN:=b}")],
    ] as const) {
      const compared = await compare(before, after);
      assert.equal(compared.complete, false);
      assert.match(JSON.stringify(compared.risks), /postBuild.*its effect is not known here/);
    }
  });

  it("are put in where only their ConfigMap in the repository changes", async () => {
    const vars = (text: string) => ({
      ...files(from("vars"), "at-${DOMAIN}"),
      "clusters/prod/vars.yaml": `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: vars, namespace: flux-system }\ndata: { DOMAIN: "${text}" }\n`,
    });
    const compared = await compare(vars("a.io"), vars("b.io"));
    assert.match(JSON.stringify(compared.objects), /"before":"at-a.io","after":"at-b.io"/);
    assert.deepEqual([compared.problems, compared.risks], [[], []]);
    const open = await compare(vars("a.${ZONE}"), vars("b.${ZONE}"));
    assert.match(JSON.stringify(open.risks), /postBuild.*its effect is not known here/);
  });

  it("are not known where a Secret of the repository that gives them changes", async () => {
    const secret = (text: string) => ({
      ...files(from("vars").replace("ConfigMap", "Secret"), "at-${DOMAIN}"),
      "clusters/prod/vars.yaml": `apiVersion: v1\nkind: Secret\nmetadata: { name: vars, namespace: flux-system }\nstringData: { DOMAIN: "${text}" }\n`,
    });
    const compared = await compare(secret("one-word"), secret("another"));
    assert.equal(compared.complete, false);
    assert.match(JSON.stringify(compared.risks), /postBuild.*its effect is not known here/);
    assert.doesNotMatch(JSON.stringify(compared.risks), /one-word|another/);
  });

  it("say what happens where nothing gives one a value: it hangs on Flux's version", async () => {
    const values = "  postBuild: { substitute: { REGION: eu } }\n";
    const compared = await compare(files(values, "a-${REGION}"), files(values, "a-${REGON}"));
    assert.match(
      JSON.stringify(compared.problems),
      /Flux refuses, or before 2\.9 puts nothing in the place of, \$\{REGON\}/,
    );
  });

  it("files that the source leaves out are none of what is applied", async () => {
    const ignoring = (ignore: string, value: string) => ({
      ...files("", "a"),
      "apps/shop/old.yaml": config(value).replace("shop", "old"),
      "clusters/prod/source.yaml": `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: flux-system, namespace: flux-system }\nspec: { url: "https://a.b/c", ignore: "${ignore}" }\n`,
    });
    const hidden = await compare(ignoring("old.yaml", "a"), ignoring("old.yaml", "b"));
    assert.deepEqual(linesOf(hidden), []);
    const shown = await compare(ignoring("old.yaml", "a"), ignoring("other", "a"));
    assert.ok(linesOf(shown).includes("+ ConfigMap old apps/shop/old.yaml"), linesOf(shown).join());
  });

  it("and all else that it does count, whatever file it stands in", async () => {
    const moved = { "clusters/prod/apps.yaml": flux("  namePrefix: p-\n") };
    const compared = await compare(files("", "a"), {
      ...moved,
      "apps/shop/config.yaml": config("a"),
    });
    const lines = linesOf(compared).filter((line) => !line.includes(" Kustomization "));
    assert.deepEqual(lines, [
      "+ ConfigMap p-shop apps/shop/config.yaml",
      "- ConfigMap shop apps/shop/config.yaml",
    ]);
    assert.equal(compared.complete, true);
  });

  it("of kustomizations around a Flux Kustomization make another one of it, which is followed", async () => {
    const list = "resources: [shop.yaml]\n";
    const patched = (path: string) => `${list}patches:
  - target: { kind: Kustomization }
    patch: |
      - { op: replace, path: /spec/path, value: ./${path} }
`;
    const all = { ...files("", "a"), "other/config.yaml": config("b") };
    const place = "clusters/prod/kustomization.yaml";
    const { first, compared } = await compareBuilt(
      kube(),
      { ...all, [place]: list },
      { ...all, [place]: patched("other") },
    );
    assert.equal(first.complete, false);
    assert.match(JSON.stringify(first.risks), /is made by a build as no file says it/);
    assert.equal(compared.complete, true);
    assert.ok(linesOf(compared).includes("~ ConfigMap shop other/config.yaml"));

    // What changes below it is what it is made to apply, though nothing around it changes.
    const below = { ...all, [place]: patched("other") };
    const moved = { "other/config.yaml": config("c"), "apps/shop/config.yaml": config("c") };
    const next = await compareBuilt(kube(), below, { ...below, ...moved });
    assert.ok(linesOf(next.compared).includes("~ ConfigMap shop other/config.yaml"));
    assert.equal(next.compared.complete, true);
  });

  it("stand in what is generated and in patches of the Flux Kustomization itself", async () => {
    const values = (of: string) => `  postBuild: { substitute: { REGION: ${of} } }\n`;
    const generated = (of: string) => ({
      ...files(values(of), "a"),
      "apps/shop/kustomization.yaml":
        "configMapGenerator: [{ name: made, literals: ['A=${REGION}'] }]\n",
    });
    const made = await compare(generated("eu"), generated("us"));
    assert.match(JSON.stringify(made.objects), /"before":"eu","after":"us"/);
    const patch = `  patches:
    - target: { kind: ConfigMap }
      patch: |
        - { op: add, path: /data/b, value: "\${REGION}" }
`;
    const patched = await compare(
      files(values("eu") + patch, "a"),
      files(values("us") + patch, "a"),
    );
    assert.match(JSON.stringify(patched.objects), /"before":"eu","after":"us"/);
  });

  it("change nothing that a component of the Flux Kustomization does unseen", async () => {
    const component = (value: string) => ({
      ...files("  components: [../../comp]\n", "a"),
      "comp/kustomization.yaml": `kind: Component
patches:
  - target: { kind: ConfigMap }
    patch: |
      - { op: add, path: /data/c, value: "${value}" }
`,
    });
    const compared = await compare(component("1"), component("2"));
    assert.deepEqual(linesOf(compared), ["~ ConfigMap shop apps/shop/config.yaml"]);
  });
});
