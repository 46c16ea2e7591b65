import assert from "node:assert/strict";
import type { RequestOptions } from "node:https";
import { KubeConfig } from "@kubernetes/client-node";
import { signInToAks } from "../../../clients/kubernetes/aks-sign-in.ts";

const env = { AZURE_CLIENT_ID: "a", AZURE_TENANT_ID: "b", AZURE_FEDERATED_TOKEN_FILE: "c" };
const server = "11111111-2222-4333-8444-555555555555";

/** As `az aks get-credentials` writes it for a cluster without local accounts. */
function kubeconfig(exec: object): KubeConfig {
  const config = new KubeConfig();
  config.loadFromString(
    JSON.stringify({
      ...{ apiVersion: "v1", kind: "Config", "current-context": "a" },
      clusters: [{ name: "a", cluster: { server: "https://a.azmk8s.io:443" } }],
      users: [{ name: "clusterUser_a", user: { exec } }],
      contexts: [{ name: "a", context: { cluster: "a", user: "clusterUser_a" } }],
    }),
  );
  return config;
}
const kubelogin = (command: string, ...args: readonly string[]) => ({
  ...{ apiVersion: "client.authentication.k8s.io/v1beta1", command, provideClusterInfo: false },
  args: ["get-token", "--login", "devicecode", ...args],
});

async function headersOf(config: KubeConfig, environment: object = env) {
  const scopes: string[] = [];
  signInToAks(config, { ...environment }, (_, scope) => {
    scopes.push(scope);
    return () => Promise.resolve("entra-token");
  });
  const options: RequestOptions = { headers: { Accept: "application/json" } };
  await config.applyToHTTPSOptions(options);
  return { scopes, headers: options.headers };
}

describe("a kubeconfig that would run kubelogin", () => {
  it("is signed in by the pod's workload identity, for the application that it names", async () => {
    const config = kubeconfig(kubelogin("kubelogin", "--server-id", server));
    const { scopes, headers } = await headersOf(config);
    assert.deepEqual(scopes, [`${server}/.default`]);
    const expected = { Accept: "application/json", Authorization: "Bearer entra-token" };
    assert.deepEqual({ ...headers }, expected);
  });

  it("is for AKS' own application where it names none, or no id", async () => {
    for (const args of [[], ["--server-id"], ["--server-id", "https://evil.example"]]) {
      const { scopes } = await headersOf(kubeconfig(kubelogin("/usr/bin/kubelogin", ...args)));
      assert.deepEqual(scopes, ["6dae42f8-4368-4678-94ff-3960e28e3630/.default"]);
    }
  });

  it("is left alone where the pod has no workload identity", () => {
    const config = kubeconfig(kubelogin("kubelogin"));
    signInToAks(config, {});
    assert.equal((config.users[0]?.exec as { command?: string } | undefined)?.command, "kubelogin");
  });

  it("is told from one that runs another program", () => {
    const config = kubeconfig(kubelogin("aws-iam-authenticator"));
    signInToAks(config, env, () => assert.fail("no token is asked for"));
    assert.ok(config.users[0]?.exec);
  });
});
