import assert from "node:assert/strict";
import type { Kube } from "../../../kube/kube.ts";
import { checkMerge } from "../../../rendering/merge/check-merge.ts";
import { useKube } from "../../support/kube.ts";

const config = (name: string, namespace?: string, data = "1") =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}${namespace === undefined ? "" : `, namespace: ${namespace}`} }\ndata: { a: "${data}" }\n`;
const flux = (name: string, path: string, spec = "") => `---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: { path: ./${path}, prune: true, interval: 1m, sourceRef: { kind: GitRepository, name: x }${spec} }
`;
const definition = (
  versions: string,
  schema = "{ type: object }",
) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { kind: Widget, plural: widgets, singular: widget, listKind: WidgetList }
  versions:
    - { name: ${versions}, served: true, storage: true, schema: { openAPIV3Schema: { type: object, properties: { spec: ${schema} } } } }
`;
const widget =
  "apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: w, namespace: shop }\nspec: { size: 1 }\n";

type Files = Readonly<Record<string, string>>;

async function errorsOf(
  kube: Kube,
  before: Files,
  change: Readonly<Record<string, string | undefined>>,
) {
  const after = Object.entries({ ...before, ...change }).flatMap(([path, text]) =>
    text === undefined ? [] : [[path, text] as const],
  );
  const { findings } = await checkMerge({
    ...{ before: new Map(Object.entries(before)), after: new Map(after) },
    ...{ changed: Object.keys(change), kube },
  });
  return findings.map(({ severity, message, file }) => `${severity} ${file}: ${message}`);
}

