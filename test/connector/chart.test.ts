import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { parseAllDocuments, stringify } from "yaml";
import { clusterRights, type ClusterRight } from "../../core/connector-config/cluster-rights.ts";
import { parseConfig } from "../../core/connector-config/parse-config.ts";
import { fluxKinds } from "../../core/flux/kinds/flux-kinds.ts";
import { isBuiltIn } from "../../core/health/built-in.ts";
import { knownKinds } from "../../core/health/known/known-kinds.ts";
import { ensureTools } from "../../scripts/tools.ts";
import { connectorFolder } from "./connector-process.ts";

const run = promisify(execFile);

type Rule = {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
};
type Rendered = {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly annotations?: Record<string, string>;
    readonly labels?: Record<string, string>;
  };
  readonly data: Readonly<Record<string, string>>;
  readonly rules: readonly Rule[];
  readonly subjects: readonly { readonly name: string; readonly namespace: string }[];
  readonly spec: Spec;
};
/** The fields of a Deployment and of a NetworkPolicy that the tests look at. */
type Spec = {
  readonly replicas: number;
  readonly strategy: { readonly type: string };
  readonly template: {
    readonly metadata: {
      readonly labels: Readonly<Record<string, string>>;
      readonly annotations: Readonly<Record<string, string>>;
    };
    readonly spec: {
      readonly serviceAccountName: string;
      readonly securityContext: { readonly runAsNonRoot: boolean; readonly seccompProfile: object };
      readonly containers: readonly Container[];
      readonly volumes: readonly { readonly name: string; readonly secret?: object }[];
    };
  };
  readonly minAvailable: number;
  readonly policyTypes: readonly string[];
  readonly egress: readonly { readonly ports: readonly { readonly port: number }[] }[];
};
type Container = {
  readonly image: string;
  readonly env: readonly { readonly name: string }[];
  readonly securityContext: object;
  readonly readinessProbe: { readonly httpGet: { readonly path: string } };
  readonly livenessProbe: { readonly httpGet: { readonly path: string } };
  readonly resources: { readonly limits: { readonly memory?: string } };
  readonly volumeMounts: readonly { readonly name: string }[];
};

const usual = {
  config: {
    mode: "statuses",
    azureDevOps: { organisationUrl: "https://dev.azure.com/fabrikam" },
    repositories: [{ name: "manifests", project: "shop", repository: "shop-manifests" }],
    clusters: [{ name: "local" }],
    environments: [{ name: "dev", repository: "manifests", clusters: [{ name: "local" }] }],
  },
  token: { existingSecret: "azure-devops-token" },
};

const flux = new Set(
  ["source", "kustomize", "helm", "image"].map((name) => `${name}.toolkit.fluxcd.io`),
);
const isCustom = (group: string) => !isBuiltIn({ group }) && !flux.has(group);

