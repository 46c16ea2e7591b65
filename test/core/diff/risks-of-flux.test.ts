import { flux, of, spec } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const source = (kind: string) => spec("source.toolkit.fluxcd.io/v1", kind);
const images = (kind: string) => spec("image.toolkit.fluxcd.io/v1", kind);
const noted = (annotations: object, labels: object = {}) =>
  of("v1", "Service", { metadata: { name: "api", namespace: "shop", annotations, labels } });
const told = (key: string, value: string) =>
  noted({ [`kustomize.toolkit.fluxcd.io/${key}`]: value });
const from = (sourceRef: object) => ({ sourceRef });
const app = { kind: "GitRepository", name: "app" };
const files = (fields: string) =>
  `high unknown-effect: brings other files (${fields}): what Flux applies of them is not known here`;

describe("what is said of a change of Flux' own objects", () => {
  describe("of a Kustomization", () => {
    saysOfRisks([
      [
        "another folder",
        flux({ path: "./a" }, { path: "./b" }),
        "medium flux-behaviour: applies something else: spec.path changes, and what only the old folder holds goes",
      ],
      ["the folder spelt otherwise", flux({ path: "./a/" }, { path: "a" })],
      ["the root spelt otherwise", flux({ path: "./" }, { path: "." })],
      ["the root written out", flux({}, { path: "./" })],
      [
        "the root instead of a folder",
        flux({ path: "a" }, {}),
        "medium flux-behaviour: applies something else: spec.path changes, and what only the old folder holds goes",
      ],
      [
        "another source",
        flux(from(app), from({ ...app, name: "b" })),
        "medium flux-behaviour: applies something else: spec.sourceRef changes",
        "high unknown-effect: takes its files from another source: what Flux applies of them is not known here",
      ],
      [
        "the namespace of its source written out",
        flux(from(app), from({ ...app, namespace: "shop" })),
      ],
      [
        "a source of another namespace",
        flux(from(app), from({ ...app, namespace: "b" })),
        "medium flux-behaviour: applies something else: spec.sourceRef changes",
        "high unknown-effect: takes its files from another source: what Flux applies of them is not known here",
      ],
      [
        "other rights",
        flux({ serviceAccountName: "a" }, { serviceAccountName: "b" }),
        "medium flux-behaviour: acts with other rights (serviceAccountName)",
      ],
      [
        "another cluster",
        flux({}, { kubeConfig: { secretRef: { name: "a" } } }),
        "high flux-behaviour: applies to another cluster (kubeConfig)",
      ],
      [
        "a prefix of names",
        flux({}, { namePrefix: "a-" }),
        "high flux-behaviour: deletes everything and makes it anew under other names (namePrefix)",
      ],
      [
        "a suffix of names",
        flux({ nameSuffix: "-a" }, {}),
        "high flux-behaviour: deletes everything and makes it anew under other names (nameSuffix)",
      ],
      [
        "no decryption",
        flux({ decryption: { provider: "sops" } }, {}),
        "high flux-behaviour: decrypts Secrets otherwise, or not at all (decryption)",
      ],
      [
        "it stops deleting",
        flux({ prune: true }, { prune: false }),
        "medium flux-behaviour: no longer deletes what leaves git (prune)",
      ],
      [
        "it may force",
        flux({}, { force: true }),
        "high flux-behaviour: may delete and recreate objects that cannot be changed (force)",
      ],
      ["it no longer forces", flux({ force: true }, {})],
      [
        "it runs again",
        flux({ suspend: true }, {}),
        "medium flux-behaviour: runs again: Flux applies everything since it was suspended",
      ],
      [
        "it is suspended",
        flux({}, { suspend: true }),
        "high flux-behaviour: is suspended: Flux no longer applies it",
      ],
      ["it is as suspended as before", flux({ suspend: true, a: 1 }, { suspend: true })],
      ["it deletes as it did", flux({ prune: true, a: 1 }, { prune: true })],
      [
        "it begins to delete",
        flux({}, { prune: true }),
        "high flux-behaviour: now deletes what is not in git (prune)",
      ],
      [
        "it leaves all as before",
        flux({ deletionPolicy: "Orphan", a: 1 }, { deletionPolicy: "Orphan" }),
      ],
      [
        "another namespace",
        flux({ targetNamespace: "a" }, { targetNamespace: "b" }),
        "high flux-behaviour: deletes everything in the old namespace and makes it anew in the other, volumes too (targetNamespace)",
      ],
      [
        "it waits for fewer others",
        flux({ dependsOn: [{ name: "a" }, { name: "b" }] }, { dependsOn: [{ name: "b" }] }),
        "medium flux-behaviour: no longer waits for others (dependsOn)",
      ],
      [
        "it waits for one more",
        flux({ dependsOn: [{ name: "a" }] }, { dependsOn: [{ name: "a" }, { name: "b" }] }),
      ],
      ["it waits for no list that was one", flux({ wait: true }, { wait: true, healthChecks: [] })],
      [
        "it waits for an empty list alone",
        flux({ wait: true }, { healthChecks: [] }),
        "medium flux-behaviour: no longer waits for health (wait)",
      ],
      [
        "it leaves all when it goes",
        flux({}, { deletionPolicy: "Orphan" }),
        "medium flux-behaviour: leaves what it applied in the cluster when it goes (deletionPolicy Orphan)",
      ],
      [
        "it takes all when it goes",
        flux({ deletionPolicy: "Orphan" }, { deletionPolicy: "Delete" }),
        "high data-loss: no longer keeps data when it goes (spec.deletionPolicy)",
      ],
      [
        "it waits no longer",
        flux({ wait: true }, {}),
        "medium flux-behaviour: no longer waits for health (wait)",
      ],
      [
        "it waits for some alone",
        flux({ wait: true }, { healthChecks: [{ name: "a" }] }),
        "medium flux-behaviour: no longer waits for health of all, only of those it names (wait)",
      ],
      ["it waits for all instead of some", flux({ healthChecks: [{ name: "a" }] }, { wait: true })],
      [
        "a list goes that nobody asked",
        flux({ wait: true, healthChecks: [{ name: "a" }] }, { wait: true }),
      ],
      [
        "it waits for fewer",
        flux({ healthChecks: [{ name: "a" }, { name: "b" }] }, { healthChecks: [{ name: "b" }] }),
        "medium flux-behaviour: no longer waits for health (healthChecks)",
      ],
      [
        "it waits for more",
        flux({ healthChecks: [{ name: "a" }] }, { healthChecks: [{ name: "a" }, { name: "b" }] }),
      ],
      [
        "it waits for no other",
        flux({ dependsOn: [{ name: "a" }] }, {}),
        "medium flux-behaviour: no longer waits for others (dependsOn)",
      ],
      [
        "health by other words",
        flux(
          { healthCheckExprs: [{ kind: "A", current: "a" }] },
          { healthCheckExprs: [{ kind: "A", current: "b" }] },
        ),
        "medium flux-behaviour: judges health otherwise (healthCheckExprs)",
      ],
      [
        "a new one",
        [
          [],
          of("kustomize.toolkit.fluxcd.io/v1", "Kustomization", {
            spec: { prune: true, wait: true },
          }),
        ],
      ],
      [
        "a new one that is suspended",
        [[], of("kustomize.toolkit.fluxcd.io/v1", "Kustomization", { spec: { suspend: true } })],
        "high flux-behaviour: is suspended: Flux does not apply it yet",
      ],
    ]);
  });

  describe("of a source", () => {
    saysOfRisks([
      [
        "another repository",
        source("GitRepository")({ url: "https://a/b" }, { url: "https://a/c" }),
        "medium flux-behaviour: applies something else: spec.url changes",
        files("url"),
      ],
      [
        "no encryption",
        source("GitRepository")({ url: "https://a/b" }, { url: "http://a/b" }),
        "high flux-behaviour: is fetched without encryption (url)",
        "medium flux-behaviour: applies something else: spec.url changes",
        files("url"),
      ],
      [
        "no signatures",
        source("GitRepository")({ verify: { mode: "HEAD" } }, {}),
        "medium flux-behaviour: checks signatures otherwise, or no longer (verify)",
      ],
      [
        "encryption at last",
        source("GitRepository")({ url: "http://a/b" }, { url: "https://a/b" }),
        "medium flux-behaviour: applies something else: spec.url changes",
        files("url"),
      ],
      [
        "by SSH, which encrypts too",
        source("GitRepository")({ url: "https://a/b" }, { url: "ssh://http:/b" }),
        "medium flux-behaviour: applies something else: spec.url changes",
        files("url"),
      ],
      [
        "another branch",
        source("GitRepository")({ ref: { branch: "a" } }, { ref: { branch: "b" } }),
        "medium flux-behaviour: applies something else: spec.ref changes",
        files("ref"),
      ],
      [
        "other signatures",
        source("GitRepository")({ verify: { mode: "HEAD" } }, { verify: { mode: "Tag" } }),
        "medium flux-behaviour: checks signatures otherwise, or no longer (verify)",
      ],
      [
        "a source without encryption as before",
        source("OCIRepository")({ insecure: true, a: 1 }, { insecure: true }),
      ],
      [
        "no branch of its own to write to",
        images("ImageUpdateAutomation")({ git: { push: { branch: "a" } } }, { git: { push: {} } }),
        "medium flux-behaviour: writes new images to the branch that it reads instead of a (spec.git.push.branch)",
      ],
      [
        "another rule of images",
        images("ImagePolicy")(
          { policy: { semver: { range: "1" } } },
          { policy: { semver: { range: "2" } } },
        ),
        "medium flux-behaviour: chooses other images (spec.policy)",
      ],
      [
        "what an image policy says of itself",
        images("ImagePolicy")({ interval: "1m" }, { interval: "2m" }),
      ],
      ["signatures at last", source("GitRepository")({}, { verify: { mode: "HEAD" } })],
      ["what it leaves out", source("GitRepository")({}, { ignore: "/*" }), files("ignore")],
      [
        "some folders alone",
        source("GitRepository")({}, { sparseCheckout: ["a"] }),
        files("sparseCheckout"),
      ],
      [
        "submodules",
        source("GitRepository")({}, { recurseSubmodules: true }),
        files("recurseSubmodules"),
      ],
      [
        "another repository beside",
        source("GitRepository")({}, { include: [{ repository: { name: "a" } }] }),
        files("include"),
      ],
      [
        "another bucket",
        source("Bucket")({ bucketName: "a" }, { bucketName: "b" }),
        files("bucketName"),
      ],
      [
        "another folder of a bucket",
        source("Bucket")({ prefix: "a" }, { prefix: "b" }),
        files("prefix"),
      ],
      [
        "another store of buckets",
        source("Bucket")({ endpoint: "a" }, { endpoint: "b" }),
        files("endpoint"),
      ],
      [
        "another layer",
        source("OCIRepository")({}, { layerSelector: { operation: "copy" } }),
        files("layerSelector"),
      ],
      ["another chart", source("HelmChart")({ chart: "a" }, { chart: "b" }), files("chart")],
      [
        "another version of a chart",
        source("HelmChart")({ version: "1.0.0" }, { version: "2.0.0" }),
        files("version"),
      ],
      [
        "other values of a chart",
        source("HelmChart")({}, { valuesFiles: ["a.yaml"] }),
        files("valuesFiles"),
      ],
      ["how often it looks", source("GitRepository")({ interval: "1h" }, { interval: "2h" })],
      [
        "no encryption of a registry",
        source("OCIRepository")({}, { insecure: true }),
        "medium flux-behaviour: takes what is fetched without encryption, or from anybody (insecure)",
      ],
      [
        "a new one without encryption",
        [[], of("source.toolkit.fluxcd.io/v1", "OCIRepository", { spec: { insecure: true } })],
        "medium flux-behaviour: takes what is fetched without encryption, or from anybody (insecure)",
      ],
      [
        "another branch to write to",
        images("ImageUpdateAutomation")({}, { git: { push: { branch: "main" } } }),
        "medium flux-behaviour: writes new images to main instead of the branch that it reads (spec.git.push.branch)",
      ],
      [
        "other references to write to",
        images("ImageUpdateAutomation")(
          { git: { push: { refspec: "a" } } },
          { git: { push: { refspec: "b" } } },
        ),
        "medium flux-behaviour: writes new images to b instead of a (spec.git.push.refspec)",
      ],
      [
        "other tags",
        images("ImagePolicy")({ filterTags: { pattern: "a" } }, { filterTags: { pattern: "b" } }),
        "medium flux-behaviour: chooses other images (spec.filterTags)",
      ],
      [
        "another image",
        images("ImagePolicy")(
          { imageRepositoryRef: { name: "a" } },
          { imageRepositoryRef: { name: "b" } },
        ),
        "medium flux-behaviour: chooses other images (spec.imageRepositoryRef)",
      ],
    ]);
  });

  describe("of what its annotations and labels tell Flux to do with one object", () => {
    saysOfRisks([
      [
        "it is left alone",
        [noted({}), told("reconcile", "Disabled")],
        "high flux-behaviour: is no longer applied by Flux: this and later changes do nothing (reconcile)",
      ],
      [
        "it is left alone by a label",
        [noted({}), noted({}, { "kustomize.toolkit.fluxcd.io/reconcile": "disabled" })],
        "high flux-behaviour: is no longer applied by Flux: this and later changes do nothing (reconcile)",
      ],
      [
        "it is left alone as before",
        [told("reconcile", "disabled"), told("reconcile", "Disabled")],
      ],
      [
        "it is passed over",
        [noted({}), told("ssa", "Ignore")],
        "high flux-behaviour: is no longer applied by Flux: this and later changes do nothing (ssa: Ignore)",
      ],
      ["it is made anew as before", [told("force", "enabled"), told("force", "Enabled")]],
      [
        "a note of another tool by the same word",
        [noted({}), noted({ "x/reconcile": "disabled" })],
      ],
      ["it is applied again", [told("reconcile", "disabled"), noted({})]],
      [
        "it is only made",
        [noted({}), told("ssa", "IfNotPresent")],
        "medium flux-behaviour: is only made where it is not there: later changes do nothing (ssa: IfNotPresent)",
      ],
      [
        "it is merged",
        [noted({}), told("ssa", "Merge")],
        "medium flux-behaviour: is applied otherwise where others set its fields (ssa: merge)",
      ],
      [
        "it takes others' fields",
        [noted({}), told("ssa", "Override")],
        "medium flux-behaviour: is applied otherwise where others set its fields (ssa: override)",
      ],
      [
        "it goes with its file again",
        [told("prune", "disabled"), noted({})],
        "medium flux-behaviour: is deleted once it leaves git (prune is no longer disabled)",
      ],
      [
        "it stays without its file",
        [noted({}), told("prune", "disabled")],
        "medium flux-behaviour: stays in the cluster once it leaves git (prune: disabled)",
      ],
      [
        "it stays as it did",
        [told("prune", "disabled"), noted({ "kustomize.toolkit.fluxcd.io/prune": "Disabled" })],
      ],
      ["a new one that stays", [[], told("prune", "disabled")]],
      [
        "it may be made anew",
        [noted({}), told("force", "enabled")],
        "high flux-behaviour: may be deleted and made anew where it cannot be changed (force)",
      ],
    ]);
  });
});