describe("a merge that does not fit what was merged beside it", function () {
  this.timeout(60_000);
  const kube = useKube();
  const cluster = { "clusters/dev/apps.yaml": flux("api", "dev/api") + flux("web", "dev/web") };
  const is = (found: readonly string[], ...expected: readonly RegExp[]) => {
    assert.equal(found.length, expected.length, found.join("\n"));
    expected.forEach((each, at) => assert.match(found[at] ?? "", each));
  };

  it("is refused where one object comes in two versions of its kind", async () => {
    const text = (version: string) =>
      `apiVersion: autoscaling/${version}\nkind: HorizontalPodAutoscaler\nmetadata: { name: a, namespace: shop }\nspec: { maxReplicas: 2, scaleTargetRef: { kind: Deployment, name: a, apiVersion: apps/v1 } }\n`;
    const before = { ...cluster, "dev/api/a.yaml": text("v2") };
    is(
      await errorsOf(kube(), before, { "dev/web/a.yaml": text("v1") }),
      /^error dev\/api\/a\.yaml: .*is in dev\/web\/a\.yaml as well/,
    );
  });

  it("is refused where one names the namespace that another gets by targetNamespace, or by default", async () => {
    const target = {
      "clusters/dev/apps.yaml":
        flux("api", "dev/api", ", targetNamespace: shop") + flux("web", "dev/web"),
    };
    const a = { "dev/api/a.yaml": config("a") };
    is(
      await errorsOf(kube(), { ...target, ...a }, { "dev/web/a.yaml": config("a", "shop") }),
      /ConfigMap\/shop\/a is in/,
    );
    is(
      await errorsOf(kube(), { ...cluster, ...a }, { "dev/web/a.yaml": config("a", "default") }),
      /ConfigMap\/default\/a is in/,
    );
  });

  it("is refused in folders below a bootstrap's own, which are one cluster", async () => {
    const before = {
      "clusters/dev/flux-system/sync.yaml": flux("flux-system", "clusters/dev"),
      "clusters/prod/flux-system/sync.yaml": flux("flux-system", "clusters/prod"),
      "clusters/dev/apps.yaml": flux("api", "dev/api"),
      "clusters/dev/deep/er/infra.yaml": flux("web", "dev/web"),
      "clusters/prod/apps.yaml": flux("api", "prod/api"),
      "dev/api/a.yaml": config("a", "shop"),
      "dev/web/b.yaml": config("b", "shop"),
      "prod/api/b.yaml": config("b", "shop"),
    };
    is(
      await errorsOf(kube(), before, { "dev/web/a.yaml": config("a", "shop") }),
      /ConfigMap\/shop\/a is in dev\/web/,
    );
    is(await errorsOf(kube(), before, { "prod/api/a.yaml": config("a", "shop") }));
  });

  it("is refused where it takes away what another path is built of", async () => {
    const before = {
      ...cluster,
      "clusters/prod/apps.yaml": flux("shop", "prod"),
      "dev/api/kustomization.yaml": "resources: [a.yaml]\n",
      "dev/api/a.yaml": config("a", "shop"),
      "dev/web/kustomization.yaml": "resources: [b.yaml]\n",
      "dev/web/b.yaml": config("b", "shop"),
      "prod/kustomization.yaml": "resources: [../dev/api]\npatches: [{ path: p.yaml }]\n",
      "prod/p.yaml": config("a", "shop", "2"),
    };
    const change = {
      "dev/api/kustomization.yaml": "resources: [c.yaml]\n",
      "dev/api/a.yaml": undefined,
      "dev/api/c.yaml": config("c", "shop"),
    };
    is(await errorsOf(kube(), before, change), /^error .*Flux cannot build shop: .*no matches/);
  });

  it("is refused where the folder of a Kustomization goes or never was, and is not where both go", async () => {
    const before = {
      ...cluster,
      "dev/api/a.yaml": config("a", "shop"),
      "dev/web/b.yaml": config("b", "shop"),
    };
    is(
      await errorsOf(kube(), before, { "dev/web/b.yaml": undefined }),
      /^error clusters\/dev\/apps\.yaml: Flux cannot build web: its path \.\/dev\/web is not in the repository/,
    );
    is(
      await errorsOf(kube(), before, { "clusters/dev/more.yaml": flux("more", "dev/moer") }),
      /cannot build more/,
    );
    is(
      await errorsOf(kube(), before, {
        "clusters/dev/apps.yaml": flux("api", "dev/api"),
        "dev/web/b.yaml": undefined,
      }),
    );
  });

  it("is not refused for a folder that may be another repository's", async () => {
    const from = (name: string, path: string, source: string) =>
      flux(name, path).replace("name: x }", `name: ${source} }`);
    const before = {
      "clusters/dev/apps.yaml": from("api", "dev/api", "x") + from("other", "deploy", "theirs"),
      "dev/api/a.yaml": config("a", "shop"),
      // By chance it is called as theirs is.
      "deploy/notes.yaml": config("n", "shop"),
    };
    const more = { "clusters/dev/more.yaml": from("more", "config", "theirs") };
    is(await errorsOf(kube(), before, more));
  });

  it("is refused where a definition goes, or no longer takes what stays", async () => {
    const before = {
      ...cluster,
      "dev/api/d.yaml": definition(
        "v1",
        "{ type: object, properties: { size: { type: integer } } }",
      ),
      "dev/api/a.yaml": config("a", "shop"),
      "dev/web/w.yaml": widget,
    };
    is(
      await errorsOf(kube(), before, { "dev/api/d.yaml": undefined }),
      /^error dev\/web\/w\.yaml: CustomResourceDefinition.* goes, while Widget\.example\.com\/shop\/w stays?: /,
    );
    is(
      await errorsOf(kube(), before, {
        "clusters/dev/apps.yaml": flux("web", "dev/web"),
        "dev/api/d.yaml": undefined,
        "dev/api/a.yaml": undefined,
      }),
      /goes, while/,
    );
    is(
      await errorsOf(kube(), before, { "dev/api/d.yaml": definition("v2") }),
      /^error dev\/api\/d\.yaml: .*missing from spec\.versions/,
      /^error dev\/web\/w\.yaml: Widget/,
    );
    is(
      await errorsOf(kube(), before, {
        "dev/api/d.yaml": definition(
          "v1",
          "{ type: object, properties: { size: { type: integer, minimum: 0 } } }",
        ),
      }),
    );
    const kept = {
      ...before,
      "clusters/dev/apps.yaml": before["clusters/dev/apps.yaml"].replaceAll(
        "prune: true",
        "prune: false",
      ),
    };
    is(await errorsOf(kube(), kept, { "dev/api/d.yaml": undefined }));
    const marked = before["dev/api/d.yaml"].replace(
      "widgets.example.com }",
      "widgets.example.com, annotations: { kustomize.toolkit.fluxcd.io/prune: Disabled } }",
    );
    is(
      await errorsOf(
        kube(),
        { ...before, "dev/api/d.yaml": marked },
        { "dev/api/d.yaml": undefined },
      ),
    );
    const orphans = {
      ...before,
      "clusters/dev/apps.yaml":
        flux("api", "dev/api", ", deletionPolicy: Orphan") + flux("web", "dev/web"),
    };
    is(
      await errorsOf(kube(), orphans, {
        "clusters/dev/apps.yaml": flux("web", "dev/web"),
        "dev/api/d.yaml": undefined,
        "dev/api/a.yaml": undefined,
      }),
    );
  });
});
