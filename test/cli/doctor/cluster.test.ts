import assert from "node:assert/strict";
import { doctor as run } from "../../../cli/doctor/doctor.ts";
import { exitCodes } from "../../../cli/command.ts";
import { connectorFolder, kubeconfigText, unusedPort } from "../../connector/connector-process.ts";
import { anApiServer, wholeFlux, type ApiServer } from "./an-api-server.ts";

describe("fluxgate doctor and a cluster", () => {
  let folder: ReturnType<typeof connectorFolder>;
  let server: ApiServer | undefined;
  beforeEach(() => (folder = connectorFolder()));
  afterEach(async () => {
    await server?.close();
    server = undefined;
    folder.remove();
  });

  async function cluster(...of: Parameters<typeof anApiServer>): Promise<string> {
    server = await anApiServer(...of);
    return server.url;
  }

  async function doctor(api: string, ...more: readonly string[]) {
    const kubeconfig = folder.write("kubeconfig", kubeconfigText(api));
    const lines: string[] = [];
    const line = (text: string) => void lines.push(text);
    const args = ["--kubeconfig", kubeconfig, ...more];
    const code = await run(args, { out: line, err: line });
    return { code, said: lines.join("\n") };
  }

  it("names the versions, the kinds and the rights", async () => {
    const { code, said } = await doctor(await cluster(wholeFlux()));
    assert.match(said, /^ok +Kubernetes API +answers, version v1\.36\.3$/m);
    assert.match(said, /^ok +clock of cluster +agrees within [12] s$/m);
    assert.match(said, /^ok +Flux version +v2\.9\.0$/m);
    assert.match(said, /^ok +kinds of Flux +.*kustomizations v1.*helmreleases v2/m);
    assert.match(said, /^ok +get, list, watch helmreleases +allowed$/m);
    assert.match(said, /^Everything that was checked works\.$/m);
    assert.equal(code, exitCodes.ok);
  });

  it("writes the rule that is missing, for whom, and goes on", async () => {
    const may = ({ verb, resource }: { verb: string; resource: string }) =>
      !(resource === "kustomizations" && verb !== "get");
    const { code, said } = await doctor(await cluster(wholeFlux(), may));
    assert.match(
      said,
      /^REFUSED +get, list, watch kustomizations +the API server allows no list, watch\. Bind .* to a ClusterRole with \{ apiGroups: \[kustomize\.toolkit\.fluxcd\.io\], resources: \[kustomizations\], verbs: \[list, watch\] \}/m,
    );
    assert.match(said, /^ok +get, list pods/m);
    assert.match(said, /^1 failed\.$/m);
    assert.equal(code, exitCodes.problems);
  });

  it("says what a right is for that the connector does without, and does not fail for it", async () => {
    const may = ({ resource }: { resource: string }) => resource !== "pods";
    const { code, said } = await doctor(await cluster(wholeFlux(), may));
    assert.match(said, /^refused +get, list pods .*Without it the reason .* stays unknown\.$/m);
    assert.match(said, /^1 limit what works\.$/m);
    assert.equal(code, exitCodes.ok);
  });

  it("asks for somebody else's rights", async () => {
    const whose = new Set<string | undefined>();
    const may = (_: unknown, user: string | undefined) => Boolean(whose.add(user));
    const user = "system:serviceaccount:fluxgate:fluxgate-connector";
    await doctor(await cluster(wholeFlux(), may), "--as", user);
    assert.deepEqual([...whose], [user]);
  });

  it("tells a kind that is not installed from one that cannot be looked at", async () => {
    const at = "/apis/kustomize.toolkit.fluxcd.io/v1";
    const absent = await doctor(await cluster({ ...wholeFlux(), [at]: { resources: [] } }));
    assert.match(absent.said, /^REFUSED +kinds of Flux .*v1beta2/m);
    await server?.close();
    const none = { ...wholeFlux(), [at]: { resources: [] }, [`${at}beta2`]: { resources: [] } };
    const { said } = await doctor(await cluster(none));
    assert.match(said, /^ABSENT +kinds of Flux +not served: kustomizations\.kustomize/m);
  });

  it("calls an answer that is no Kubernetes unreadable or not checked, never absent", async () => {
    const { said } = await doctor(await cluster({ ...wholeFlux(), "/version": "<html>" }));
    assert.match(said, /^(UNREADABLE|not checked) +Kubernetes API +.*does not speak JSON/m);
  });

  it("says that the API cannot be reached, and that nothing else is known", async () => {
    const { code, said } = await doctor(`http://127.0.0.1:${await unusedPort()}`);
    assert.match(said, /^not checked +Kubernetes API +.*refused.*Check the kubeconfig/im);
    assert.match(said, /^not checked +get, list pods +Kubernetes API comes first$/m);
    assert.doesNotMatch(said, /works\.$/m);
    assert.equal(code, exitCodes.failed);
  });

  it("calls a kubeconfig that is none unreadable", async () => {
    const lines: string[] = [];
    const line = (text: string) => void lines.push(text);
    const args = ["--kubeconfig", folder.write("kubeconfig", "[")];
    assert.equal(await run(args, { out: line, err: line }), exitCodes.problems);
    assert.match(lines.join("\n"), /^UNREADABLE +kubeconfig of cluster +.*no kubeconfig/m);
  });
});
