// What the cases of the contract need, whichever form of the cluster they run on.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import {
  ApiException,
  KubeConfig,
  type KubernetesObject,
  KubernetesObjectApi,
  PatchStrategy,
} from "@kubernetes/client-node";
import { stringify } from "yaml";
import type { FluxCluster } from "../../flux.ts";
import { eventually } from "../support/eventually.ts";
import { restOf } from "../support/rest.ts";
import { sandboxWith } from "../support/sandbox-with.ts";

export type SeenCondition = {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
};

type SeenContainer = {
  readonly name: string;
  readonly restartCount: number;
  readonly state: {
    readonly waiting?: { readonly reason: string; readonly message: string };
    readonly running?: object;
  };
  readonly lastState: { readonly terminated?: { readonly exitCode: number } };
};

/** An entry of a HelmRelease's history. */
type SeenSnapshot = {
  readonly version: number;
  readonly status: string;
  readonly action?: string;
  readonly chartName: string;
  readonly appVersion?: string;
  readonly configDigest: string;
  readonly testHooks?: Readonly<Record<string, { readonly phase: string }>>;
};

/** An object as a client reads it: the fields that the cases look at. */
export type Seen = {
  readonly metadata: {
    readonly name: string;
    readonly generation: number;
    readonly resourceVersion: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly ownerReferences: readonly { readonly kind: string }[];
  };
  readonly data: Readonly<Record<string, string>>;
  readonly status: {
    readonly observedGeneration?: number;
    readonly conditions?: readonly SeenCondition[];
    readonly lastHandledReconcileAt?: string;
    readonly lastHandledResetAt?: string;
    readonly artifact?: {
      readonly revision: string;
      readonly digest: string;
      readonly metadata?: Readonly<Record<string, string>>;
    };
    readonly lastAppliedOriginRevision?: string;
    readonly lastAppliedRevision?: string;
    readonly lastAttemptedRevision?: string;
    readonly inventory?: { readonly entries: readonly { id: string; v: string }[] };
    readonly history?: readonly ({
      readonly lastReconciledStatus: string;
      readonly metadata: { readonly revision: string };
    } & SeenSnapshot)[];
    readonly helmChart?: string;
    readonly lastAttemptedConfigDigest?: string;
    readonly failures?: number;
    readonly upgradeFailures?: number;
    readonly observedSourceArtifactRevision?: string;
    readonly phase?: string;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
    readonly unavailableReplicas?: number;
    readonly containerStatuses?: readonly SeenContainer[];
  };
  /** Of an Event. */
  readonly involvedObject: { readonly kind: string; readonly name: string };
  readonly type: string;
  readonly reason: string;
  readonly message: string;
};

export type CommitStatus = {
  readonly state: string;
  readonly description: string;
  readonly context: { readonly genre: string; readonly name: string };
};

export type At = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
};

