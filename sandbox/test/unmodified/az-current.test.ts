import assert from "node:assert/strict";
import {
  ensureAzureDevOpsExtension,
  ensureCurrentAzureCli,
} from "../../../scripts/tools/foreign-clients.ts";
import { sandboxWith } from "../support/sandbox-with.ts";
import { azFor, type OpenAz } from "./az.ts";
import { describeAzPipelines } from "./az-pipelines-cases.ts";
import { describeAzRepos } from "./az-repos-cases.ts";
import { mapVendorHost } from "./vendor-host.ts";

const program = ["python3", "-m", "azure.cli"] as const;

// It takes no other address than the vendor's.
const open: OpenAz = async () => {
  const cli = await ensureCurrentAzureCli();
  const extension = cli && (await ensureAzureDevOpsExtension(cli));
  if (!extension) return undefined;
  return async (sandbox, token) => {
    const mapped = await mapVendorHost(sandbox);
    const env = { ...mapped.env, PYTHONPATH: cli, AZURE_EXTENSION_DIR: extension };
    const az = azFor(mapped.organisationUrl, token, { program, env });
    return {
      ...az,
      close: () => {
        az.close();
        mapped.close();
      },
    };
  };
};

describe("the current Azure CLI", function () {
  this.timeout(900_000);

  it("starts without its extension, reads what there is and is told by name what is not", async function () {
    const cli = await ensureCurrentAzureCli();
    if (!cli) return this.skip();
    const sandbox = await sandboxWith([{ name: "shop", files: { "README.md": "shop\n" } }]);
    const { organisationUrl } = sandbox;
    const az = azFor(organisationUrl, undefined, { program, env: { PYTHONPATH: cli } });
    const rest = (path: string) =>
      az.json<{ value: { name: string }[] }>(
        ...["rest", "--method", "get", "--url", `${organisationUrl}/${path}?api-version=7.1`],
        ...["--skip-authorization-header", "--headers"],
        `Authorization=Basic ${Buffer.from(":sandbox-developer").toString("base64")}`,
      );
    try {
      assert.equal((await rest("_apis/projects")).value[0]?.name, "shop");
      await assert.rejects(
        rest("shop/_apis/wiki/wikis"),
        /Not Implemented.*SandboxNotImplemented|wiki\/wikis of the service/s,
      );
    } finally {
      az.close();
      await sandbox.close();
    }
  });

  describe("az pipelines, at the vendor's address", () => describeAzPipelines(open));
  describe("az devops and az repos, at the vendor's address", () => describeAzRepos(open));
});
