import assert from "node:assert/strict";
import { parseConfig } from "../../../core/connector-config/parse-config.ts";
import { InputError } from "../../../core/errors.ts";

const other = "6a6b8f5e-0a51-4f0c-9a53-7d3f0c7c1a04";

function configOf(of: { clusters: readonly object[]; environment?: object; more?: object }) {
  return JSON.stringify({
    ...{ apiVersion: "fluxgate.dev/v1", kind: "ConnectorConfig" },
    azureDevOps: { organisationUrl: "https://dev.azure.com/fabrikam" },
    repositories: [{ name: "manifests", project: "shop", repository: "manifests" }],
    clusters: of.clusters,
    environments: [
      {
        ...{ name: "prod", repository: "manifests", clusters: [{ name: "near" }, { name: "far" }] },
        ...of.environment,
      },
    ],
    ...of.more,
  });
}

const problemsOf = (text: string): string => {
  try {
    parseConfig(text, "connector.yaml");
    return "";
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map(({ message }) => message).join("\n");
  }
};
const near = { name: "near" };

describe("clusters that other connectors judge, in the configuration", () => {
  it("are named by the identity of their connector, and elect no leader", () => {
    const text = configOf({
      clusters: [{ name: "far", observer: other }, near],
      more: { leaderElection: { lease: "flux-system/fluxgate" } },
    });
    const config = parseConfig(text, "connector.yaml");
    assert.equal(config.clusters[0]?.observer, other);
    assert.equal(config.leaderElection?.cluster, "near");
  });

  const wrong: readonly (readonly [what: string, text: string, expected: RegExp])[] = [
    ["no identity", configOf({ clusters: [near, { name: "far", observer: "me" }] }), /It is an id/],
    [
      "a kubeconfig too",
      configOf({ clusters: [near, { name: "far", observer: other, kubeconfig: "far.yaml" }] }),
      /with an observer is not reached from here: it has no kubeconfig/,
    ],
    [
      "an environment that another one decides",
      configOf({
        clusters: [near, { name: "far", observer: other }],
        environment: { decider: other },
      }),
      /far has an observer: who answers for a cluster reaches it/,
    ],
    [
      "the Lease there",
      configOf({
        clusters: [near, { name: "far", observer: other }],
        more: { leaderElection: { lease: "a/b", cluster: "far" } },
      }),
      /it has an observer: the Lease must be in a cluster that is reached/,
    ],
  ];
  for (const [what, text, expected] of wrong) {
    it(`are refused with ${what}`, () => assert.match(problemsOf(text), expected));
  }
});
