import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import { useKube } from "../support/kube.ts";

const configMap = (data = "{ a: b }") =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: ${data}\n`;
const listed = (more: string) => `resources: [a.yaml]\n${more}\n`;
const twice = (depth: number) =>
  Object.fromEntries(
    Array.from({ length: depth }, (_, at) => ["l", "r"].map((side) => [side, at] as const))
      .flat()
      .map(([side, at]) => {
        const below = at + 1 === depth ? "a.yaml" : `../l${at + 1}, ../r${at + 1}`;
        return [`${side}${at}/kustomization.yaml`, `nameSuffix: -${side}\nresources: [${below}]\n`];
      }),
  );

/** Kustomizations that few write, and what Flux's own code says of each. */
const odd: readonly {
  readonly says: string;
  readonly kustomization: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly expected: number | RegExp;
}[] = [
  { says: "an empty file", kustomization: "", expected: 0 },
  { says: "a list", kustomization: "[1, 2]\n", expected: /cannot unmarshal array/ },
  { says: "another kind", kustomization: "kind: Deployment\n", expected: /kind should be/ },
  {
    says: "fields that are deprecated",
    kustomization:
      "bases: [../b]\ncommonLabels: { x: y }\npatchesStrategicMerge: [p.yaml]\nvars: [{ name: V, objref: { kind: ConfigMap, name: a, apiVersion: v1 }, fieldref: { fieldpath: data.a } }]\n",
    files: {
      "b/kustomization.yaml": "resources: [a.yaml]\n",
      "b/a.yaml": configMap(),
      "k/p.yaml": configMap("{ c: d }"),
    },
    expected: 1,
  },
  {
    says: "a schema of its own",
    kustomization: listed("openapi: { path: s.json }"),
    files: { "k/s.json": '{"definitions":{}}' },
    expected: 1,
  },
  {
    says: "a version of the schema that nobody has",
    kustomization: listed("openapi: { version: v1.20.4 }"),
    expected: /specified OpenAPI version is not built in/,
  },
  {
    says: "definitions that are none",
    kustomization: listed("crds: [c.yaml]"),
    files: { "k/c.yaml": "[1" },
    expected: /unable to parse open API definition from 'c\.yaml'/,
  },
  {
    says: "a configuration of another form",
    kustomization: listed("configurations: [c.yaml]"),
    files: { "k/c.yaml": "nameReference: 7\n" },
    expected: /cannot unmarshal number/,
  },
  {
    says: "a replacement with an odd path",
    kustomization: listed(
      "replacements: [{ source: { kind: ConfigMap, name: a, fieldPath: 'data.[x=y].*.[' }, targets: [{ select: { kind: ConfigMap }, fieldPaths: ['[[['] }] }]",
    ),
    expected: /error looking up replacement source/,
  },
  {
    says: "a chart",
    kustomization: "helmCharts: [{ name: a, repo: 'https://a.b', version: '1' }]\n",
    expected: /must specify --enable-helm/,
  },
  {
    says: "a transformer in a file",
    kustomization: listed("transformers: [t.yaml]"),
    files: {
      "k/t.yaml":
        "apiVersion: builtin\nkind: PrefixTransformer\nmetadata: { name: t }\nprefix: q-\nfieldSpecs: [{ path: metadata/name }]\n",
    },
    expected: 1,
  },
  {
    says: "a generator that is a program",
    kustomization: "generators: [g.yaml]\n",
    files: { "k/g.yaml": "apiVersion: x/v1\nkind: Exec\nmetadata: { name: g }\n" },
    expected: /external plugins disabled/,
  },
  {
    says: "an object twice",
    kustomization: "resources: [a.yaml, b.yaml]\n",
    files: { "k/b.yaml": configMap("{ c: d }") },
    expected:
      /may not add resource with an already registered id: ConfigMap\.v1\.\[noGrp\]\/a\.\[noNs\]/,
  },
  {
    says: "two objects that one namespace makes one",
    kustomization: "namespace: n\nresources: [a.yaml, b.yaml]\n",
    files: { "k/b.yaml": configMap().replace("name: a", "name: a, namespace: other") },
    expected: /namespace transformation produces ID conflict/,
  },
  { says: "itself", kustomization: "resources: [../k]\n", expected: /cycle detected/ },
  {
    says: "a target that is no pattern",
    kustomization: listed(
      `patches: [{ patch: '[{"op":"add","path":"/data/x","value":"y"}]', target: { kind: '((((' } }]`,
    ),
    expected: /trouble configuring builtin PatchTransformer|missing closing \)/,
  },
  {
    says: "a list that is too deep",
    kustomization: listed(""),
    files: { "k/a.yaml": configMap("[".repeat(20_000) + "]".repeat(20_000)) },
    expected: /exceeded max depth/,
  },
];

describe("a kustomization that few would write", function () {
  this.timeout(180_000);
  const kube = useKube();
  const build = (door: ReturnType<typeof kube>, files: Readonly<Record<string, string>>) =>
    door.build({ files: { "k/a.yaml": configMap(), ...files }, path: "k" });

  for (const { says, kustomization, files, expected } of odd) {
    it(`is built, or refused in Flux's own words: ${says}`, async () => {
      const built = await build(kube(), { "k/kustomization.yaml": kustomization, ...files });
      if (typeof expected === "number") {
        assert.equal(built.kind === "built" && built.objects.length, expected);
      } else assert.match(built.kind === "failed" ? built.message : built.kind, expected);
    });
  }

  describe("and that would take for ever", () => {
    const impatient = useKube({ deadlineMilliseconds: 3_000, maximumBytes: 640 * 1024 * 1024 });
    const bomb = Array.from(
      { length: 12 },
      (_, at) =>
        `k${at}: &k${at} [${Array(9)
          .fill(at === 0 ? "x" : `*k${at - 1}`)
          .join(",")}]`,
    ).join("\n");
    const endless: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
      [
        "bases of bases, each twice",
        { "k/kustomization.yaml": "resources: [../l0, ../r0]\n", ...twice(20) },
      ],
      ["anchors of anchors", { "k/kustomization.yaml": listed(""), "k/a.yaml": `${bomb}\n` }],
    ];
    for (const [says, files] of endless) {
      it(`is ended at the deadline, and the next is built: ${says}`, async () => {
        const built = await build(impatient(), files);
        assert.notEqual(built.kind, "built");
        const next = () => build(impatient(), { "k/kustomization.yaml": listed("") });
        // On a slow machine the first one after a start may itself take longer than this deadline.
        await eventually("the next build", async () =>
          (await next()).kind === "built" ? true : undefined,
        );
      });
    }
  });
});
