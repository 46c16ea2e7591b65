import assert from "node:assert/strict";
import { parseConfig } from "../../../core/connector-config/parse-config.ts";
import { InputError } from "../../../core/errors.ts";

const smallest = `apiVersion: fluxgate.dev/v1
kind: ConnectorConfig
azureDevOps: { organisationUrl: "https://fabrikam.visualstudio.com/" }
repositories: [{ name: manifests, project: shop, repository: shop-manifests }]
clusters: [{ name: west }]
environments: [{ name: dev, repository: manifests, clusters: [{ name: west }] }]
`;

describe("the connector's configuration", () => {
  it("has a default for everything but the organisation, the repositories and the clusters", () => {
    assert.deepEqual(parseConfig(smallest, "connector.yaml"), {
      mode: "observe",
      azureDevOps: {
        organisationUrl: "https://dev.azure.com/fabrikam",
        authentication: "pat",
        extension: { publisher: "fluxgate", name: "fluxgate" },
      },
      listen: { host: "0.0.0.0", port: 8080 },
      repositories: [
        {
          ...{ name: "manifests", project: "shop", repository: "shop-manifests", branch: "main" },
          pipelines: [],
          otherEnvironments: [],
        },
      ],
      clusters: [{ name: "west" }],
      environments: [
        {
          name: "dev",
          repository: "manifests",
          path: "dev",
          clusters: [{ name: "west", active: true }],
          objects: [],
          scope: "delivery",
          healthUnknownSucceeds: false,
        },
      ],
      ...{ letterAuthors: [], waitTaskIds: [], people: [], superseded: "cancel" },
      nudge: false,
      timings: {
        letters: 15_000,
        discovery: 120_000,
        resync: 600_000,
        grace: 120_000,
        look: 5_000,
      },
    });
  });

  it("reads durations as Flux writes them", () => {
    const { timings } = parseConfig(
      `${smallest}timings: { letters: 300ms, discovery: 1m30s, resync: 1.5h, grace: 0s }\n`,
      "connector.yaml",
    );
    assert.deepEqual(timings, {
      ...{ letters: 300, discovery: 90_000, resync: 5_400_000, grace: 0, look: 5_000 },
    });
  });

  it("reads the grace of one environment", () => {
    const text = smallest.replace("{ name: dev,", "{ name: dev, grace: 5s,");
    assert.equal(parseConfig(text, "connector.yaml").environments[0]?.grace, 5_000);
    const wrong = smallest.replace("{ name: dev,", "{ name: dev, grace: soon,");
    assert.throws(() => parseConfig(wrong, "connector.yaml"), /grace/);
  });

  it("takes a folder with or without slashes, and the root", () => {
    const pathOf = (path: string) =>
      parseConfig(
        smallest.replace("{ name: dev,", `{ name: dev, path: "${path}",`),
        "connector.yaml",
      ).environments[0]?.path;
    assert.deepEqual(["./apps/dev/", "/apps/dev", "apps/.//dev", "", "."].map(pathOf), [
      ...["apps/dev", "apps/dev", "apps/dev", "", ""],
    ]);
  });

  it("reports every problem at once, in the order of the lines", () => {
    const wrong = `apiVersion: fluxgate.dev/v1
kind: ConnectorConfig
mode: watch
azureDevOps: { organisationUrl: "fabrikam", tokn: secret }
repositories:
  - { name: manifests, project: shop, repository: shop-manifests }
  - { name: again, project: Shop, repository: shop-manifests }
clusters: [{ name: west }, { name: west }]
environments:
  - name: dev
    repository: manifest
    clusters: [{ name: wst }]
    objects: [shop-dev]
  - name: Prod
    repository: manifests
    path: ../prod
    clusters: []
timings: { letters: 15, look: 0s }
listne: { port: 1 }
`;
    assert.deepEqual(problemsOf(wrong), [
      "3: mode must be one of observe, statuses, full",
      '4: unknown key "tokn": known are organisationUrl, authentication, collectionBuildIdentity, formerIdentities, tokenExpires, extension',
      '4: azureDevOps.organisationUrl "fabrikam" is not accepted. It looks like https://dev.azure.com/fabrikam.',
      "7: Shop/shop-manifests stands twice: use repositories[0] for both",
      "8: clusters names west twice",
      "11: there is no repository manifest: known are manifests, again",
      "12: there is no cluster wst: known are west, west",
      '13: environments[0].objects[0] "shop-dev" is not accepted. Flux objects look like Kustomization/flux-system/shop-dev.',
      '14: environments[1].name "Prod" is not accepted. Names have small letters, digits and hyphens inside, at most 50 characters.',
      '16: environments[1].path "../prod" is not accepted. It is a folder inside the repository, with / between its parts.',
      "17: environments[1].clusters must have at least one entry",
      "18: timings.letters must be a text (quote it)",
      "18: timings.look must be at least 100ms",
      '19: unknown key "listne": did you mean "listen"?',
    ]);
  });

  it("names what is missing", () => {
    assert.deepEqual(problemsOf("kind: ConnectorConfig\n"), [
      ...["apiVersion", "azureDevOps", "repositories", "clusters", "environments"].map(
        (key) => `1: the file lacks "${key}"`,
      ),
    ]);
    assert.deepEqual(problemsOf(""), ["the file must be a mapping"]);
  });

  it("says where the YAML is broken", () => {
    const [problem = ""] = problemsOf(`${smallest}timings: { letters: 15s\n`);
    assert.match(problem, /^\d+: not valid YAML: /);
    assert.match(
      problemsOf("a: 1\na: 2\n")[0] ?? "",
      /^2: not valid YAML: Map keys must be unique/,
    );
  });

  it("refuses aliases that would fill the memory", () => {
    const levels = Array.from({ length: 12 }, (_, level) =>
      level === 0
        ? "a0: &a0 [x, x, x, x, x, x, x, x, x]"
        : `a${level}: &a${level} [${Array.from({ length: 9 }, () => `*a${level - 1}`).join(", ")}]`,
    );
    assert.match(problemsOf(levels.join("\n"))[0] ?? "", /not valid YAML: excessive alias count/i);
    assert.match(problemsOf("a: *nowhere\n")[0] ?? "", /not valid YAML: .*nowhere/);
  });

  it("refuses a user in the organisation's address: it would stand in logs", () => {
    const [problem = ""] = problemsOf(
      smallest.replace("https://fabrikam", "https://user:secret@fabrikam"),
    );
    assert.equal(problem, "3: azureDevOps.organisationUrl must not hold a user or password");
  });
});

/** `line: message` of each problem. */
function problemsOf(source: string): readonly string[] {
  try {
    parseConfig(source, "connector.yaml");
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return error.problems.map(({ file, line, message }) => {
      assert.equal(file, "connector.yaml");
      return line === undefined ? message : `${line}: ${message}`;
    });
  }
  throw new Error("no problem was found");
}
