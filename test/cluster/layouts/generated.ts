import { configMap, deployment, type Layout, service } from "./layout.ts";
import { randomFrom } from "../../support/random.ts";

const objects: readonly (readonly [string, string])[] = [
  ["web.yaml", deployment("web")],
  ["api.yaml", deployment("api")],
  ["settings.yaml", configMap("settings", '{ a: "${A}", b: "${B:=low}", on: "yes" }')],
  ["svc.yaml", service("web")],
  [
    "both.yaml",
    `${configMap("one", '{ "1": "010" }')}---\n${configMap("two", '{ text: "x: ${A}\\n\\ty" }')}`,
  ],
];

/** Parts of a kustomization that go together whatever the objects are. */
const parts: readonly string[] = [
  "namePrefix: p-\n",
  "nameSuffix: -s\n",
  "namespace: NAMESPACE\n",
  "commonAnnotations: { note: 'on', count: '7' }\n",
  "labels: [{ pairs: { team: shop }, includeSelectors: true }]\n",
  "images: [{ name: registry.fabrikam.com/web, newTag: '1.10' }, { name: registry.fabrikam.com/api, newName: api }]\n",
  "patches:\n  - target: { kind: Deployment }\n    patch: |-\n      - { op: replace, path: /spec/replicas, value: 0 }\n      - { op: add, path: /metadata/annotations, value: { x: y } }\n",
  "patches:\n  - target: { kind: ConfigMap, name: '.*(settings|one).*' }\n    patch: |-\n      apiVersion: v1\n      kind: ConfigMap\n      metadata: { name: any }\n      data: { patched: 'no', 'on': null }\n",
  "configMapGenerator: [{ name: made-LEVEL, namespace: NAMESPACE, literals: [a=1, b=yes] }]\n",
  "secretGenerator: [{ name: keys-LEVEL, namespace: NAMESPACE, literals: [k=v], options: { disableNameSuffixHash: true } }]\n",
  "replicas: [{ name: web, count: 0 }]\n",
  "sortOptions: { order: fifo }\n",
  "buildMetadata: [originAnnotations]\n",
];

const specs: readonly Readonly<Record<string, unknown>>[] = [
  { commonMetadata: { labels: { by: "flux" }, annotations: { note: "true" } } },
  { namePrefix: "f-" },
  { nameSuffix: "-f" },
  { postBuild: { substitute: { A: "one" } } },
  { postBuild: { substitute: { A: "text", B: "other" } } },
  { images: [{ name: "api", newTag: "9" }] },
  {
    patches: [
      {
        target: { kind: "Service" },
        patch: '[{"op":"add","path":"/metadata/labels","value":{"l":"v"}}]',
      },
    ],
  },
];

/** Bases and overlays of parts drawn at random, the same in every run of one seed. */
export function generatedLayouts(count: number, seed: number): readonly Layout[] {
  const random = randomFrom(seed);
  const some = <T>(from: readonly T[], share: number) => from.filter(() => random() < share);
  return Array.from({ length: count }, (_, index): Layout => {
    const name = `generated-${index}`;
    const drawn = some(objects, 0.6);
    const base = drawn.length > 0 ? drawn : objects.slice(0, 1);
    const lists = (names: readonly string[]) => `resources: [${names.join(", ")}]\n`;
    // A count of replicas whose Deployment is not there is an error, which another layout has.
    const kustomization = (names: readonly string[], level = "top") =>
      lists(names) + joined(some(parts.filter(fits(base)), 0.3)).replaceAll("LEVEL", level);
    const hasOwnBase = random() < 0.8;
    const files = {
      ...Object.fromEntries(base.map(([file, text]) => [`base/${file}`, text])),
      ...(hasOwnBase && {
        "base/kustomization.yaml": kustomization(
          base.map(([file]) => file),
          "base",
        ),
      }),
      ...(hasOwnBase && { "top/kustomization.yaml": kustomization(["../base"]) }),
    };
    const spec = Object.assign({}, ...some(specs, 0.3)) as Record<string, unknown>;
    return { name, files, spec: { ...spec, path: `./${name}/${hasOwnBase ? "top" : "base"}` } };
  });
}

function fits(base: readonly (readonly [string, string])[]): (part: string) => boolean {
  const hasWeb = base.some(([file]) => file === "web.yaml");
  return (part) => hasWeb || !part.startsWith("replicas:");
}

// Of parts of one key the first counts: twice the key is an error.
function joined(chosen: readonly string[]): string {
  const keyOf = (part: string) => part.slice(0, part.indexOf(":"));
  return chosen
    .filter((part, at) => chosen.findIndex((one) => keyOf(one) === keyOf(part)) === at)
    .join("");
}
