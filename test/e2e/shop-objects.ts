// What an environment's folder holds in these tests, as RenderManifests would have written it.
import { createHash } from "node:crypto";
import { identityOf, type KubernetesObject } from "../../core/manifests/identity.ts";
import { manifestFileName } from "../../core/manifests/file-name.ts";
import { toYaml } from "../../core/manifests/kubernetes-yaml.ts";
import type { Origins } from "../../core/render/origins.ts";
import { type OwnedFile, ownershipIndexText } from "../../core/render/ownership-index.ts";

export type Versions = { readonly api: string; readonly web: string };

const inShop = (kind: string, name: string, body: object) =>
  ({ apiVersion: "v1", kind, metadata: { name, namespace: "shop" }, ...body }) as KubernetesObject;

function deployment(name: string, version: string, container: object = {}): KubernetesObject {
  const labels = { "app.kubernetes.io/name": name, "app.kubernetes.io/version": version };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "shop", labels },
    spec: {
      replicas: 2,
      selector: { matchLabels: { "app.kubernetes.io/name": name } },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name,
              image: `registry.fabrikam.com/shop/${name}:${version}`,
              env: [
                { name: "CACHE_TTL", value: version.startsWith("1.4") ? "30" : "60" },
                { name: "LOG_LEVEL", value: "info" },
              ],
              ...container,
            },
          ],
        },
      },
    },
  };
}

/** What every version of the shop has. */
export function shop({ api, web }: Versions): readonly KubernetesObject[] {
  return [
    deployment("api", api, { readinessProbe: { httpGet: { path: "/ready", port: 8080 } } }),
    deployment("web", web),
    inShop("Service", "api", { spec: { ports: [{ port: 80 }] } }),
    inShop("Secret", "api", { stringData: { password: `hunter2-${api}` } }),
  ];
}

export const cache = inShop("PersistentVolumeClaim", "cache", {
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "5Gi" } } },
});

export const worker = deployment("worker", "1.0.0");

/** Every text in it would be markup, if anything took it for that. */
export const hostile = inShop("ConfigMap", "motd", {
  data: {
    "<img src=x onerror=alert(1)>": "<script>document.title='owned'</script>",
    text: `line one\n<b>line two</b>\n${"x".repeat(300)}\n`,
  },
});

/** Path → text of an environment's folder, with its ownership index. */
export function folder(options: {
  readonly environment: string;
  readonly objects: readonly KubernetesObject[];
  readonly images: Versions;
  readonly run: string;
  /** Of the code that it was rendered from. */
  readonly source?: string;
  readonly origins?: Origins;
}): Readonly<Record<string, string>> {
  const {
    environment,
    objects,
    images,
    run,
    source = "0123456789012345678901234567890123456789",
    origins,
  } = options;
  const files = objects.map((object) => {
    const identity = identityOf(object);
    return { path: `api/${manifestFileName(identity)}`, identity, text: toYaml(object) };
  });
  const owned: Record<string, OwnedFile> = Object.fromEntries(
    files.map(({ path, identity, text }) => [
      path,
      { app: "api", identity, sha256: createHash("sha256").update(text).digest("hex") },
    ]),
  );
  const index = ownershipIndexText({
    apiVersion: "fluxgate.dev/v1",
    kind: "OwnershipIndex",
    delivery: "shop",
    environment,
    files: owned,
    provenance: {
      source: { repository: "shop", commit: source },
      run,
      tools: { fluxgate: "0.1.0" },
      images: Object.fromEntries(
        Object.entries(images).map(([name, tag]) => [`registry.fabrikam.com/shop/${name}`, tag]),
      ),
      inputsDigest: "0".repeat(64),
      ...(origins === undefined ? {} : { origins }),
    },
  });
  return Object.fromEntries([
    ...files.map(({ path, text }) => [`${environment}/${path}`, text]),
    [`${environment}/.fluxgate/shop.json`, index],
  ]) as Record<string, string>;
}
