// The files of a repository as teams lay them out for Flux: a folder of the cluster, an app, values, charts.
import { stringify } from "yaml";

export type Tree = Readonly<Record<string, string>>;
type Release = {
  readonly chart: string;
  readonly version: string;
  readonly values: object;
  readonly from?: string;
  readonly byRevision?: boolean;
  readonly suspend?: boolean;
};
/** What may be other after a commit. */
export type Facts = {
  readonly app: object;
  readonly appName: string;
  readonly appFolder: string;
  readonly image: string;
  readonly note: string;
  readonly twin: object | undefined;
  readonly infra: object;
  readonly infraValue: string;
  /** An artefact of a registry says which commit it was made from, or does not. */
  readonly infraFrom: "git" | "told" | "untold";
  /** What someone has to let go before it ends. */
  readonly finalizers: readonly string[] | undefined;
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

/** The repository that facts make. */
export function treeOf(of: Facts): Tree {
  const folder = of.appFolder;
  const files: Record<string, string> = {
    "clusters/prod/app.yaml": flux(of.appName, folder, of.app),
    "clusters/prod/config.yaml": flux("config", "config", of.config),
    "clusters/prod/source.yaml": source(of.ref, of.ignore),
    ...(of.twin && { "clusters/prod/twin.yaml": flux("twin", folder, of.twin) }),
    "clusters/prod/infra.yaml": flux("infra", "infra", {
      ...(of.infraFrom === "git" ? {} : { sourceRef: { kind: "OCIRepository", name: "infra" } }),
      ...of.infra,
    }),
    ...(of.infraFrom === "git"
      ? {}
      : { "clusters/prod/infra-source.yaml": registry(of.infraFrom) }),
    [`${folder}/api.yaml`]: workload("api", {
      ...{ tag: of.image, note: of.note },
      ...(of.finalizers && { finalizers: of.finalizers }),
    }),
    [`${folder}/extra.yaml`]: workload("extra", { tag: "1", note: "plain" }),
    [`${folder}/kustomization.yaml`]: stringify({
      resources: ["api.yaml", "extra.yaml", ...(of.release ? ["release.yaml"] : [])],
    }),
    "config/settings.yaml": settings("settings", { s: "1" }, "shop"),
    "infra/a.yaml": settings("infra-a", { v: of.infraValue }, "shop"),
    "infra/b.yaml": workload("infra-b", { tag: "1", note: of.infraValue }),
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
    files[`${folder}/release.yaml`] =
      of.release.chart === "oci"
        ? `${release(of.release)}---\n${chartSource(of.release)}`
        : release(of.release);
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

function chartSource(of: Release): string {
  return stringify({
    ...{ apiVersion: "source.toolkit.fluxcd.io/v1", kind: "OCIRepository" },
    metadata: { name: "web", namespace: "shop" },
    spec: { url: "oci://registry.fabrikam.com/web", ref: { tag: of.version } },
  });
}

function registry(from: "told" | "untold"): string {
  return stringify({
    ...{ apiVersion: "source.toolkit.fluxcd.io/v1", kind: "OCIRepository" },
    metadata: { name: "infra", namespace: "flux-system" },
    spec: { url: `oci://registry.fabrikam.com/${from}`, ref: { tag: "latest" } },
  });
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
        ...(of.chart === "oci"
          ? { chartRef: { kind: "OCIRepository", name: "web" } }
          : {
              chart: {
                spec: {
                  chart: of.chart === "git" ? "./charts/web" : "web",
                  version: of.chart === "git" ? undefined : of.version,
                  reconcileStrategy: of.byRevision ? "Revision" : undefined,
                  sourceRef,
                },
              },
            }),
        valuesFrom: of.from ? [{ kind: "ConfigMap", name: of.from }] : undefined,
      },
    }),
  );
}

function settings(name: string, data: object, namespace: string): string {
  return stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace }, data });
}

function workload(
  name: string,
  of: { readonly tag: string; readonly note: string; readonly finalizers?: readonly string[] },
): string {
  const { tag, note, finalizers } = of;
  const labels = { app: name };
  return stringify({
    ...{ apiVersion: "apps/v1", kind: "Deployment" },
    metadata: { name, namespace: "shop", annotations: { note }, ...(finalizers && { finalizers }) },
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
