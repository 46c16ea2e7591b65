import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { parse, parseAllDocuments, stringify } from "yaml";
import { accessChecks } from "../../cli/doctor/access-checks.ts";
import { runChecks } from "../../cli/doctor/check.ts";
import { askAccess } from "../../clients/kubernetes/access.ts";
import { connectKubernetes, type Kubernetes } from "../../clients/kubernetes/connect.ts";
import { watchCluster, type WatchedCluster } from "../../clients/kubernetes/watch-cluster.ts";
import { clusterRights, type ClusterRight } from "../../core/connector-config/cluster-rights.ts";
import { HttpError } from "../../core/errors.ts";
import { fluxKinds } from "../../core/flux/kinds/flux-kinds.ts";
import { objectsAt, textAt } from "../../core/flux/read-json.ts";
import { ensureTools } from "../../scripts/tools.ts";
import { connectorFolder } from "../connector/connector-process.ts";
import { eventually } from "../support/eventually.ts";
import { kubectl } from "../support/kubectl.ts";
import { sharedCluster } from "../support/shared-cluster.ts";

type Rule = {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly verbs: string[];
};

const name = "fluxgate-rights";
const user = `system:serviceaccount:${name}:connector`;
const role = `/apis/rbac.authorization.k8s.io/v1/clusterroles/${name}`;
const api = { group: "apps", version: "v1", kind: "Deployment", namespace: name, name: "api" };

