import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { parseAllDocuments, stringify } from "yaml";
import { parseConfig } from "../../core/connector-config/parse-config.ts";
import { ensureTools } from "../../scripts/tools.ts";
import { connectorFolder } from "./connector-process.ts";

type Rule = { readonly resources: readonly string[]; readonly verbs: readonly string[] };
type Rendered = {
  readonly kind: string;
  readonly metadata: { readonly namespace?: string };
  readonly rules?: readonly Rule[];
  readonly subjects?: readonly { readonly namespace: string }[];
  readonly data?: Readonly<Record<string, string>>;
};

const config = {
  azureDevOps: { organisationUrl: "https://dev.azure.com/fabrikam" },
  repositories: [{ name: "manifests", project: "shop", repository: "shop-manifests" }],
  clusters: [{ name: "local" }],
  environments: [{ name: "dev", repository: "manifests", clusters: [{ name: "local" }] }],
};
const namespaces = ["flux-system", "shop"];
const ofClusters = ["customresourcedefinitions", "apiservices"];

describe("the rights that the connector's chart grants", function () {
  this.timeout(60_000);
  const folder = connectorFolder();
  after(() => folder.remove());

  async function render(rbac: object): Promise<readonly Rendered[]> {
    const { helm } = await ensureTools();
    const values = stringify({ config, token: { existingSecret: "token" }, rbac });
    const file = folder.write("values.yaml", values);
    const where = ["--namespace", "fluxgate-system", "--values", file];
    const { stdout } = await promisify(execFile)(
      helm,
      ["template", "fluxgate", "connector/chart", ...where],
      { timeout: 30_000 },
    );
    return parseAllDocuments(stdout).flatMap((document) => (document.toJS() as Rendered) ?? []);
  }
  const of = (objects: readonly Rendered[], kind: string) =>
    objects.filter((object) => object.kind === kind);

  it("are Roles in the namespaces that it is given instead of a ClusterRole, and it watches no others", async () => {
    const objects = await render({ namespaces });
    assert.deepEqual([...of(objects, "ClusterRole"), ...of(objects, "ClusterRoleBinding")], []);
    const roles = of(objects, "Role");
    assert.deepEqual(
      roles.map(({ metadata }) => metadata.namespace),
      namespaces,
    );
    const bound = of(objects, "RoleBinding").map(({ subjects = [] }) => subjects[0]?.namespace);
    assert.deepEqual(bound, ["fluxgate-system", "fluxgate-system"]);
    const [whole] = of(await render({}), "ClusterRole");
    const inOne = whole?.rules?.filter(({ resources }) => !ofClusters.includes(resources[0] ?? ""));
    for (const { rules } of roles) assert.deepEqual(rules, inOne);
    const text = Object.values(of(objects, "ConfigMap")[0]?.data ?? {})[0] ?? "";
    assert.deepEqual(parseConfig(text, "config.yaml").clusters, [{ name: "local", namespaces }]);
  });

  it("hold events where a wait may quote them", async () => {
    const events = async (rbac: object) =>
      of(await render(rbac), "ClusterRole")
        .flatMap(({ rules = [] }) => rules)
        .filter(({ resources }) => resources.includes("events"))
        .map(({ verbs }) => verbs.join());
    assert.deepEqual(await events({ events: true }), ["get,list"]);
    assert.deepEqual(await events({}), []);
  });
});
