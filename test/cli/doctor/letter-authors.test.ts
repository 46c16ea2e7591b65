import assert from "node:assert/strict";
import { resolve } from "node:path";
import { doctor as run } from "../../../cli/doctor/doctor.ts";
import { createSandbox, type Sandbox } from "../../../sandbox/azure-devops/create-sandbox.ts";
import { guidOf } from "../../../sandbox/azure-devops/guid.ts";
import { createPipelines } from "../../../sandbox/pipelines/create-pipelines.ts";
import { configText, connectorFolder, kubeconfigText } from "../../connector/connector-process.ts";
import { anApiServer, wholeFlux, type ApiServer } from "./an-api-server.ts";

const letters = guidOf("fabrikam", "identity", "letters");

describe("fluxgate doctor and letterAuthors", () => {
  const folder = connectorFolder();
  let sandbox: Sandbox;
  let server: ApiServer;
  before(async () => {
    server = await anApiServer(wholeFlux());
    const repositories = [
      { name: "manifests", files: { "README.md": "manifests\n" } },
      { name: "app", files: { "cd.yml": "trigger: none\nsteps: [{ bash: x }]\n" } },
    ];
    const cd = { name: "shop-cd", project: "shop", repository: "app", yamlPath: "cd.yml" };
    sandbox = await createSandbox({
      seed: {
        organisation: "fabrikam",
        accounts: [{ name: "letters", displayName: "Letter Account" }],
        projects: [{ name: "shop", repositories }],
      },
      parts: [
        createPipelines({ seed: { definitions: [cd] }, extensionDirectory: resolve("dist") }),
      ],
    });
  });
  after(async () => {
    await sandbox.close();
    await server.close();
    folder.remove();
  });
  afterEach(() => delete process.env["FLUXGATE_TOKEN"]);

  async function doctor(entry: object): Promise<string> {
    const config = configText({
      organisationUrl: sandbox.organisationUrl,
      kubeconfig: folder.write("kubeconfig", kubeconfigText(server.url)),
      more: { letterAuthors: [{ project: "shop", ...entry }] },
    });
    process.env["FLUXGATE_TOKEN"] = "sandbox-connector";
    const lines: string[] = [];
    const line = (text: string) => void lines.push(text);
    await run(["--config", folder.write("connector.yaml", config)], { out: line, err: line });
    return lines.join("\n");
  }

  it("names who may write letters, of which pipelines and for which environments", async () => {
    const entry = { id: letters, definitions: ["shop-cd"], environments: ["env0"] };
    const said = await doctor(entry);
    assert.match(said, /^ok +letter author \S+ +Letter Account may write letters for env0$/m);
    assert.match(said, /^ok +its pipelines in shop +shop-cd$/m);
    assert.match(await doctor({ id: letters }), /^ok +its pipelines in shop +any of the 1/m);
  });

  it("says which id, environment or pipeline is not there", async () => {
    const unknown = await doctor({ id: guidOf("nobody"), definitions: [99] });
    assert.match(unknown, /^ABSENT +letter author \S+ +no active identity has that id/m);
    assert.match(unknown, /^ABSENT +its pipelines in shop +no pipeline to be seen there is 99/m);
    const prd = await doctor({ id: letters, environments: ["prd"] });
    assert.match(prd, /^WRONG +letter author \S+ +there is no environment prd; known are env0/m);
  });

  it("refuses the connector's own identity, whose statuses are no letters", async () => {
    const own = await doctor({ id: guidOf("fabrikam", "identity", "connector") });
    assert.match(own, /^WRONG +letter author \S+ +it is this identity/m);
  });

  it("says that a project cannot be read", async () => {
    const said = await doctor({ id: letters, project: "absent" });
    assert.match(said, /^ABSENT +its pipelines in absent/m);
    assert.match(said, /^ABSENT +builds of absent \(read\)/m);
  });
});