export type World = {
  readonly flux: FluxCluster;
  readonly config: KubeConfig;
  /** Git address of the repository that cases push to. */
  readonly repositoryUrl: string;
  /** Statuses of a commit of it, newest first. */
  readonly statuses: (commit: string) => Promise<readonly CommitStatus[]>;
  /** Makes the branch hold exactly these files; answers the new commit. */
  readonly push: (branch: string, files: Readonly<Record<string, string>>) => Promise<string>;
  readonly apply: (...objects: readonly object[]) => Promise<void>;
  readonly get: (at: At) => Promise<Seen | undefined>;
  readonly list: (at: Omit<At, "name">) => Promise<Seen[]>;
  readonly annotate: (at: At, annotations: Readonly<Record<string, string>>) => Promise<void>;
  readonly remove: (at: At) => Promise<void>;
  /** Waits until the object is there and `holds`; fails with what it was last. */
  readonly until: (at: At, holds: (object: Seen) => boolean, withinMs?: number) => Promise<Seen>;
  readonly gone: (at: At) => Promise<void>;
  /** Suspends all sources and Kustomizations: those of cases that are over go on fetching else. */
  readonly rest: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const fluxKinds = [
  { apiVersion: "source.toolkit.fluxcd.io/v1", kind: "GitRepository" },
  { apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization" },
  { apiVersion: "helm.toolkit.fluxcd.io/v2", kind: "HelmRelease" },
  { apiVersion: "source.toolkit.fluxcd.io/v1", kind: "HelmChart" },
  { apiVersion: "source.toolkit.fluxcd.io/v1", kind: "OCIRepository" },
];

const run = promisify(execFile);

/** A cluster and a repository on this machine; the cases share both and keep to their own names. */
export async function createWorld(flux: FluxCluster): Promise<World> {
  const sandbox = await sandboxWith([{ name: "manifests", files: { "README.md": "manifests\n" } }]);
  const folder = await mkdtemp(join(tmpdir(), "fluxgate-world-"));
  const repositoryUrl = `${sandbox.organisationUrl}/shop/_git/manifests`;
  const config = new KubeConfig();
  config.loadFromFile(flux.kubeconfig);
  const api = KubernetesObjectApi.makeApiClient(config);

  async function push(branch: string, files: Readonly<Record<string, string>>): Promise<string> {
    const directory = join(folder, branch);
    const header = `Authorization: Basic ${Buffer.from(":sandbox-admin").toString("base64")}`;
    const identity = ["-c", "user.name=admin", "-c", "user.email=admin@fabrikam.com"];
    const git = async (...args: readonly string[]) => {
      const all = ["-C", directory, "-c", `http.extraHeader=${header}`, ...identity, ...args];
      return (await run("git", all)).stdout.trim();
    };
    await mkdir(directory, { recursive: true });
    await git("init", "-q", "-b", branch);
    await git("rm", "-rqf", "--ignore-unmatch", ".");
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), text);
    }
    await git("add", "-A");
    await git("commit", "-q", "--allow-empty", "-m", `Change ${branch}`);
    await git("push", "-q", repositoryUrl, branch);
    return git("rev-parse", "HEAD");
  }

  const get = async (at: At): Promise<Seen | undefined> => {
    const { apiVersion, kind, name, namespace } = at;
    try {
      return (await api.read({
        apiVersion,
        kind,
        metadata: { name, namespace: namespace ?? "" },
      })) as unknown as Seen;
    } catch (error) {
      if (error instanceof ApiException && error.code === 404) return undefined;
      throw error;
    }
  };

  async function until(at: At, holds: (object: Seen) => boolean, withinMs = 60_000) {
    let last: Seen | undefined;
    try {
      return await eventually(
        `${at.kind} ${at.name}`,
        async () => {
          last = await get(at);
          return last !== undefined && holds(last) ? last : undefined;
        },
        { withinMs, everyMs: 100 },
      );
    } catch (error) {
      throw new Error(`${String(error)}; it is ${JSON.stringify(last, null, 1)}`, { cause: error });
    }
  }

  const patch = async (object: KubernetesObject) => {
    const { MergePatch } = PatchStrategy;
    await api.patch(object, undefined, undefined, undefined, undefined, MergePatch);
  };

  return {
    flux,
    config,
    repositoryUrl,
    statuses: async (commit) => {
      const path = `shop/_apis/git/repositories/manifests/commits/${commit}/statuses`;
      type List = { readonly value: readonly CommitStatus[] };
      return (await restOf(sandbox, "reader").get<List>(path)).value;
    },
    push,
    get,
    until,
    apply: (...objects) => flux.apply(objects.map((object) => stringify(object)).join("---\n")),
    list: async ({ apiVersion, kind, namespace }) =>
      (await api.list(apiVersion, kind, namespace)).items as unknown as Seen[],
    annotate: async ({ apiVersion, kind, name, namespace }, annotations) => {
      const metadata = { name, namespace: namespace ?? "", annotations };
      await patch({ apiVersion, kind, metadata });
    },
    remove: async ({ apiVersion, kind, name, namespace }) => {
      await api.delete({ apiVersion, kind, metadata: { name, namespace: namespace ?? "" } });
    },
    gone: async (at) => {
      await eventually(`end of ${at.kind} ${at.name}`, async () =>
        (await get(at)) === undefined ? true : undefined,
      );
    },
    rest: async () => {
      for (const kind of fluxKinds) {
        // A real API server answers 429 while it makes room for definitions that just came.
        const { items } = await eventually(`the list of ${kind.kind}`, () =>
          api.list(kind.apiVersion, kind.kind),
        );
        for (const { metadata } of items) {
          const { name = "", namespace = "" } = metadata ?? {};
          const spec = { suspend: true };
          await patch({ ...kind, metadata: { name, namespace }, spec } as KubernetesObject);
        }
      }
    },
    stop: async () => {
      await flux.stop();
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
