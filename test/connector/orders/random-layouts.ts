// Repositories as teams lay them out for Flux, made by chance, and what a commit makes of them: what
// applies what, in which order, with whose values, from which source.
import { stringify } from "yaml";
import { randomFrom } from "../../support/random.ts";

export type Tree = Readonly<Record<string, string>>;
export type Layout = {
  readonly before: Tree;
  readonly after: Tree;
  readonly edits: readonly string[];
};

/** @param seed the same one makes the same layouts */
export function randomLayouts(seed: number): { readonly next: () => Layout } {
  const chance = chanceFrom(seed);
  return { next: () => edited(chance) };
}

type Chance = ReturnType<typeof chanceFrom>;
type Release = {
  readonly chart: string;
  readonly version: string;
  readonly values: object;
  readonly from?: string;
  readonly byRevision?: boolean;
  readonly suspend?: boolean;
};
type Facts = {
  readonly app: object;
  readonly appName: string;
  readonly appFolder: string;
  readonly image: string;
  readonly note: string;
  readonly twin: object | undefined;
  readonly infra: object;
  readonly infraValue: string;
  readonly config: object;
  readonly vars: object;
  readonly varsAt: string;
  readonly release: Release | undefined;
  readonly releaseValues: object;
  readonly valuesAt: string;
  readonly chart: { readonly version: string; readonly template: string };
  readonly ref: object;
  readonly patch: string | undefined;
  readonly ignore: string | undefined;
};

function chanceFrom(seed: number) {
  const next = randomFrom(seed);
  // The first ones of near seeds are near one another.
  for (let at = 0; at < 10; at += 1) next();
  const maybe = (probability: number) => next() < probability;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const some = (probability: number, make: () => object) => (maybe(probability) ? make() : {});
  return { maybe, pick, some };
}

const places = ["clusters/prod", "config", "infra"];

function edited(chance: Chance): Layout {
  const { maybe, pick } = chance;
  const facts = factsOf(chance);
  const before = treeOf(facts);
  const edits: string[] = [];
  const changed: Record<string, unknown> = { ...facts };
  for (let most = maybe(0.4) ? 1 : maybe(0.6) ? 2 : 3; edits.length < most;) {
    const name = pick(Object.keys(facts) as (keyof Facts)[]);
    const was = changed[name];
    for (let tries = 0; tries < 8 && canBeSame(was, changed[name]); tries += 1) {
      changed[name] = factsOf(chance)[name];
    }
    edits.push(name);
  }
  return { before, after: treeOf(changed as Facts), edits };
}

function canBeSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What may be other after a commit, each by itself. */
function factsOf({ maybe, pick, some }: Chance): Facts {
  const spec = () => ({
    ...{ interval: "5m", prune: maybe(0.85) },
    ...some(0.04, () => ({ suspend: maybe(0.5) })),
    ...some(0.1, () => ({ force: true })),
    ...some(0.1, () => ({ deletionPolicy: pick(["Orphan", "Delete", "MirrorPrune"]) })),
    ...some(0.04, () => ({ kubeConfig: { secretRef: { name: "remote" } } })),
    ...some(0.2, () => ({ wait: true })),
    ...some(0.3, () => ({ dependsOn: [{ name: pick(["config", "infra"]) }] })),
    ...some(0.2, () => ({ targetNamespace: pick(["t1", "t2"]) })),
    ...some(0.5, () => ({
      postBuild: {
        ...some(0.5, () => ({ substitute: { V: pick(["one", "two"]) } })),
        ...some(0.7, () => ({ substituteFrom: [{ kind: "ConfigMap", name: "vars" }] })),
      },
    })),
  });
  return {
    app: spec(),
    appName: maybe(0.85) ? "app" : "shop",
    appFolder: maybe(0.85) ? "apps/shop" : "apps/shop2",
    ...{ image: pick(["1", "2", "3"]), note: pick(["${V}", "plain", "x-${V}"]) },
    twin: maybe(0.25) ? { ...spec(), targetNamespace: pick(["twin", "other"]) } : undefined,
    infra: { ...spec(), dependsOn: undefined },
    infraValue: pick(["a", "b"]),
    config: { interval: "5m", prune: true, ...some(0.03, () => ({ suspend: true })) },
    vars: { V: pick(["k1", "k2", "k3"]) },
    // Of what the values are: of the cluster's own folder, or of one that another brings.
    varsAt: pick(places),
    release: maybe(0.6)
      ? {
          chart: pick(["git", "git", "registry"]),
          ...{ version: pick(["1.0.0", "1.1.0"]), values: { a: pick(["1", "2"]) } },
          ...some(0.6, () => ({ from: "release-values" })),
          ...some(0.2, () => ({ byRevision: true })),
          ...some(0.05, () => ({ suspend: maybe(0.5) })),
        }
      : undefined,
    releaseValues: { b: pick(["1", "2", "3"]) },
    valuesAt: pick(["config", "infra", "app", "app", "app"]),
    chart: { version: pick(["0.1.0", "0.2.0"]), template: pick(["one", "two", "three"]) },
    ref: maybe(0.97) ? { branch: "main" } : { tag: pick(["old", "new"]) },
    patch: maybe(0.15) ? pick(["patched", "again"]) : undefined,
    ignore: maybe(0.08) ? pick(["/infra/b.yaml\n", "/infra/a.yaml\n"]) : undefined,
  };
}

