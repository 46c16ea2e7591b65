import assert from "node:assert/strict";
import { problemText } from "../../../core/errors.ts";
import { expandPath } from "../../../core/delivery/expand-path.ts";
import { riskKinds } from "../../../core/diff/risk-kinds.ts";
import { parseDelivery } from "../../../core/delivery/parse-delivery.ts";

const example = `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: shop }
images:
  - { name: registry.fabrikam.com/shop/api, context: services/api, dependsOn: [libs/common] }
apps:
  - name: api
    namespace: shop
    render:
      - helm: { chart: deploy/chart, release: api, values: [deploy/values.yaml] }
      - kustomize: { path: "deploy/overlays/\${environment}" }
  - name: web
    render:
      - tokens: { path: deploy/web, pattern: "#{name}#" }
environments:
  - name: dev
    path: dev
    kubernetesVersion: "1.36"
    pullRequest: { autoComplete: true, draftOnRisk: [high, grant], labels: [team a] }
    config: { variables: { REPLICAS: integer, API_HOST: string }, files: [config/dev/values.yaml], snippets: [config/dev/snippets] }
  - name: prod
`;

describe("fluxgate.yaml", () => {
  it("reads the documented example and fills in defaults", () => {
    const { delivery, problems } = parseDelivery(example, "fluxgate.yaml");
    assert.deepEqual(problems, []);
    assert.equal(delivery?.images[0]?.dockerfile, "services/api/Dockerfile");
    assert.deepEqual(
      delivery?.apps.map(({ path, render }) => [path, ...render.map(({ engine }) => engine)]),
      [
        ["api", "helm", "kustomize"],
        ["web", "tokens"],
      ],
    );
    const [dev, prod] = delivery?.environments ?? [];
    assert.deepEqual(dev?.config.variables[0], {
      name: "REPLICAS",
      type: "integer",
      from: "REPLICAS",
    });
    assert.deepEqual(dev?.config.files, [
      { path: "config/dev/values.yaml", from: "code", optional: false, line: 20 },
    ]);
    assert.equal(prod?.path, "prod");
    assert.deepEqual(dev?.pullRequest, {
      autoComplete: true,
      draftOnRisk: ["high", "grant"],
      labels: ["team a"],
    });
    assert.deepEqual(prod?.pullRequest, { autoComplete: false, draftOnRisk: [], labels: [] });
  });

  it("needs no more than a name, one step and one environment", () => {
    const { delivery, problems } = parseDelivery(
      `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: a }
apps: [{ name: a, render: [{ copy: { path: deploy } }] }]
environments: [{ name: dev }]
`,
      "fluxgate.yaml",
    );
    assert.deepEqual(problems, []);
    assert.equal(delivery?.apps[0]?.render[0]?.engine, "copy");
  });

  it("reports every problem at once with its line", () => {
    const { delivery, problems } = parseDelivery(
      `apiVersion: fluxgate.dev/v2
kind: Delivery
metadata: { name: Shop }
app: []
apps:
  - name: api
    render:
      - helm: { chrat: deploy/chart }
      - {}
  - name: web
    render: [{ copy: { path: [a] } }]
environments:
  - name: dev
    kubernetesVersion: 1.3
    pullRequest: { autoComplete: "yes", draftOnRisk: [danger], labels: ["a,b"] }
    config: { variables: { A: int } }
`,
      "fluxgate.yaml",
    );
    assert.equal(delivery, undefined);
    assert.deepEqual(problems.map(problemText), [
      'fluxgate.yaml:1:1: apiVersion must be "fluxgate.dev/v1"',
      'fluxgate.yaml:3:13: metadata.name "Shop" is not accepted. Lower-case letters, digits and hyphens, at most 50: it becomes folders and branches.',
      'fluxgate.yaml:4:1: unknown key "app": did you mean "apps"?',
      'fluxgate.yaml:8:9: apps[0].render[0].helm lacks "chart"',
      'fluxgate.yaml:8:17: unknown key "chrat": did you mean "chart"?',
      "fluxgate.yaml:9:9: apps[0].render[1] needs exactly one of helm, kustomize, tokens, copy, jsonnet",
      "fluxgate.yaml:11:24: apps[1].render[0].copy.path must be a text (quote it)",
      "fluxgate.yaml:14:5: environments[0].kubernetesVersion must be a text (quote it)",
      "fluxgate.yaml:15:20: environments[0].pullRequest.autoComplete must be true or false",
      `fluxgate.yaml:15:55: environments[0].pullRequest.draftOnRisk[0] must be one of ${riskKinds.join(", ")}`,
      'fluxgate.yaml:15:73: environments[0].pullRequest.labels[0] "a,b" is not accepted. At most 400 characters, without comma, semicolon and spaces around it.',
      'fluxgate.yaml:16:28: environments[0].config.variables.A "int" must be one of string, integer, number, boolean',
    ]);
  });

  it("says what may stand where something does not fit", () => {
    const { problems } = parseDelivery(
      `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: a }
images: [{ name: r.io/a, build: { platforms: [linux] } }]
apps:
  - name: a
    namespace: shop-\${environment}
    render:
      - helm: { chart: c, namespace: Shop }
      - jsonnet: { file: f, extVars: { "a=b": 1 }, topLevelArguments: { "a-b": 1 } }
environments: [{ name: dev, pullRequest: { reviewers: { required: ["a, b"] } } }]
`,
      "fluxgate.yaml",
    );
    assert.deepEqual(
      problems.map(({ message }) => message),
      [
        'images[0].build.platforms[0] "linux" is not accepted. System and processor: linux/arm64, linux/arm/v7.',
        'apps[0].namespace "shop-${environment}" is not accepted. For objects that name none. Lower-case letters, digits and hyphens, at most 63. ${environment} is filled in in paths only.',
        'apps[0].render[0].helm.namespace "Shop" is not accepted. Release namespace; default: the app\'s. Lower-case letters, digits and hyphens, at most 63.',
        '"a=b" is no name for this. An external variable\'s name: no equals sign, no hyphen first.',
        '"a-b" is no name for this. An argument\'s name: letters, digits and _, the first no digit.',
        'environments[0].pullRequest.reviewers.required[0] "a, b" is not accepted. One of them, in one line without comma and semicolon.',
      ],
    );
  });

  it("refuses paths outside the checkout, remote ones and unknown placeholders", () => {
    const { problems } = parseDelivery(
      `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: a }
apps:
  - name: a
    render:
      - copy: { path: ../other }
      - copy: { path: /etc }
      - kustomize: { path: "https://example.com/base" }
      - copy: { path: "deploy/\${env}" }
environments: [{ name: dev }]
`,
      "fluxgate.yaml",
    );
    assert.deepEqual(
      problems.map(({ line, message }) => `${line} ${message}`),
      [
        '7 apps[0].render[0].copy.path "../other" must not leave the checkout ("..")',
        '8 apps[0].render[1].copy.path "/etc" must be relative to the checkout',
        '9 apps[0].render[2].kustomize.path "https://example.com/base" is remote: vendor it into the repository',
        '10 apps[0].render[3].copy.path "deploy/${env}" may hold ${environment}, ${app}, ${delivery} only, not ${env}',
      ],
    );
  });

  for (const name of ["wait", "deployed"]) {
    it(`refuses a delivery called ${name}, whose statuses would bear others' names`, () => {
      const apps = "apps: [{ name: a, render: [{ copy: { path: x } }] }]";
      const { problems } = parseDelivery(
        `apiVersion: fluxgate.dev/v1\nkind: Delivery\nmetadata:\n  name: ${name}\n${apps}\nenvironments: [{ name: dev }]\n`,
        "fluxgate.yaml",
      );
      assert.deepEqual(
        problems.map(({ line, message }) => `${line} ${message}`),
        [
          `4 "${name}" is how other commit statuses of Fluxgate begin (${name}/…): take another name`,
        ],
      );
    });
  }

  it("refuses names that repeat, folders inside one another and values that nobody takes", () => {
    const { problems } = parseDelivery(
      `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: a }
apps:
  - name: a
    environments: [prd]
    render:
      - copy: { path: x }
        as: values
  - name: a
    path: b
    render: [{ tokens: {} }]
environments:
  - name: prod
  - name: prod-eu
    path: prod/eu
`,
      "fluxgate.yaml",
    );
    assert.deepEqual(
      problems.map(({ line, message }) => `${line} ${message}`),
      [
        '6 no environment "prd"',
        "9 values need a helm or jsonnet step after them",
        '10 apps[1] has the same name "a" as apps[0]',
        '12 tokens needs "path" here',
        '16 "prod/eu" lies inside the folder of environment prod',
      ],
    );
  });

  it("says so when the file is empty or no YAML", () => {
    assert.match(parseDelivery("", "f").problems[0]?.message ?? "", /empty/);
    const [problem] = parseDelivery("a: [", "f").problems;
    assert.equal(problem?.line, 1);
    assert.match(problem?.message ?? "", /^not valid YAML/);
  });

  it("fills in names in paths", () => {
    const names = { environment: "dev", app: "api", delivery: "shop" };
    assert.equal(expandPath("./deploy/${environment}/${app}/", names), "deploy/dev/api");
    assert.equal(expandPath("./", names), ".");
  });
});
