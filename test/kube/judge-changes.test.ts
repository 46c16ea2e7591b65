import assert from "node:assert/strict";
import { compareManifests } from "../../core/diff/compare-manifests.ts";
import { compareTrees } from "../../core/diff/tree/compare-trees.ts";
import { serverSentence, type ServerWord } from "../../core/diff/server/server-word.ts";
import { withServerWord } from "../../core/diff/server/with-server-word.ts";
import { judgeChanges } from "../../kube/judge-changes.ts";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { absentKube, type Kube } from "../../kube/kube.ts";
import { useKube } from "../support/kube.ts";

const meta = (name: string) => `metadata: { name: ${name}, namespace: shop }`;
const deployment = (
  app: string,
  replicas: number | string = 1,
  annotations = "",
) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop, annotations: { ${annotations} } }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${app} } }
  template:
    metadata: { labels: { app: ${app} } }
    spec: { containers: [{ name: main, image: "registry.fabrikam.com/api:1" }] }
`;
const secret = (value: string, more = "") =>
  `apiVersion: v1\nkind: Secret\n${meta("key")}\n${more}data: { a: ${btoa(value)}, b: ${btoa("stays")} }\n`;

describe("what the API server would refuse of a change", () => {
  const kube = useKube();
  const compare = (before: string, after: string) =>
    compareManifests([{ path: "a.yaml", text: before }], [{ path: "a.yaml", text: after }]);

  async function judge(before: string, after: string) {
    const { objects, risks } = compare(before, after);
    const word = await judgeChanges({ objects, open: () => Promise.resolve(kube()) });
    const said = withServerWord(risks, refusalsOf(word));
    return { word, risks: said.map(({ rule, severity, text }) => `${severity} ${rule}: ${text}`) };
  }

  it("is said in its own words in place of the rule's", async () => {
    const { risks } = await judge(deployment("api"), deployment("web"));
    const own = risks.filter((risk) => risk.includes("immutable-field"));
    assert.equal(own.length, 1);
    assert.match(
      own[0] ?? "",
      /^high immutable-field: the API server would refuse this: spec\.selector: .*field is immutable$/,
    );
  });

  it("looks for definitions of kinds that it does not know, and only of these", async () => {
    const widget = (size: string) =>
      `apiVersion: fabrikam.com/v1\nkind: Widget\n${meta("a")}\nspec: { size: ${size} }\n`;
    const spec = { type: "object", properties: { size: { type: "integer" } } };
    const schema = { openAPIV3Schema: { type: "object", properties: { spec } } };
    const definition: KubernetesObject = {
      ...{ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" },
      metadata: { name: "widgets.fabrikam.com" },
      spec: {
        ...{ group: "fabrikam.com", scope: "Namespaced" },
        names: { kind: "Widget", plural: "widgets", singular: "widget", listKind: "WidgetList" },
        versions: [{ name: "v1", served: true, storage: true, schema }],
      },
    };
    const asked: string[] = [];
    const ask = (from: string, to: string) =>
      judgeChanges({
        objects: compare(from, to).objects,
        open: () => Promise.resolve(kube()),
        findDefinitions: (of) => {
          asked.push(...of.map(({ identity }) => identity.kind));
          return Promise.resolve([definition]);
        },
      });
    const word = await ask(widget("1"), widget("big"));
    assert.equal(word.kind === "said" && word.notAsked.length, 0);
    assert.match(JSON.stringify(word), /spec\.size: expected numeric/);
    await ask(deployment("api", 1), deployment("api", 2));
    assert.deepEqual(asked, ["Widget"]);
  });

  it("takes a claim for bound: it may grow and take another class of attributes, and no more", async () => {
    const claim = (spec: string) =>
      `apiVersion: v1\nkind: PersistentVolumeClaim\n${meta("data")}\nspec: { accessModes: [ReadWriteOnce], ${spec} }\n`;
    const size = (storage: string, more = "") =>
      claim(`resources: { requests: { storage: ${storage} } }${more}`);
    const attributes = ", volumeAttributesClassName: fast";
    assert.deepEqual((await judge(size("1Gi"), size("5Gi"))).risks, []);
    assert.deepEqual((await judge(size("1Gi"), size("1Gi", attributes))).risks, []);
    assert.deepEqual((await judge(size("5Gi"), size("1Gi"))).risks, [
      "high immutable-field: the API server would refuse this: spec.resources.requests.storage: Forbidden: field can not be less than status.capacity",
    ]);
    const other = await judge(
      size("1Gi", ", storageClassName: slow"),
      size("1Gi", ", storageClassName: fast"),
    );
    assert.match(
      other.risks.join("\n"),
      /^high immutable-field: .*spec is immutable after creation/,
    );
  });

  it("says what becomes of it where Flux is told to force, by the object or by its Kustomization", async () => {
    const force = "kustomize.toolkit.fluxcd.io/force: enabled";
    const { risks } = await judge(deployment("api", 1, force), deployment("web", 1, force));
    assert.match(risks.join("\n"), /field is immutable; Flux deletes and recreates the object/);

    const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: apps, namespace: flux-system }\nspec: { path: ./apps, prune: true, force: true, interval: 5m, sourceRef: { kind: GitRepository, name: flux-system } }\n`;
    const side = (app: string) => [
      { path: "clusters/prod/apps.yaml", text: flux },
      { path: "apps/a.yaml", text: deployment(app) },
    ];
    const { objects, risks: ruled } = compareTrees(side("api"), side("web"));
    assert.match(ruled.map(({ text }) => text).join(), /Flux deletes and recreates the object/);
    const word = await judgeChanges({ objects, open: () => Promise.resolve(kube()) });
    assert.deepEqual(
      refusalsOf(word).map(({ isForced }) => isForced),
      [true],
    );
  });

  it("is also what no rule knows, of an object that comes", async () => {
    const { risks } = await judge(deployment("api"), `${deployment("api")}---\n${job}`);
    assert.match(
      risks.join("\n"),
      /refused-value: the API server would refuse this: .*restartPolicy/,
    );
  });

  it("is not what it would have refused before", async () => {
    const { word, risks } = await judge(deployment("api", -1), deployment("api", -1, "a: b"));
    assert.deepEqual([refusalsOf(word), risks], [[], []]);
  });

  it("takes values of Secrets for what they are: changed, or not", async () => {
    const type = "immutable: true\n";
    const changed = await judge(secret("one", type), secret("two", type));
    assert.match(changed.risks.join("\n"), /data: .*immutable/);
    assert.doesNotMatch(JSON.stringify(changed), /stays|b25l|dHdv/);
    const label = secret("one", type).replace("shop }", "shop, labels: { a: b } }");
    assert.deepEqual(refusalsOf((await judge(secret("one", type), label)).word), []);
    const registry = "type: kubernetes.io/dockerconfigjson\n";
    const missing = await judge(
      secret("one"),
      `${secret("one")}---\n${secret("x", registry).replace("key", "pull")}`,
    );
    assert.match(missing.risks.join("\n"), /\.dockerconfigjson/);
  });

  it("leaves out what Flux decrypts or substitutes, and kinds nobody defines, and says so", async () => {
    const widget = `apiVersion: fabrikam.com/v1\nkind: Widget\n${meta("w")}\n`;
    const sealed = `${secret("one").replace("key", "sealed")}sops: { version: "3" }\n`;
    const { word } = await judge("", [widget, sealed, deployment("api", "${COUNT}")].join("---\n"));
    assert.equal(word.kind, "said");
    const said = serverSentence(word) ?? "";
    assert.match(said, /refuses nothing new in 1 object; webhooks/);
    assert.match(
      said,
      /1 encrypted, which Flux decrypts; 1 whose definition is not here \(Widget\)/,
    );
    assert.match(said, /what hangs on \$\{COUNT\}/);
  });

  it("says that it judged nothing where it knows no kind of what changes", async () => {
    const widget = `apiVersion: fabrikam.com/v1\nkind: Widget\n${meta("w")}\n`;
    const said = serverSentence((await judge("", widget)).word) ?? "";
    assert.match(
      said,
      /could judge none of this\. Not judged: 1 whose definition is not here \(Widget\)\.$/,
    );
  });

  it("is asked with the definitions of what changes, and no others", async () => {
    const crd = (kind: string): KubernetesObject => ({
      ...{ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" },
      metadata: { name: kind },
      spec: { group: "fabrikam.com", names: { kind } },
    });
    const shelf = (size: number) =>
      `apiVersion: fabrikam.com/v1\nkind: Shelf\n${meta("a")}\nspec: { size: ${size} }\n`;
    const { objects } = compare(shelf(1), shelf(2));
    const given: (readonly KubernetesObject[] | undefined)[] = [];
    const validate: Kube["validate"] = (request) => {
      given.push(request.definitions);
      return absentKube("not here").validate(request);
    };
    const open = () => Promise.resolve({ validate, minor: 36 });
    await judgeChanges({ objects, definitions: [crd("Shelf"), crd("Box")], open });
    assert.deepEqual(given, [[crd("Shelf")]]);
  });

  it("is not asked where nothing comes or changes", async () => {
    const { objects } = compare(deployment("api"), "");
    const word = await judgeChanges({ objects, open: () => assert.fail("it was opened") });
    assert.equal(serverSentence(word), undefined);
  });

  it("is said not to be known where its code is not at hand, with the reason, and rules stay", async () => {
    const { objects, risks } = compare(deployment("api"), deployment("web"));
    const open = () => Promise.resolve(absentKube("refused by the Content Security Policy"));
    const word = await judgeChanges({ objects, open });
    assert.match(
      serverSentence(word) ?? "",
      /was not asked what it would refuse: refused by the Con/,
    );
    assert.deepEqual(withServerWord(risks, refusalsOf(word)), risks);
  });
});

function refusalsOf(word: ServerWord) {
  return word.kind === "said" ? word.refusals : [];
}

const job = `apiVersion: batch/v1
kind: Job
${meta("once")}
spec:
  template:
    spec: { restartPolicy: Always, containers: [{ name: main, image: "registry.fabrikam.com/job:1" }] }
`;
