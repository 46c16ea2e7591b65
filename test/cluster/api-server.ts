import assert from "node:assert/strict";
import { before } from "mocha";
import { connectKubernetes, type Kubernetes } from "../../clients/kubernetes/connect.ts";
import { type FindPath, pathFinder } from "../../clients/kubernetes/find-resource.ts";
import { HttpError } from "../../core/errors.ts";
import { identityOf, type KubernetesObject } from "../../core/manifests/identity.ts";
import { sharedCluster } from "../support/shared-cluster.ts";
import type { OpenApi } from "./field-edits.ts";

type ApiGroups = {
  readonly groups: readonly {
    readonly name: string;
    readonly versions: readonly { readonly groupVersion: string }[];
  }[];
};
type ApiResources = {
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly verbs: readonly string[];
  }[];
};

export type Stored = Readonly<Record<string, unknown>>;
type How = {
  readonly dryRun?: boolean;
  /** As Flux applies: doubled and unknown fields are refused. */
  readonly strict?: boolean;
};

/** The real API server, asked as Flux asks it: by server-side apply. */
export type ApiServer = {
  /** Where an object lies; in `default`, where it has no namespace of its own. */
  readonly pathOf: (object: KubernetesObject) => Promise<string>;
  readonly apply: (path: string, object: object, how?: How) => Promise<Stored>;
  /** What an apply is refused with; undefined where it is taken. */
  readonly refusal: (path: string, object: object, how?: How) => Promise<string | undefined>;
  /** Takes an object away at once, whatever holds it; its controller may have done so before. */
  readonly remove: (path: string) => Promise<void>;
  /** What it serves and lets apply, without custom resources: `apps/v1/Deployment`. */
  readonly builtInKinds: () => Promise<readonly string[]>;
  readonly schemasOf: (object: KubernetesObject) => Promise<OpenApi>;
};

/** For the tests of one `describe`, which are skipped where there is none. */
export function useApiServer(): ApiServer {
  let api: Kubernetes;
  let findPath: FindPath;
  before(async function () {
    const cluster = await sharedCluster();
    if (cluster === undefined) return this.skip();
    api = connectKubernetes({ kubeconfig: cluster.kubeconfig });
    findPath = pathFinder(api);
  });
  const apply = async (path: string, body: object, { dryRun, strict }: How = {}) => {
    const query = [
      "fieldManager=test&force=true",
      ...(dryRun ? ["dryRun=All"] : []),
      ...(strict ? ["fieldValidation=Strict"] : []),
    ].join("&");
    const contentType = "application/apply-patch+yaml";
    const stored = await api.call(`${path}?${query}`, { method: "PATCH", body, contentType });
    if (!dryRun && isClaim(stored)) await bind(path, stored);
    return stored as Stored;
  };
  // What lies in a cluster has been taken up: no claim of this one would ever find a volume.
  const bind = async (path: string, { spec }: Claim) => {
    const body = { status: { phase: "Bound", capacity: spec.resources.requests } };
    const contentType = "application/merge-patch+json";
    await api.call(`${path}/status`, { method: "PATCH", body, contentType });
  };
  const schemas = new Map<string, Promise<unknown>>();
  return {
    pathOf: async (object) => {
      const metadata = { namespace: "default", ...object.metadata };
      const found = await findPath(identityOf({ ...object, metadata }));
      return found?.path ?? assert.fail(`${object.apiVersion} ${object.kind} is served`);
    },
    apply,
    refusal: async (path, body, how) => {
      const answer = await apply(path, body, how).catch(refusalOf);
      return typeof answer === "string" ? answer : undefined;
    },
    remove: async (path) => {
      const contentType = "application/merge-patch+json";
      const body = { metadata: { finalizers: null } };
      // The product deletes nothing, so its client has no word for it.
      const method = "DELETE" as "POST";
      await api
        .call(path, { method: "PATCH", body, contentType })
        .then(() => api.call(`${path}?gracePeriodSeconds=0`, { method }))
        .catch(unlessGone);
    },
    builtInKinds: async () => {
      const { groups } = (await api.call("/apis")) as ApiGroups;
      const versions = groups
        .filter(({ name }) => !name.includes(".") || name.endsWith(".k8s.io"))
        .flatMap((group) => group.versions.map(({ groupVersion }) => groupVersion));
      const paths = versions.map((version) => [version, `/apis/${version}`] as const);
      const found: string[] = [];
      for (const [version, path] of [["v1", "/api/v1"] as const, ...paths]) {
        const { resources } = (await api.call(path)) as ApiResources;
        const kept = resources.filter(({ name, verbs }) => {
          return !name.includes("/") && verbs.includes("patch");
        });
        found.push(...kept.map(({ kind }) => `${version}/${kind}`));
      }
      return found;
    },
    schemasOf: async ({ apiVersion }) => {
      const path = `/openapi/v3/${apiVersion.includes("/") ? "apis" : "api"}/${apiVersion}`;
      const found = schemas.get(path) ?? api.call(path);
      schemas.set(path, found);
      return (await found) as OpenApi;
    },
  };
}

type Claim = {
  readonly kind: string;
  readonly spec: { readonly resources: { readonly requests: object } };
};

function isClaim(stored: unknown): stored is Claim {
  return (stored as Claim).kind === "PersistentVolumeClaim";
}

// The product's client takes every Status for a refusal, since nothing that it calls is answered by
// one; of a removal it is how the server says that it went well.
function unlessGone(error: unknown): void {
  const isGone = error instanceof HttpError && error.status === 404;
  const isDone = error instanceof HttpError && /"status":\s*"Success"/.test(error.message);
  if (!isGone && !isDone) throw error;
}

/** The server's words where it refused; any other error is thrown. */
export function refusalOf(error: unknown): string {
  if (error instanceof HttpError && error.status >= 400) return error.message;
  throw error;
}
