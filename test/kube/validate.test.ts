import assert from "node:assert/strict";
import type { Judged } from "../../kube/validate.ts";
import { useKube } from "../support/kube.ts";
import { changed, mistakesIn } from "./server-case.ts";
import { serverCases } from "./server-cases.ts";

describe("the API server's own checks", function () {
  this.timeout(180_000);
  const kube = useKube();
  const judge = async (
    objects: Parameters<ReturnType<typeof kube>["validate"]>[0]["objects"],
    definitions: ReturnType<typeof changed>[] = [],
  ): Promise<readonly Judged[]> => {
    const result = await kube().validate({ objects, definitions });
    return result.kind === "validated" ? result.objects : assert.fail(JSON.stringify(result));
  };
  const label = (text: string, change?: object) =>
    `${/kind: (\w+)/.exec(text)?.[1] ?? ""} ${JSON.stringify(change ?? "valid")}`;

  it("take one valid object of every kind, without a word", async () => {
    const said = await judge(serverCases.map(({ valid }) => ({ object: changed(valid) })));
    const alarmed = said.flatMap(({ kind, errors }, index) =>
      kind === "judged" && errors.length === 0
        ? []
        : [`${label(serverCases[index]?.valid ?? "")}: ${JSON.stringify({ kind, errors })}`],
    );
    assert.deepEqual(alarmed, []);
  });

  it("refuse every mistake, of every kind", async () => {
    const asked = serverCases.flatMap((one) =>
      mistakesIn(one).map((change) => ({
        ...{ says: label(one.valid, change), object: changed(one.valid, change) },
      })),
    );
    const said = await judge(asked);
    const missed = asked.filter((_, index) => said[index]?.errors.length === 0);
    assert.deepEqual(
      missed.map(({ says }) => says),
      [],
    );
    assert.ok(asked.length >= 120, `${asked.length}`);
  });

  it("refuse updates of what may not change, and take those of what may", async () => {
    const asked = serverCases.flatMap(({ valid, update = [], fine = [] }) =>
      [...update, ...fine, {}].map((change) => ({
        refused: update.includes(change),
        says: label(valid, change),
        before: changed(valid),
        object: changed(valid, change),
      })),
    );
    const said = await judge(asked);
    const different = asked.flatMap(({ refused, says }, index) => {
      const errors = said[index]?.errors ?? [];
      return refused === errors.length > 0 ? [] : [`${says}: ${JSON.stringify(errors)}`];
    });
    assert.deepEqual(different, []);
  });

  it("say in words what stands where something else was expected", async () => {
    const map = (data: object) => ({
      object: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data },
    });
    const said = await judge([
      map({ a: 16 }),
      map({ a: { b: 1 } }),
      map({ a: ["x"] }),
      map({ a: true }),
    ]);
    assert.deepEqual(
      said.map(({ errors }) => errors[0]?.text),
      ["16", "a mapping", "a list", "true"].map((got) => `expected string, got ${got}`),
    );
  });

  it("say in words what stands where a flag or a list was expected", async () => {
    const valid = serverCases.find(({ valid }) => valid.includes("kind: Deployment"))?.valid ?? "";
    const said = await judge(
      ["true", "yes", 1, [], {}]
        .map((paused) => ({ object: changed(valid, { "spec.paused": paused }) }))
        .concat({ object: changed(valid, { "spec.template.spec.tolerations": { a: 1 } }) }),
    );
    assert.deepEqual(
      said.map(({ errors }) => errors.map(({ text }) => text)),
      [
        ...['"true"', '"yes"', "1", "a list", "a mapping"].map((got) => [
          `expected boolean, got ${got}`,
        ]),
        ["expected list, got a mapping"],
      ],
    );
  });

  it("say of an update with one misspelt field nothing of what the server itself keeps", async () => {
    const said = await judge(
      serverCases.map(({ valid }) => ({
        before: changed(valid),
        object: changed(valid, { misspelt: {} }),
      })),
    );
    const more = said.flatMap(({ errors }, at) => {
      const [first, ...others] = errors;
      return first?.field === "misspelt" && others.length === 0
        ? []
        : [`${label(serverCases[at]?.valid ?? "")}: ${JSON.stringify(errors)}`];
    });
    assert.deepEqual(more, []);
  });

  it("say field, type and words as the API server does", async () => {
    const valid = serverCases.find(({ valid }) => valid.includes("kind: Deployment"))?.valid ?? "";
    const port = { "spec.template.spec.containers.0.ports.0.containerPort": 70000 };
    const [said] = await judge([{ object: changed(valid, port) }]);
    assert.deepEqual(said?.errors, [
      {
        field: "spec.template.spec.containers[0].ports[0].containerPort",
        type: "FieldValueInvalid",
        text: "Invalid value: 70000: must be between 1 and 65535, inclusive",
      },
    ]);
  });

  it("judge a value that cannot be read where the list had no entry before, and all others too", async () => {
    const { valid = "" } =
      serverCases.find(({ valid }) => valid.includes("kind: Deployment")) ?? {};
    const groups = (...list: unknown[]) =>
      changed(valid, { "spec.template.spec.securityContext": { supplementalGroups: list } });
    const said = await judge([
      { object: groups(1, 2, "x"), before: groups(1) },
      { object: groups(1, 2), before: groups(1) },
    ]);
    assert.deepEqual(
      said.map(({ errors }) => errors.map(({ field }) => field)),
      [["spec.template.spec.securityContext.supplementalGroups[2]"], []],
    );
  });

  it("name the field of a value that cannot be read, and judge the rest", async () => {
    const deployment = serverCases.find(({ valid }) => valid.includes("kind: Deployment"));
    const container = "spec.template.spec.containers.0";
    const said = await judge([
      {
        object: changed(deployment?.valid ?? "", {
          "spec.replicas": "two",
          [`${container}.image`]: null,
          [`${container}.resources`]: { limits: { cpu: "much" } },
        }),
      },
      {
        object: {
          ...{ apiVersion: "v1", kind: "Secret", metadata: { name: "a", namespace: "a" } },
          ...{ data: { a: "not base64!" }, type: "kubernetes.io/tls" },
        },
      },
    ]);
    assert.deepEqual(
      said.map(({ errors }) => errors.map(({ field }) => field)),
      [
        [
          "spec.replicas",
          "spec.template.spec.containers[0].resources.limits.cpu",
          "spec.template.spec.containers[0].image",
        ],
        ["data.a", "data[tls.crt]", "data[tls.key]"],
      ],
    );
    assert.match(said[1]?.errors[0]?.text ?? "", /illegal base64 data at input byte/);
  });

  it("never show a value of a Secret", async () => {
    const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "a", namespace: "a" } };
    const said = await judge([
      { object: { ...secret, data: { a: "hunter2!" } } },
      { object: { ...secret, stringData: { a: ["hunter2!"] } } },
      {
        object: {
          ...secret,
          type: "kubernetes.io/dockerconfigjson",
          stringData: { ".dockerconfigjson": "hunter2!" },
        },
      },
      { object: { ...secret, type: "kubernetes.io/tls", stringData: { a: "hunter2!" } } },
    ]);
    assert.ok(
      said.every(({ errors }) => errors.length > 0),
      JSON.stringify(said),
    );
    assert.doesNotMatch(JSON.stringify(said), /hunter2/);
  });

  it("know removed APIs, and say which kinds they do not know", async () => {
    const of = (apiVersion: string, kind: string) => ({
      object: { apiVersion, kind, metadata: { name: "a" } },
    });
    const said = await judge([
      of("policy/v1beta1", "PodSecurityPolicy"),
      of("autoscaling/v2beta1", "HorizontalPodAutoscaler"),
      of("apiregistration.k8s.io/v1beta1", "APIService"),
      of("extensions/v1beta1", "Ingress"),
      of("b.io/v1", "A"),
    ]);
    assert.deepEqual(
      said.map(({ kind, errors }) => [kind, errors.length > 0]),
      [...Array.from({ length: 4 }, () => ["judged", true]), ["unknown-kind", false]],
    );
  });

  it("judge custom resources by their definition: fields, rules, and rules of what was", async () => {
    const definition = changed(
      serverCases.find(({ valid }) => valid.includes("CustomResource"))?.valid ?? "",
      {
        "spec.versions.0.schema.openAPIV3Schema": {
          type: "object",
          properties: {
            spec: {
              type: "object",
              properties: { a: { type: "integer", default: 1 }, b: { type: "string" } },
              "x-kubernetes-validations": [
                { rule: "self.a < 10", message: "a is too large" },
                { rule: "!has(oldSelf.b) || self.b == oldSelf.b", message: "b may not change" },
              ],
            },
          },
        },
      },
    );
    const of = (spec: object) => ({
      apiVersion: "b.io/v1",
      kind: "A",
      metadata: { name: "a", namespace: "a" },
      spec,
    });
    const said = await judge(
      [
        { object: of({ b: "x" }) },
        { object: of({ a: 11 }) },
        { object: of({ c: 1 }) },
        { object: of({ a: "1" }) },
        { object: of({ b: "y" }), before: of({ b: "x" }) },
      ],
      [definition],
    );
    assert.deepEqual(
      said.map(({ errors }) => errors.map(({ field }) => field).filter(Boolean)),
      [[], ["spec"], ["spec.c"], ["spec.a"], ["spec"]],
    );
    assert.match(said[4]?.errors[0]?.text ?? "", /b may not change/);
  });
});