describe("the connector's chart", function () {
  this.timeout(60_000);
  let folder: ReturnType<typeof connectorFolder>;
  beforeEach(() => (folder = connectorFolder()));
  afterEach(() => folder.remove());

  async function render(values: object, release = "fluxgate"): Promise<readonly Rendered[]> {
    const { helm } = await ensureTools();
    const file = folder.write("values.yaml", stringify(values));
    const where = ["--namespace", "fluxgate-system", "--values", file];
    const { stdout } = await run(helm, ["template", release, "connector/chart", ...where], {
      timeout: 30_000,
    });
    return parseAllDocuments(stdout).flatMap((document) => {
      assert.deepEqual(document.errors, []);
      return document.contents === null ? [] : [document.toJS() as Rendered];
    });
  }
  async function refusal(values: object): Promise<string> {
    const failed = await render(values).then(
      () => assert.fail("it rendered"),
      (error: unknown) => error as { readonly stderr: string },
    );
    return failed.stderr;
  }
  const one = (objects: readonly Rendered[], kind: string) => {
    const found = objects.find((object) => object.kind === kind);
    assert.ok(found, `no ${kind}`);
    return found;
  };

  const containerOf = (objects: readonly Rendered[]) => {
    const [container] = one(objects, "Deployment").spec.template.spec.containers;
    assert.ok(container);
    return container;
  };

  it("turns its values into a configuration that the connector takes", async () => {
    const nudging = { ...usual, config: { ...usual.config, nudge: true } };
    const { data } = one(await render(nudging), "ConfigMap");
    const config = parseConfig(data["connector.yaml"] ?? "", "connector.yaml");
    assert.equal(config.mode, "statuses");
    assert.equal(config.nudge, true);
    assert.deepEqual(config.listen, { host: "0.0.0.0", port: 8080 });
  });

  it("may read what Flux does and why a workload is not healthy, and nothing else", async () => {
    const { rules } = one(await render(usual), "ClusterRole");
    const own = rules.filter(({ apiGroups }) => !apiGroups.some(isCustom));
    assert.deepEqual(rightsOf(own), rightsOf(clusterRights({ nudge: false }).map(asRule)));
  });

  it("may do what fluxgate doctor asks for, nudges included", async () => {
    const nudging = { ...usual, config: { ...usual.config, nudge: true } };
    const { rules } = one(await render(nudging), "ClusterRole");
    const granted = rightsOf(rules);
    for (const right of rightsOf(clusterRights({ nudge: true }).map(asRule))) {
      assert.ok(granted.includes(right), right);
    }
  });

  it("may do with each kind of Flux what watching it needs, and nudge those that are nudged", async () => {
    const nudging = { ...usual, config: { ...usual.config, nudge: true } };
    const { rules } = one(await render(nudging), "ClusterRole");
    for (const { group, resource, verbs, nudged } of Object.values(fluxKinds)) {
      const granted = rules
        .filter((rule) => rule.apiGroups.includes(group) && rule.resources.includes(resource))
        .flatMap((rule) => rule.verbs);
      assert.deepEqual(granted.sort(), [...verbs, ...(nudged ? ["patch"] : [])].sort(), resource);
    }
  });

  it("may get every custom resource whose health is known by name, and no more of them", async () => {
    const { rules } = one(await render(usual), "ClusterRole");
    const custom = rules.filter(({ apiGroups }) => apiGroups.some(isCustom));
    assert.deepEqual([...new Set(custom.flatMap(({ verbs }) => verbs))], ["get"]);
    const asked = knownKinds.filter(({ type, current }) => current !== "true" && !/^\*/.test(type));
    for (const { type } of asked) {
      const [kind = "", ...group] = type.toLowerCase().split(".");
      const stem = kind.replace(/y$/, "");
      const may = rules.some(
        ({ apiGroups, resources }) =>
          apiGroups.includes(group.join(".")) &&
          resources.some((resource) => resource === "*" || resource.startsWith(stem)),
      );
      assert.ok(may, type);
    }
  });

  it("may ask Flux to fetch only where the configuration says so", async () => {
    const patching = (objects: readonly Rendered[]) =>
      one(objects, "ClusterRole").rules.filter(({ verbs }) => verbs.includes("patch"));
    const nudging = { ...usual, config: { ...usual.config, nudge: true } };
    assert.deepEqual(patching(await render(usual)), []);
    assert.deepEqual(patching(await render(nudging)), [
      {
        apiGroups: ["source.toolkit.fluxcd.io"],
        resources: ["gitrepositories"],
        verbs: ["patch"],
      },
      {
        apiGroups: ["helm.toolkit.fluxcd.io"],
        resources: ["helmreleases"],
        verbs: ["patch"],
      },
    ]);
  });

  it("may read events and logs only where an environment tells them to the hub", async () => {
    const [environment] = usual.config.environments;
    const telling = { ...environment, snapshot: { events: true, logLines: 20 } };
    const objects = await render({
      ...usual,
      config: { ...usual.config, environments: [telling] },
    });
    const rights = rightsOf(one(objects, "ClusterRole").rules);
    assert.deepEqual(
      rights.filter((right) => /events|log/.test(right)),
      ["core/events: get list", "core/pods/log: get"],
    );
  });

  it("binds these rights to its own service account", async () => {
    const objects = await render(usual);
    const { name } = one(objects, "ServiceAccount").metadata;
    assert.equal(name, "fluxgate-connector");
    assert.deepEqual(one(objects, "ClusterRoleBinding").subjects, [
      { kind: "ServiceAccount", name, namespace: "fluxgate-system" },
    ]);
    assert.equal(one(objects, "Deployment").spec.template.spec.serviceAccountName, name);
  });

  it("holds no secret: it names those of the user", async () => {
    const objects = await render({ ...usual, bell: { existingSecret: "bell-key" } });
    assert.ok(objects.every(({ kind }) => kind !== "Secret"));
    assert.deepEqual(
      containerOf(objects).env.filter(({ name }) => /TOKEN|KEY/.test(name)),
      [
        {
          name: "FLUXGATE_TOKEN",
          valueFrom: { secretKeyRef: { name: "azure-devops-token", key: "token" } },
        },
        {
          name: "FLUXGATE_BELL_KEY",
          valueFrom: { secretKeyRef: { name: "bell-key", key: "token" } },
        },
      ],
    );
  });

  it("runs without root, without rights of its own, and on a file system that it cannot change", async () => {
    const objects = await render(usual);
    const { spec } = one(objects, "Deployment").spec.template;
    assert.equal(spec.securityContext.runAsNonRoot, true);
    assert.deepEqual(spec.securityContext.seccompProfile, { type: "RuntimeDefault" });
    const container = containerOf(objects);
    assert.deepEqual(container.securityContext, {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    assert.equal(container.readinessProbe.httpGet.path, "/readyz");
    assert.equal(container.livenessProbe.httpGet.path, "/healthz");
    assert.ok(container.resources.limits.memory);
  });

  it("runs once, and takes a changed configuration without a restart", async () => {
    const before = one(await render(usual), "Deployment").spec;
    const full = { ...usual, config: { ...usual.config, mode: "full" } };
    const after = one(await render(full), "Deployment").spec;
    assert.deepEqual([before.replicas, before.strategy.type], [1, "Recreate"]);
    assert.deepEqual(before.template, after.template);
    // A file that is mounted by subPath never changes.
    assert.doesNotMatch(JSON.stringify(before), /subPath/);
  });

  it("elects one of two replicas, by a Lease that it may write, and keeps one through drains", async () => {
    const objects = await render({ ...usual, replicas: 2 });
    const { spec } = one(objects, "Deployment");
    assert.deepEqual([spec.replicas, spec.strategy.type], [2, "RollingUpdate"]);
    const config = parseConfig(
      one(objects, "ConfigMap").data["connector.yaml"] ?? "",
      "connector.yaml",
    );
    const lease = "fluxgate-system/fluxgate-connector";
    assert.deepEqual(config.leaderElection, { lease, cluster: "local", duration: 15_000 });
    assert.deepEqual(rightsOf(one(objects, "Role").rules), [
      "coordination.k8s.io/leases: create",
      "coordination.k8s.io/leases: get update",
    ]);
    assert.equal(one(objects, "PodDisruptionBudget").spec.minAvailable, 1);
    const alone = await render(usual);
    const kinds = alone.map(({ kind }) => kind);
    assert.ok(!kinds.includes("PodDisruptionBudget") && !kinds.includes("Role"));
  });

  it("lets Prometheus find it by the labels that it selects by", async () => {
    const monitored = { enabled: true, labels: { release: "prometheus" } };
    const objects = await render({ ...usual, serviceMonitor: monitored });
    assert.equal(one(objects, "ServiceMonitor").metadata.labels?.["release"], "prometheus");
  });

  it("asks for readiness by helm test, and lets that through its own network policy", async () => {
    const objects = await render(usual);
    const pod = one(objects, "Pod");
    const { labels = {} } = pod.metadata;
    assert.ok(JSON.stringify(one(objects, "NetworkPolicy").spec).includes(JSON.stringify(labels)));
    // The service must not lead to the test itself.
    assert.notEqual(labels["app.kubernetes.io/name"], "fluxgate-connector");
  });

  it("takes an image by its digest, and more environment", async () => {
    const digest = `sha256:${"a".repeat(64)}`;
    const extraEnv = [{ name: "HTTPS_PROXY", value: "http://proxy:3128" }];
    const { image, env } = containerOf(await render({ ...usual, image: { digest }, extraEnv }));
    assert.equal(image, `fluxgate-connector@${digest}`);
    assert.ok(env.some(({ name }) => name === "HTTPS_PROXY"));
  });

  it("signs in by workload identity without any Secret", async () => {
    const azureDevOps = { ...usual.config.azureDevOps, authentication: "workload-identity" };
    const objects = await render({
      config: { ...usual.config, azureDevOps },
      workloadIdentity: { clientId: "a-client" },
    });
    const { metadata, spec } = one(objects, "Deployment").spec.template;
    assert.equal(metadata.labels["azure.workload.identity/use"], "true");
    assert.deepEqual(one(objects, "ServiceAccount").metadata.annotations, {
      "azure.workload.identity/client-id": "a-client",
    });
    assert.doesNotMatch(JSON.stringify(spec), /secretKeyRef/);
  });

  it("mounts the kubeconfigs of other clusters from a Secret", async () => {
    const objects = await render({ ...usual, kubeconfigs: { existingSecret: "clusters" } });
    const { spec } = one(objects, "Deployment").spec.template;
    const mount = containerOf(objects).volumeMounts.find(({ name }) => name === "kubeconfigs");
    assert.deepEqual(mount, {
      ...{ name: "kubeconfigs", mountPath: "/etc/fluxgate/kubeconfigs", readOnly: true },
    });
    const volume = spec.volumes.find(({ name }) => name === "kubeconfigs");
    assert.deepEqual(volume?.secret, { secretName: "clusters", defaultMode: 0o440 });
  });

  it("closes the network unless it is told not to", async () => {
    const open = await render({ ...usual, networkPolicy: { enabled: false } });
    assert.ok(open.every(({ kind }) => kind !== "NetworkPolicy"));
    const objects = await render(usual);
    const { spec } = one(objects, "NetworkPolicy");
    assert.deepEqual(spec.policyTypes, ["Ingress", "Egress"]);
    assert.deepEqual(
      spec.egress.flatMap(({ ports }) => ports.map(({ port }) => port)),
      [53, 53, 443, 6443],
    );
  });

  it("says what is missing instead of rendering half", async () => {
    assert.match(await refusal({ config: usual.config }), /Set token\.existingSecret to a Secret/);
    assert.match(await refusal({}), /organisationUrl/);
    assert.match(await refusal({ ...usual, tokn: {} }), /tokn/);
  });

  it("passes helm's own checks", async () => {
    const { helm } = await ensureTools();
    const { stdout: linted } = await run(
      helm,
      ["lint", "connector/chart", "--strict", "--values", folder.write("v", stringify(usual))],
      { timeout: 30_000 },
    );
    assert.match(linted, /1 chart\(s\) linted, 0 chart\(s\) failed/);
  });
});

function asRule({ group, resource, verbs }: ClusterRight): Rule {
  return { apiGroups: [group], resources: [resource], verbs };
}

/** `group/resource: verbs` of every rule, sorted. */
function rightsOf(rules: readonly Rule[]): readonly string[] {
  return rules
    .flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group) =>
        resources.map((resource) => `${group || "core"}/${resource}: ${verbs.join(" ")}`),
      ),
    )
    .sort();
}