// The rights that are tested are the chart's, the answers those of the real API server.
describe("the chart's rights on the real API server, each verb removed in turn", function () {
  this.timeout(600_000);
  const folder = connectorFolder();
  const rights = clusterRights({ nudge: true });
  let kubeconfig = "";
  let admin: Kubernetes;
  let connector: Kubernetes;
  let rules: readonly Rule[];
  before(async function () {
    const cluster = await sharedCluster();
    if (cluster === undefined) return this.skip();
    ({ kubeconfig } = cluster);
    admin = connectKubernetes({ kubeconfig });
    rules = await chartRules();
    const labels = { app: "api" };
    await kubectl(kubeconfig, ["apply", "--filename", folder.write("all.yaml", objects(labels))]);
    const config = parse(await readFile(kubeconfig, "utf8")) as { users: { user: object }[] };
    for (const one of config.users) one.user = { ...one.user, as: user };
    const file = folder.write("connector.yaml", stringify(config));
    connector = connectKubernetes({ kubeconfig: file });
  });
  after(async () => {
    if (kubeconfig !== "") {
      await kubectl(kubeconfig, ["delete", "--filename", folder.path("all.yaml"), "--wait=false"]);
    }
    folder.remove();
  });

  async function chartRules(): Promise<readonly Rule[]> {
    const { helm } = await ensureTools();
    const values = { config: { nudge: true }, token: { existingSecret: "t" } };
    const config = {
      azureDevOps: { organisationUrl: "https://dev.azure.com/fabrikam" },
      repositories: [{ name: "manifests", project: "shop", repository: "manifests" }],
      environments: [{ name: "dev", repository: "manifests", clusters: [{ name: "local" }] }],
    };
    const text = stringify({ ...values, config: { ...config, ...values.config } });
    const args = ["template", "fluxgate", "connector/chart"];
    const more = ["--values", folder.write("values.yaml", text)];
    const { stdout } = await promisify(execFile)(helm, [...args, ...more], { timeout: 60_000 });
    const found = parseAllDocuments(stdout)
      .map((document) => document.toJS() as { kind?: string; rules?: Rule[] } | null)
      .find((document) => document?.kind === "ClusterRole");
    return found?.rules ?? [];
  }

  function objects(labels: object): string {
    const subjects = [{ kind: "ServiceAccount", name: "connector", namespace: name }];
    const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name };
    const container = { name: "main", image: "registry.fabrikam.com/api:broken-1" };
    return [
      { apiVersion: "v1", kind: "Namespace", metadata: { name } },
      {
        apiVersion: "v1",
        kind: "ServiceAccount",
        metadata: { name: "connector", namespace: name },
      },
      {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "ClusterRole",
        metadata: { name },
        rules,
      },
      {
        ...{ apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRoleBinding" },
        ...{ metadata: { name }, subjects, roleRef },
      },
      {
        ...{
          apiVersion: "apps/v1",
          kind: "Deployment",
          metadata: { name: "api", namespace: name },
        },
        spec: {
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [container] } },
        },
      },
    ]
      .map((object) => stringify(object))
      .join("---\n");
  }

  /** The role without one verb of one resource, in force once the API server says so. */
  async function grant(without?: { readonly right: ClusterRight; readonly verb: string }) {
    const of = (rule: Rule, resource: string) => {
      const { right, verb } = without ?? {};
      const isIt = right?.resource === resource && rule.apiGroups.includes(right.group);
      return {
        ...rule,
        resources: [resource],
        verbs: rule.verbs.filter((v) => !isIt || v !== verb),
      };
    };
    const left = rules
      .flatMap((rule) => rule.resources.map((resource) => of(rule, resource)))
      .filter(({ verbs }) => verbs.length > 0);
    await admin.call(role, {
      method: "PATCH",
      contentType: "application/merge-patch+json",
      body: { rules: left },
    });
    const { group, resource } = without?.right ?? { group: "", resource: "pods" };
    const action = { verb: without?.verb ?? "list", group, resource };
    await eventually(`${action.verb} ${resource} to be as granted`, async () => {
      const { allowed } = await askAccess(connector, action);
      return allowed === (without === undefined) ? true : undefined;
    });
  }

  async function watching<T>(look: (cluster: WatchedCluster) => Promise<T>): Promise<T> {
    const cluster = watchCluster({
      ...{ name: "west", kubernetes: connector },
      onChange: () => undefined,
    });
    try {
      await cluster.listed;
      return await look(cluster);
    } finally {
      cluster.stop();
    }
  }

  /** A kind's name as objects bear it. */
  async function kindOf({ group, resource }: ClusterRight) {
    const versions = ["v1", "v2"].map((version) => ({
      ...{ version, path: group === "" ? `/api/${version}` : `/apis/${group}/${version}` },
    }));
    for (const { version, path } of versions) {
      const list = await admin.call(path).catch(() => ({}));
      const found = objectsAt(list, "resources").find((one) => textAt(one, "name") === resource);
      if (found) return { group, version, kind: textAt(found, "kind") ?? "" };
    }
    throw new Error(`the API server has no ${resource}`);
  }

  it("miss nothing as they are", async () => {
    await grant();
    await watching(async (cluster) => {
      assert.equal(cluster.silent(), undefined);
      // Its pods say why.
      await eventually("the pods' reason", async () => {
        const { health } = await cluster.observe(api);
        return health.state === "failed" ? health : undefined;
      });
    });
  });

  it("are told by fluxgate doctor: which verb of what, and who lacks it", async () => {
    for (const right of rights) {
      for (const verb of right.verbs) {
        await grant({ right, verb });
        const ask = (action: Parameters<typeof askAccess>[1]) => askAccess(connector, action);
        const found = await runChecks(accessChecks({ nudge: true, ask, who: () => user }));
        const wrong = found.filter(({ state }) => state !== "ok");
        assert.equal(wrong.length, 1, `${verb} ${right.resource}: ${JSON.stringify(wrong)}`);
        assert.match(wrong[0]?.text ?? "", new RegExp(`allows no ${verb}\\b.*${right.resource}`));
      }
    }
  });

  it("make a cluster silent by name where Flux' objects cannot be followed, optional kinds apart", async () => {
    for (const { optional, ...right } of Object.values(fluxKinds)) {
      for (const verb of ["list", "watch"]) {
        await grant({ right, verb });
        await watching(async (cluster) => {
          if (optional) return assert.equal(cluster.silent(), undefined);
          const text = await eventually(`${verb} ${right.resource} to be missed`, () =>
            Promise.resolve(cluster.silent()),
          );
          assert.match(text, new RegExp(`403.*${right.resource}`));
        });
      }
    }
  });

  it("make health unknown where an object may not be read, and nothing else", async () => {
    const read = rights.filter((right) => !Object.values(fluxKinds).some(isOf(right)));
    for (const right of read.filter(({ verbs }) => verbs.includes("get"))) {
      await grant({ right, verb: "get" });
      const kind = await kindOf(right);
      await watching(async (cluster) => {
        const { health } = await cluster.observe({ ...api, ...kind });
        assert.equal(health.state, "forbidden", right.resource);
        assert.equal(cluster.silent(), undefined);
      });
    }
  });

  it("leave the reason unknown where pods may not be listed, never the object's own word", async () => {
    for (const resource of ["pods", "replicasets"]) {
      const right = rights.find((one) => one.resource === resource);
      assert.ok(right);
      await grant({ right, verb: "list" });
      const state = await watching(async (cluster) => (await cluster.observe(api)).health.state);
      assert.equal(state, "in-progress");
    }
  });

  it("refuse a nudge as such, which the connector does without", async () => {
    const nudges = rights.filter(({ verbs }) => verbs.includes("patch"));
    assert.ok(nudges.length > 0);
    for (const right of nudges) {
      await grant({ right, verb: "patch" });
      const kind = Object.values(fluxKinds).find(isOf(right))?.kind ?? "";
      await watching((cluster) =>
        assert.rejects(
          cluster.requestReconcile(
            { kind, namespace: name, name: "a" },
            { at: "2026-11-23T12:00:00Z", reset: true },
          ),
          (error) => error instanceof HttpError && error.status === 403,
        ),
      );
    }
  });
});

const isOf =
  ({ group, resource }: ClusterRight) =>
  (kind: { readonly group: string; readonly resource: string }) =>
    kind.group === group && kind.resource === resource;
