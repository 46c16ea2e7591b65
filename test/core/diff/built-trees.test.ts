import assert from "node:assert/strict";
import { useKube } from "../../support/kube.ts";
import { compareBuilt, linesOf, type Texts } from "./built-sides.ts";

const web = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1", envFrom: [{ configMapRef: { name: settings } }] }]
`;
const service =
  "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n";
const path = "prod/kustomization.yaml";
const generator = "configMapGenerator: [{ name: settings, literals: [a=1] }]\n";
const component = (replicas: number) =>
  `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
replicas: [{ name: web, count: ${replicas} }]
`;
const replacement = (index: number) => `resources: [web.yaml, service.yaml]
replacements:
  - source: { kind: Service, name: web, fieldPath: spec.ports.${index}.port }
    targets: [{ select: { kind: Deployment }, fieldPaths: [spec.replicas], options: { create: true } }]
`;

/** What a kustomization does, and what of the objects that are applied differs by it. */
const layouts: readonly {
  readonly does: string;
  readonly before: Texts;
  readonly after: Texts;
  readonly lines: readonly string[];
  readonly edits?: readonly string[];
}[] = [
  {
    does: "namePrefix",
    before: { [path]: "resources: [service.yaml]\n" },
    after: { [path]: "resources: [service.yaml]\nnamePrefix: p-\n" },
    lines: ["+ Service p-web prod/service.yaml", "- Service web prod/service.yaml"],
  },
  {
    does: "patches",
    before: { [path]: "resources: [web.yaml]\nnamePrefix: p-\n" },
    after: {
      [path]: `resources: [web.yaml]
namePrefix: p-
patches: [{ patch: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 3}}" }]
`,
    },
    lines: ["~ Deployment p-web prod/web.yaml"],
    edits: ["spec.replicas"],
  },
  {
    does: "images",
    before: { [path]: "resources: [web.yaml]\nimages: [{ name: web, newTag: '1' }]\n" },
    after: { [path]: "resources: [web.yaml]\nimages: [{ name: web, newTag: '2' }]\n" },
    lines: ["~ Deployment web prod/web.yaml"],
    edits: ["spec.template.spec.containers.image"],
  },
  {
    does: "configMapGenerator",
    before: { [path]: `resources: [web.yaml]\n${generator}` },
    after: { [path]: `resources: [web.yaml]\n${generator.replace("a=1", "a=2")}` },
    lines: [
      "~ ConfigMap settings-6gtghh96k8 from settings-h29d89cmmt prod/kustomization.yaml",
      "~ Deployment web prod/web.yaml",
    ],
    edits: ["data.a", "metadata.name"],
  },
  {
    does: "components",
    before: {
      [path]: "resources: [web.yaml]\ncomponents: [../more]\n",
      "more/kustomization.yaml": component(1),
    },
    after: {
      [path]: "resources: [web.yaml]\ncomponents: [../more]\n",
      "more/kustomization.yaml": component(4),
    },
    lines: ["~ Deployment web prod/web.yaml"],
    edits: ["spec.replicas"],
  },
  {
    does: "replacements",
    before: { [path]: replacement(0) },
    after: { [path]: replacement(0), "prod/service.yaml": service.replace("80", "81") },
    lines: ["~ Deployment web prod/web.yaml", "~ Service web prod/service.yaml"],
  },
  {
    does: "a resource that leaves the list",
    before: { [path]: "resources: [web.yaml, service.yaml]\nnamePrefix: p-\n" },
    after: { [path]: "resources: [web.yaml]\nnamePrefix: p-\n" },
    lines: ["- Service p-web prod/service.yaml"],
  },
  {
    does: "an edit that changes nothing",
    before: { [path]: "resources: [web.yaml]\nnamePrefix: p-\n" },
    after: {
      [path]: "resources: [web.yaml]\nnamePrefix: p-\nimages: [{ name: other, newTag: x }]\n",
    },
    lines: [],
  },
];
const beside = { "prod/web.yaml": web, "prod/service.yaml": service };

describe("a kustomization that does more than list", function () {
  this.timeout(120_000);
  const kube = useKube();

  for (const { does, before, after, lines, edits } of layouts) {
    it(`is compared by what Flux builds of it: ${does}`, async () => {
      const { first, compared } = await compareBuilt(
        kube(),
        { ...beside, ...before },
        { ...beside, ...after },
      );
      assert.equal(first.complete, false);
      assert.match(JSON.stringify(first.risks), /its effect is not known here/);
      assert.deepEqual(linesOf(compared).sort(), [...lines].sort());
      assert.deepEqual(compared.problems, []);
      assert.equal(compared.complete, true);
      assert.deepEqual(compared.unbuilt, []);
      assert.doesNotMatch(JSON.stringify(compared.risks), /unknown-effect/);
      const paths = compared.objects.flatMap((one) => one.edits.map((edit) => keysOf(edit.path)));
      for (const edit of edits ?? []) assert.ok(paths.includes(edit), paths.join(" "));
    });
  }

  it("that Flux refuses takes nothing away, and says why in Flux' words", async () => {
    const list = { ...beside, [path]: "resources: [web.yaml]\nnamePrefix: p-\n" };
    const patch =
      "patches: [{ target: { kind: Deployment }, patch: '- {op: remove, path: /nowhere}' }]\n";
    const { compared } = await compareBuilt(kube(), list, {
      ...beside,
      [path]: `resources: [service.yaml, web.yaml]\nnamePrefix: p-\n${patch}`,
    });
    assert.deepEqual(linesOf(compared), []);
    assert.equal(compared.complete, false);
    const [problem, ...more] = compared.problems;
    assert.deepEqual(more, []);
    assert.equal(problem?.file, path);
    assert.match(
      problem?.message ?? "",
      /kustomize build failed.*nowhere.* keeps what it applied before$/s,
    );
    const back = await compareBuilt(kube(), { ...list, [path]: `${list[path]}${patch}` }, list);
    assert.equal(back.compared.complete, false);
    assert.deepEqual(
      back.compared.objects.map((one) => one.unknownBefore),
      [true],
    );
    assert.match(back.compared.problems[0]?.message ?? "", /^before the change: /);
  });

  it("that reads from elsewhere is not known, and not said to be refused", async () => {
    const { compared } = await compareBuilt(
      kube(),
      { ...beside, [path]: "resources: [web.yaml]\n" },
      {
        ...beside,
        [path]: "resources: [web.yaml]\npatches: [{ path: 'https://example.org/patch.yaml' }]\n",
      },
    );
    assert.match(JSON.stringify(compared.problems), /its effect is not known here/);
    assert.doesNotMatch(JSON.stringify(compared.problems), /refuses/);
  });
});

function keysOf(steps: readonly unknown[]): string {
  return steps.filter((step) => typeof step === "string").join(".");
}
