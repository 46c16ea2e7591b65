import assert from "node:assert/strict";
import { stringify } from "yaml";
import { parseConfig } from "../../../core/connector-config/parse-config.ts";
import { connectorFromCluster } from "../../../core/connector-config/from-cluster.ts";
import { parseFluxObject } from "../../../core/flux/parse-flux-object.ts";

const source = (name: string, url: string, ref: object = { branch: "main" }) => ({
  ...{ apiVersion: "source.toolkit.fluxcd.io/v1", kind: "GitRepository" },
  metadata: { name, namespace: "flux-system" },
  spec: { url, ref },
});
const kustomization = (name: string, path: string, more: { label?: string; of?: string } = {}) => ({
  ...{ apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization" },
  metadata: {
    ...{ name, namespace: "flux-system" },
    labels: more.label === undefined ? {} : { "fluxgate.dev/environment": more.label },
  },
  spec: { path, sourceRef: { kind: "GitRepository", name: more.of ?? "shop" } },
});
const draft = (...objects: object[]) => {
  const flux = objects.map((one) => parseFluxObject(one)).filter((one) => one !== undefined);
  const { config, notes } = connectorFromCluster({
    flux,
    cluster: "west",
    kubeconfig: "west.yaml",
  });
  return { config: parseConfig(stringify(config), "connector.yaml"), notes };
};
const shop = source("shop", "https://fabrikam@dev.azure.com/fabrikam/shop/_git/shop-manifests");

describe("a configuration from what Flux runs in a cluster", () => {
  it("is one that the connector takes, and begins as an observer", () => {
    const { config, notes } = draft(
      shop,
      kustomization("shop-dev", "./dev", { label: "dev" }),
      kustomization("shop-prod", "./prod/apps", { label: "prod" }),
    );
    assert.equal(config.mode, "observe");
    assert.equal(config.azureDevOps.organisationUrl, "https://dev.azure.com/fabrikam");
    const [repository] = config.repositories;
    assert.deepEqual([repository?.project, repository?.repository], ["shop", "shop-manifests"]);
    assert.deepEqual(
      config.environments.map(({ name, path, objects }) => [name, path, objects]),
      [
        ["dev", "dev", []],
        ["prod", "prod/apps", []],
      ],
    );
    assert.deepEqual(notes, []);
  });

  it("guesses by the path what has no label, names the objects, and says so", () => {
    const { config, notes } = draft(
      shop,
      kustomization("a", "clusters/prod/apps"),
      kustomization("b", "clusters/prod/infra"),
    );
    const [environment] = config.environments;
    assert.equal(environment?.name, "prod");
    assert.equal(environment?.path, "clusters/prod");
    assert.deepEqual(environment?.objects, [
      "Kustomization/flux-system/a",
      "Kustomization/flux-system/b",
    ]);
    assert.match(notes.join("\n"), /prod is a guess by the path/);
  });

  it("takes two sources of one branch for one repository, by HTTPS and by SSH", () => {
    const ssh = source("again", "ssh://git@ssh.dev.azure.com/v3/fabrikam/shop/shop-manifests");
    const { config } = draft(
      ...[shop, ssh, kustomization("a", "dev", { label: "dev" })],
      kustomization("b", "dev/b", { label: "dev", of: "again" }),
    );
    assert.equal(config.repositories.length, 1);
    assert.equal(config.environments.length, 1);
  });

  it("says what it leaves out: other hosts, other organisations, tags", () => {
    const { config, notes } = draft(
      ...[shop, kustomization("a", "dev", { label: "dev" })],
      source("podinfo", "https://github.com/stefanprodan/podinfo"),
      source("fixed", "https://dev.azure.com/fabrikam/shop/_git/other", { tag: "v1" }),
      source("contoso", "https://dev.azure.com/contoso/x/_git/x"),
      kustomization("podinfo", "./kustomize", { of: "podinfo" }),
    );
    assert.equal(config.repositories.length, 1);
    const said = notes.join("\n");
    assert.match(said, /flux-system\/podinfo is left out: it is not in Azure Repos/);
    assert.match(said, /flux-system\/fixed is left out: it follows no branch/);
    assert.match(said, /contoso is left out: a connector serves one organisation/);
    assert.match(said, /Kustomization\/flux-system\/podinfo is left out/);
  });
});
