// Objects that the cases apply and push.
import { stringify } from "yaml";
import type { At, Seen, SeenCondition, World } from "./flux-world.ts";

export const fluxNamespace = "flux-system";

export function gitRepositoryAt(name: string): At {
  const apiVersion = "source.toolkit.fluxcd.io/v1";
  return { apiVersion, kind: "GitRepository", namespace: fluxNamespace, name };
}

export function kustomizationAt(name: string): At {
  const apiVersion = "kustomize.toolkit.fluxcd.io/v1";
  return { apiVersion, kind: "Kustomization", namespace: fluxNamespace, name };
}

export function deploymentAt(namespace: string, name: string): At {
  return { apiVersion: "apps/v1", kind: "Deployment", namespace, name };
}

export function configMapAt(namespace: string, name: string): At {
  return { apiVersion: "v1", kind: "ConfigMap", namespace, name };
}

export function secret(): object {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "git", namespace: fluxNamespace },
    stringData: { username: "connector", password: "sandbox-connector" },
  };
}

/** A source on that branch, fetched every second. */
export function gitRepository(world: World, branch: string, spec: object = {}): object {
  return {
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "GitRepository",
    metadata: { name: branch, namespace: fluxNamespace },
    spec: {
      url: world.repositoryUrl,
      interval: "1s",
      ref: { branch },
      secretRef: { name: "git" },
      ...spec,
    },
  };
}

/** A Kustomization of the same name as its source. */
export function kustomization(name: string, spec: object = {}): object {
  return {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name, namespace: fluxNamespace },
    spec: {
      interval: "10m",
      retryInterval: "2s",
      timeout: "20s",
      path: "./deploy",
      prune: true,
      sourceRef: { kind: "GitRepository", name },
      ...spec,
    },
  };
}

export function namespace(name: string): string {
  return stringify({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
}

export function configMap(namespaceName: string, name: string, data: object = { a: "1" }): string {
  const metadata = { name, namespace: namespaceName };
  return stringify({ apiVersion: "v1", kind: "ConfigMap", metadata, data });
}

type DeploymentOptions = {
  readonly name?: string;
  readonly tag?: string;
  readonly replicas?: number;
  readonly spec?: object;
  readonly app?: string;
};

export function deployment(namespaceName: string, options: DeploymentOptions = {}): string {
  const { name = "api", tag = "1.0.0", replicas = 1, spec = {}, app = name } = options;
  const image = `registry.fabrikam.com/shop/${name}:${tag}`;
  return stringify({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: namespaceName },
    spec: {
      replicas,
      selector: { matchLabels: { app } },
      template: {
        metadata: { labels: { app } },
        spec: { containers: [{ name, image }] },
      },
      ...spec,
    },
  });
}

/** The condition of that type; fails when there is none. */
export function condition({ status }: Pick<Seen, "status">, type: string): SeenCondition {
  const found = findCondition({ status }, type);
  if (!found) throw new Error(`no condition ${type} in ${JSON.stringify(status)}`);
  return found;
}

export function findCondition(
  { status }: Pick<Seen, "status">,
  type: string,
): SeenCondition | undefined {
  return status.conditions?.find((one) => one.type === type);
}

/** Ready at the given revision and its own generation. */
export function appliedAt(revision: string): (object: Seen) => boolean {
  return (object) =>
    findCondition(object, "Ready")?.status === "True" &&
    object.status.lastAppliedRevision === revision &&
    object.status.observedGeneration === object.metadata.generation;
}

/**
 * Ready with that reason; where it is True, also what stands beside the conditions: controllers write
 * these first and the rest of the status in a second call (fluxcd/pkg/runtime/patch, Helper.Patch).
 */
export function readyReason(reason: string): (object: Seen) => boolean {
  return (object) => {
    const ready = findCondition(object, "Ready");
    const isWhole = object.status.observedGeneration === object.metadata.generation;
    return ready?.reason === reason && (ready.status !== "True" || isWhole);
  };
}

/** Conditions as `type=status reason`, in the order that they are shown. */
export function shownConditions(object: Seen): string[] {
  return (object.status.conditions ?? []).map(
    ({ type, status, reason }) => `${type}=${status} ${reason}`,
  );
}
