import assert from "node:assert/strict";
import { initCommand } from "../../cli/init/command.ts";
import { parseConfig } from "../../core/connector-config/parse-config.ts";
import { aKustomization, aSource } from "../connector/a-cluster.ts";
import { connectorFolder, kubeconfigText, unusedPort } from "../connector/connector-process.ts";
import { anApiServer, wholeFlux } from "./doctor/an-api-server.ts";

describe("fluxgate init --from-cluster", () => {
  let folder: ReturnType<typeof connectorFolder>;
  beforeEach(() => (folder = connectorFolder()));
  afterEach(() => folder.remove());

  async function init(server: string): Promise<string> {
    const kubeconfig = folder.write("kubeconfig", kubeconfigText(server));
    const lines: string[] = [];
    const terminal = { out: (line: string) => void lines.push(line), err: () => undefined };
    await initCommand.run(["--from-cluster", "--kubeconfig", kubeconfig], terminal);
    return lines.join("\n");
  }

  it("prints a configuration that the connector takes, for what Flux runs there", async () => {
    const url = "https://dev.azure.com/fabrikam/shop/_git/shop-manifests";
    const one = aKustomization({ path: "dev", revision: "main@sha1:abc" });
    const server = await anApiServer({
      ...wholeFlux(),
      "/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations": { items: [one] },
      "/apis/source.toolkit.fluxcd.io/v1/gitrepositories": { items: [aSource(url)] },
    });
    try {
      const config = parseConfig(await init(server.url), "connector.yaml");
      assert.equal(config.repositories[0]?.repository, "shop-manifests");
      assert.deepEqual(
        config.environments.map(({ name, path }) => [name, path]),
        [["dev", "dev"]],
      );
    } finally {
      await server.close();
    }
  });

  it("prints nothing for a cluster that does not answer, and fails", async () => {
    await assert.rejects(init(`http://127.0.0.1:${await unusedPort()}`), {
      code: "kubernetes-unreachable",
    });
  });
});
