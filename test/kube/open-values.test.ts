import assert from "node:assert/strict";
import { parse } from "yaml";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { useKube } from "../support/kube.ts";
import { object, podSpec, selected } from "./server-case.ts";

/** Fields of errors: they hold whatever the variables' values are. */
const cases: readonly (readonly [
  says: string,
  text: string,
  open: string[],
  fields: readonly string[],
])[] = [
  [
    "a number, beside two mistakes",
    deployment(
      "replicas: ${N}",
      "containers: [{ name: web, ports: [{ containerPort: 70000 }, { containerPort: ${P} }] }]",
    ),
    ["N", "P"],
    [
      "spec.template.spec.containers[0].image",
      "spec.template.spec.containers[0].ports[0].containerPort",
    ],
  ],
  [
    "a truth value",
    deployment("paused: ${OFF}", "containers: [{ name: WEB, image: a }]"),
    ["OFF"],
    ["spec.template.spec.containers[0].name"],
  ],
  [
    "a limit that may be above the request, beside a request above its limit",
    deployment(
      "replicas: 1",
      'containers: [{ name: a, image: a, resources: { requests: { cpu: 2, memory: 2Gi }, limits: { cpu: "${CPU}", memory: 1Gi } } }]',
    ),
    ["CPU"],
    ["spec.template.spec.containers[0].resources.requests"],
  ],
  [
    "a whole part of the object",
    deployment("strategy: ${STRATEGY}", "containers: [{ name: a }]"),
    ["STRATEGY"],
    ["spec.template.spec.containers[0].image"],
  ],
  [
    "a label that the selector may name",
    object(
      "apps/v1",
      "Deployment",
      `spec: { selector: { matchLabels: { app: "\${APP}" } }, template: { metadata: { labels: { app: a } }, spec: ${podSpec} } }`,
    ),
    ["APP"],
    [],
  ],
  [
    "another label than the one that the selector misses",
    object(
      "apps/v1",
      "Deployment",
      `spec: { selector: { matchLabels: { app: b } }, template: { metadata: { labels: { app: a, v: "\${V}" } }, spec: ${podSpec} } }`,
    ),
    ["V"],
    ["spec.template.metadata.labels"],
  ],
  [
    "a volume's name, which a mount may mean",
    deployment(
      "replicas: 1",
      'containers: [{ name: a, image: a, volumeMounts: [{ name: data-prod, mountPath: /a }, { name: other, mountPath: /b }] }], volumes: [{ name: "data-${ENV}", emptyDir: {} }]',
    ),
    ["ENV"],
    ["spec.template.spec.containers[0].volumeMounts[1].name"],
  ],
  [
    "a type by which other fields are allowed",
    object(
      "v1",
      "Service",
      'spec: { type: "${TYPE}", allocateLoadBalancerNodePorts: true, ports: [{ port: 70000 }] }',
    ),
    ["TYPE"],
    ["spec.ports[0].port", "spec.ports[0].targetPort"],
  ],
  [
    "a smaller bound than the other one",
    object(
      "autoscaling/v2",
      "HorizontalPodAutoscaler",
      "spec: { minReplicas: 3, maxReplicas: ${MAX}, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment } }",
    ),
    ["MAX"],
    ["spec.scaleTargetRef.name"],
  ],
  [
    "data that is base64, and a key",
    object("v1", "ConfigMap", 'binaryData: { a: "${B}" }, data: { "${K}": x, "a/b": y }'),
    ["B", "K"],
    ["data[a/b]"],
  ],
  [
    "a misspelt field, whatever its value",
    deployment("replica: ${N}", "containers: [{ name: a, image: a }]"),
    ["N"],
    ["spec.replica"],
  ],
  [
    "nothing, where the text is no variable of the build",
    deployment("replicas: ${N}", "containers: [{ name: a, image: a }]"),
    ["OTHER"],
    ["spec.replicas"],
  ],
];

function deployment(more: string, pod: string): string {
  return object(
    "apps/v1",
    "Deployment",
    `spec: { selector: { matchLabels: { app: a } }, ${more}, template: { metadata: { labels: { app: a } }, spec: { ${pod} } } }`,
  );
}

// A plain `${X}` inside of a flow mapping ends it.
function read(text: string): KubernetesObject {
  return parse(text.replace(/: (\$\{\w+\})/g, ': "$1"')) as KubernetesObject;
}

describe("what only the cluster knows", function () {
  this.timeout(120_000);
  const kube = useKube();
  const judge = async (of: Parameters<ReturnType<typeof kube>["validate"]>[0]) => {
    const result = await kube().validate(of);
    return result.kind === "validated" ? result.objects : assert.fail(JSON.stringify(result));
  };

  it("stops nobody from judging the rest of an object", async () => {
    const said = await judge({
      objects: cases.map(([, text, open]) => ({ object: read(text), open })),
    });
    assert.deepEqual(
      said.map(({ errors }, index) => [cases[index]?.[0], errors.map(({ field }) => field)]),
      cases.map(([says, , , fields]) => [says, fields]),
    );
    assert.deepEqual(said[0]?.open, ["N", "P"]);
    assert.deepEqual(said.at(-1)?.open, undefined);
  });

  it("is the same before and after an update", async () => {
    const before = read(object("apps/v1", "Deployment", `spec: { replicas: \${N}, ${selected} }`));
    const object_ = structuredClone(before) as { spec?: { selector?: unknown } } & typeof before;
    object_.spec = { ...object_.spec, selector: { matchLabels: { app: "a", b: "c" } } };
    const said = await judge({
      objects: [
        { object: before, before, open: ["N"] },
        { object: object_, before, open: ["N"] },
      ],
    });
    assert.deepEqual(said[0]?.errors, []);
    assert.match(JSON.stringify(said[1]?.errors), /field is immutable/);
  });

  it("in a custom resource leaves what is said of other fields", async () => {
    const properties = {
      n: { type: "integer", maximum: 5 },
      on: { type: "boolean" },
      sizes: { type: "array", items: { type: "string" } },
      mode: { type: "string", enum: ["a", "b"] },
    };
    const schema = { type: "object", properties: { spec: { type: "object", properties } } };
    const definition = read(`{ apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition,
      metadata: { name: as.b.io }, spec: { group: b.io, scope: Namespaced, names: { kind: A, plural: as },
      versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: ${JSON.stringify(schema)} } }] } }`);
    const of = (spec: string) =>
      read(`{ apiVersion: b.io/v1, kind: A, metadata: { name: a, namespace: a }, spec: ${spec} }`);
    const said = await judge({
      objects: [
        of('{ n: "${N}", on: "${ON}", sizes: "${SIZES}", mode: "${MODE}" }'),
        of('{ n: "${N}", mode: c, extra: "${ON}" }'),
      ].map((object) => ({ object, open: ["N", "ON", "SIZES", "MODE"] })),
      definitions: [definition],
    });
    assert.deepEqual(
      said.map(({ errors }) => errors.map(({ field }) => field)),
      [[], ["spec.extra", "spec.mode"]],
    );
  });
});
