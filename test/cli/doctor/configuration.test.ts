import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { doctor as run } from "../../../cli/doctor/doctor.ts";
import { InputError } from "../../../core/errors.ts";
import type { Sandbox } from "../../../sandbox/azure-devops/create-sandbox.ts";
import { createConnectorIdentity, createPeople } from "../../../sandbox/azure-devops/identities.ts";
import { restOf } from "../../../sandbox/test/support/rest.ts";
import { sandboxWith } from "../../../sandbox/test/support/sandbox-with.ts";
import { aKustomization, aSource } from "../../connector/a-cluster.ts";
import { configText, connectorFolder, kubeconfigText } from "../../connector/connector-process.ts";
import { anApiServer, wholeFlux, type ApiServer } from "./an-api-server.ts";

const kustomizations = "/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations";
const sources = "/apis/source.toolkit.fluxcd.io/v1/gitrepositories";

describe("fluxgate doctor and the connector's configuration", () => {
  let sandbox: Sandbox;
  let folder: ReturnType<typeof connectorFolder>;
  let server: ApiServer | undefined;
  const files = { "README.md": "manifests\n" };
  before(async () => {
    sandbox = await sandboxWith([
      { name: "manifests", files },
      { name: "closed", files, hiddenFrom: ["connector"] },
    ]);
  });
  after(() => sandbox.close());
  beforeEach(() => (folder = connectorFolder()));
  afterEach(async () => {
    await server?.close();
    server = undefined;
    folder.remove();
  });

  const environment = { name: "dev", repository: "manifests", clusters: [{ name: "west" }] };
  const deployed = aKustomization({ path: "dev", revision: "main@sha1:abc" });

  async function doctor(
    of: {
      readonly flux?: Readonly<Record<string, unknown>>;
      readonly token?: string;
      readonly more?: object;
      readonly repositories?: readonly string[];
    },
    ...args: readonly string[]
  ): Promise<string> {
    server = await anApiServer({ ...wholeFlux(), ...of.flux });
    const config = configText({
      organisationUrl: sandbox.organisationUrl,
      kubeconfig: folder.write("kubeconfig", kubeconfigText(server.url)),
      more: { environments: [environment], ...of.more },
      ...(of.repositories ? { repositories: of.repositories } : {}),
    });
    process.env["FLUXGATE_TOKEN"] = of.token ?? "sandbox-connector";
    const lines: string[] = [];
    const line = (text: string) => void lines.push(text);
    const file = folder.write("connector.yaml", config);
    await run(["--config", file, ...args], { out: line, err: line });
    return lines.join("\n");
  }

  const url = () => `${sandbox.organisationUrl}/shop/_git/manifests`;
  const whole = () => ({
    [kustomizations]: { items: [deployed] },
    [sources]: { items: [aSource(url())] },
  });

  it("checks all that it names, as the connector", async () => {
    const said = await doctor({ flux: whole() });
    assert.match(said, /^ok +repository +shop\/manifests/m);
    assert.match(said, /^ok +commit statuses \(write\) +allowed, says the service/m);
    assert.match(said, /builds of shop \(stop\)/);
    assert.match(said, /^ok +kubeconfig of west/m);
    assert.match(said, /^ok +dev in west +1 objects, 1 build from manifests$/m);
    assert.doesNotMatch(said, /push a branch/);
  });

  it("says whether the connectors of clusters that are not reached have answered of late", async () => {
    const { id } = createPeople("fabrikam").find(({ name }) => name === "approver") ?? { id: "" };
    const of = (observer: string) => ({
      more: {
        environments: [{ ...environment, clusters: [{ name: "far" }] }],
        clusters: [{ name: "far", observer }],
      },
    });
    const none = await doctor(of(id));
    assert.match(none, /^absent|^ABSENT/m);
    assert.match(none, /observer of far \(dev\) +it has answered nothing on the last 1 commits/);
    assert.doesNotMatch(none, /kubeconfig of far/);
    await server?.close();
    const { id: own } = createConnectorIdentity("fabrikam");
    const same = await doctor(of(own));
    assert.match(same, /observer of far \(dev\) +it is this connector's own identity/);
    await server?.close();
    const rest = restOf(sandbox, "approver");
    const at = "shop/_apis/git/repositories/manifests/commits";
    const { value } = await rest.get<{ value: { commitId: string }[] }>(at);
    await rest.send("POST", `${at}/${value[0]?.commitId}/statuses`, {
      ...{ state: "succeeded", context: { genre: "fluxgate", name: "shop/dev/far" } },
    });
    assert.match(await doctor(of(id)), /^ok +observer of far \(dev\) +Ari Approver: succeeded at/m);
  });

  it("asks for rights in the namespaces that it is given, and says which Role is missing where", async () => {
    server = await anApiServer(wholeFlux(), (asked) => asked.namespace === "flux-system");
    const kubeconfig = folder.write("kubeconfig", kubeconfigText(server.url));
    const clusters = [{ name: "west", kubeconfig, namespaces: ["flux-system", "shop"] }];
    const more = { environments: [environment], clusters };
    const config = configText({ organisationUrl: sandbox.organisationUrl, more });
    process.env["FLUXGATE_TOKEN"] = "sandbox-connector";
    const lines: string[] = [];
    const line = (text: string) => void lines.push(text);
    await run(["--config", folder.write("c.yaml", config)], { out: line, err: line });
    const said = lines.join("\n");
    assert.match(said, /^ok +get, list, watch kustomizations in flux-system +allowed$/m);
    assert.match(
      said,
      /kustomizations in shop +.*Bind .* to a Role in shop with .*rbac\.namespaces/,
    );
    assert.doesNotMatch(said, /apiservices/);
  });

  it("tells an environment that Flux does not run from one on another repository", async () => {
    const none = await doctor({ flux: { [sources]: { items: [aSource(url())] } } });
    assert.match(none, /^ABSENT +dev in west +no object of Flux is of it\. Put the label/m);
    await server?.close();
    const other = `${sandbox.organisationUrl}/shop/_git/other`;
    const wrong = await doctor({ flux: { ...whole(), [sources]: { items: [aSource(other)] } } });
    assert.match(wrong, /^WRONG +dev in west +none of its 1 objects .* is on another repository/m);
  });

  it("says of a cluster that refuses the list that nothing is known of its environments", async () => {
    const rest = Object.entries(wholeFlux()).filter(([path]) => path !== kustomizations);
    server = await anApiServer(Object.fromEntries(rest));
    const kubeconfig = folder.write("kubeconfig", kubeconfigText(server.url));
    const config = configText({
      ...{ organisationUrl: sandbox.organisationUrl, kubeconfig },
      more: { environments: [environment] },
    });
    process.env["FLUXGATE_TOKEN"] = "sandbox-connector";
    process.env["FLUXGATE_TOKEN"] = "sandbox-connector";
    const lines: string[] = [];
    const line = (text: string) => void lines.push(text);
    await run(["--config", folder.write("c.yaml", config)], { out: line, err: line });
    assert.match(lines.join("\n"), /^REFUSED +dev in west .*answered 403/m);
  });

  it("lets one repository that it may not see hold no check of another", async () => {
    const said = await doctor({ flux: whole(), repositories: ["closed", "manifests"] });
    assert.match(said, /^ABSENT +closed: repository +.*does not exist or you may not see it/m);
    assert.match(said, /^not checked +closed: branch that Flux follows/m);
    assert.match(said, /^ok +manifests: branch that Flux follows/m);
  });

  it("posts as the connector does where it is told to write, and pushes nothing", async () => {
    const said = await doctor({ flux: whole() }, "--write");
    assert.match(said, /^ok +commit statuses \(write\) +posted fluxgate-doctor\/probe on/m);
    assert.match(said, /^ok +extension data \(write\) +wrote the document/m);
  });

  it("writes one file for whoever helps, without token, and never over another", async () => {
    const bundle = folder.path("bundle.json");
    const said = await doctor({ flux: whole() }, "--bundle", bundle);
    assert.match(said, /Wrote .*bundle\.json: read it through before you send it\./);
    const text = readFileSync(bundle, "utf8");
    assert.doesNotMatch(text, /sandbox-connector|cluster-secret/);
    assert.doesNotMatch(text, new RegExp(btoa(":sandbox-connector")));
    const read = JSON.parse(text) as {
      readonly findings: readonly { readonly name: string }[];
      readonly clusters: readonly { readonly flux: readonly object[] }[];
    };
    assert.ok(read.findings.some(({ name }) => name === "dev in west"));
    assert.equal(read.clusters[0]?.flux.length, 2);
    assert.equal(statSync(bundle).mode & 0o777, 0o600);
    await server?.close();
    await assert.rejects(doctor({ flux: whole() }, "--bundle", bundle), InputError);
  });
});