function treeOf(facts: Facts): Tree {
  const of = facts;
  const folder = of.appFolder;
  const files: Record<string, string> = {
    "clusters/prod/app.yaml": flux(of.appName, folder, of.app),
    "clusters/prod/config.yaml": flux("config", "config", of.config),
    "clusters/prod/source.yaml": source(of.ref, of.ignore),
    ...(of.twin && { "clusters/prod/twin.yaml": flux("twin", folder, of.twin) }),
    "clusters/prod/infra.yaml": flux("infra", "infra", of.infra),
    [`${folder}/api.yaml`]: workload("api", of.image, of.note),
    [`${folder}/extra.yaml`]: workload("extra", "1", "plain"),
    [`${folder}/kustomization.yaml`]: stringify({
      resources: ["api.yaml", "extra.yaml", ...(of.release ? ["release.yaml"] : [])],
    }),
    "config/settings.yaml": settings("settings", { s: "1" }, "shop"),
    "infra/a.yaml": settings("infra-a", { v: of.infraValue }, "shop"),
    "infra/b.yaml": workload("infra-b", "1", of.infraValue),
    [`${of.varsAt}/vars.yaml`]: settings("vars", of.vars, "flux-system"),
    "charts/web/Chart.yaml": stringify({
      apiVersion: "v2",
      name: "web",
      version: of.chart.version,
    }),
    "charts/web/templates/web.yaml": stringify({
      kind: "ConfigMap",
      data: { t: of.chart.template },
    }),
  };
  if (of.patch !== undefined) {
    files["clusters/prod/kustomization.yaml"] = stringify({
      resources: Object.keys(files)
        .filter((path) => path.startsWith("clusters/prod/"))
        .map((path) => path.slice("clusters/prod/".length)),
      patches: [
        {
          target: { kind: "Kustomization", name: "(app|shop)" },
          patch: stringify([
            { op: "add", path: "/spec/commonMetadata", value: { labels: { p: of.patch } } },
          ]),
        },
      ],
    });
  }
  if (of.release) {
    files[`${folder}/release.yaml`] = release(of.release);
    const at = of.valuesAt === "app" ? folder : of.valuesAt;
    files[`${at}/release-values.yaml`] = settings("release-values", of.releaseValues, "shop");
    if (at === folder) {
      files[`${folder}/kustomization.yaml`] += "  - release-values.yaml\n";
    }
  }
  return files;
}

function flux(name: string, path: string, spec: object): string {
  return stringify(
    dropped({
      ...{ apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization" },
      metadata: { name, namespace: "flux-system" },
      spec: {
        path: `./${path}`,
        sourceRef: { kind: "GitRepository", name: "flux-system" },
        ...spec,
      },
    }),
  );
}

function source(ref: object, ignore: string | undefined): string {
  return stringify(
    dropped({
      ...{ apiVersion: "source.toolkit.fluxcd.io/v1", kind: "GitRepository" },
      metadata: { name: "flux-system", namespace: "flux-system" },
      spec: { url: "https://dev.azure.com/fabrikam/shop/_git/manifests", ref, ignore },
    }),
  );
}

function release(of: Release): string {
  const sourceRef =
    of.chart === "git"
      ? { kind: "GitRepository", name: "flux-system", namespace: "flux-system" }
      : { kind: "HelmRepository", name: "registry", namespace: "flux-system" };
  return stringify(
    dropped({
      ...{ apiVersion: "helm.toolkit.fluxcd.io/v2", kind: "HelmRelease" },
      metadata: { name: "web", namespace: "shop" },
      spec: {
        ...{ interval: "5m", suspend: of.suspend, values: of.values },
        chart: {
          spec: {
            chart: of.chart === "git" ? "./charts/web" : "web",
            version: of.chart === "git" ? undefined : of.version,
            reconcileStrategy: of.byRevision ? "Revision" : undefined,
            sourceRef,
          },
        },
        valuesFrom: of.from ? [{ kind: "ConfigMap", name: of.from }] : undefined,
      },
    }),
  );
}

function settings(name: string, data: object, namespace: string): string {
  return stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace }, data });
}

function workload(name: string, tag: string, note: string): string {
  const labels = { app: name };
  return stringify({
    ...{ apiVersion: "apps/v1", kind: "Deployment" },
    metadata: { name, namespace: "shop", annotations: { note } },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: "a", image: `r/a:${tag}` }] },
      },
    },
  });
}

function dropped(object: object): object {
  return JSON.parse(JSON.stringify(object)) as object;
}
