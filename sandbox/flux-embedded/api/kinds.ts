import type { KubeObject } from "./kube-object.ts";

export type Kind = {
  readonly group: string;
  /** Preferred first. */
  readonly versions: readonly string[];
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  readonly hasStatus: boolean;
  /** Defined by a CustomResourceDefinition: lists are atomic, patches are merge patches. */
  readonly custom: boolean;
};

// group/version kind plural scope(N|C) status(s|-) short names
const builtIn = `
v1 Namespace namespaces C s ns
v1 Node nodes C s no
v1 Pod pods N s po
v1 Service services N s svc
v1 ConfigMap configmaps N - cm
v1 Secret secrets N -
v1 ServiceAccount serviceaccounts N - sa
v1 Event events N - ev
v1 Endpoints endpoints N - ep
v1 PersistentVolumeClaim persistentvolumeclaims N s pvc
v1 PersistentVolume persistentvolumes C s pv
v1 LimitRange limitranges N - limits
v1 ResourceQuota resourcequotas N s quota
apps/v1 Deployment deployments N s deploy
apps/v1 ReplicaSet replicasets N s rs
apps/v1 StatefulSet statefulsets N s sts
apps/v1 DaemonSet daemonsets N s ds
apps/v1 ControllerRevision controllerrevisions N -
batch/v1 Job jobs N s
batch/v1 CronJob cronjobs N s cj
autoscaling/v2 HorizontalPodAutoscaler horizontalpodautoscalers N s hpa
policy/v1 PodDisruptionBudget poddisruptionbudgets N s pdb
networking.k8s.io/v1 Ingress ingresses N s ing
networking.k8s.io/v1 IngressClass ingressclasses C -
networking.k8s.io/v1 NetworkPolicy networkpolicies N - netpol
rbac.authorization.k8s.io/v1 Role roles N -
rbac.authorization.k8s.io/v1 RoleBinding rolebindings N -
rbac.authorization.k8s.io/v1 ClusterRole clusterroles C -
rbac.authorization.k8s.io/v1 ClusterRoleBinding clusterrolebindings C -
coordination.k8s.io/v1 Lease leases N -
discovery.k8s.io/v1 EndpointSlice endpointslices N -
scheduling.k8s.io/v1 PriorityClass priorityclasses C - pc
storage.k8s.io/v1 StorageClass storageclasses C - sc
apiextensions.k8s.io/v1 CustomResourceDefinition customresourcedefinitions C s crd,crds
`;

export type Kinds = {
  readonly all: () => readonly Kind[];
  readonly byPlural: (group: string, version: string, plural: string) => Kind | undefined;
  readonly byKind: (apiVersion: string, kind: string) => Kind | undefined;
  /** Serves what a CustomResourceDefinition defines, or no longer. */
  readonly define: (definition: KubeObject) => void;
  readonly undefine: (definition: KubeObject) => void;
};

type DefinitionSpec = {
  readonly group: string;
  readonly scope: string;
  readonly names: {
    readonly kind: string;
    readonly plural: string;
    readonly shortNames?: string[];
  };
  readonly versions: readonly {
    readonly name: string;
    readonly served: boolean;
    readonly subresources?: { readonly status?: object };
  }[];
};

/** What the API serves: the built-in kinds, and those that definitions add. */
export function createKinds(): Kinds {
  const kinds = builtIn
    .trim()
    .split("\n")
    .map((line): Kind => {
      const [apiVersion = "", kind = "", plural = "", scope, status, shortNames] = line.split(" ");
      const { group, version } = splitApiVersion(apiVersion);
      return {
        group,
        versions: [version],
        kind,
        plural,
        namespaced: scope === "N",
        shortNames: shortNames?.split(",") ?? [],
        hasStatus: status === "s",
        custom: false,
      };
    });
  const remove = (group: string, plural: string) => {
    const at = kinds.findIndex((kind) => kind.group === group && kind.plural === plural);
    if (at >= 0) kinds.splice(at, 1);
  };
  return {
    all: () => kinds,
    byPlural: (group, version, plural) =>
      kinds.find(
        (kind) => kind.group === group && kind.plural === plural && kind.versions.includes(version),
      ),
    byKind: (apiVersion, name) => {
      const { group, version } = splitApiVersion(apiVersion);
      return kinds.find(
        (kind) => kind.group === group && kind.kind === name && kind.versions.includes(version),
      );
    },
    define: ({ spec }) => {
      const { group, scope, names, versions } = spec as DefinitionSpec;
      remove(group, names.plural);
      const served = versions.filter((version) => version.served);
      kinds.push({
        group,
        versions: served.map((version) => version.name),
        kind: names.kind,
        plural: names.plural,
        namespaced: scope === "Namespaced",
        shortNames: names.shortNames ?? [],
        hasStatus: served.some((version) => version.subresources?.status !== undefined),
        custom: true,
      });
    },
    undefine: ({ spec }) => {
      const { group, names } = spec as DefinitionSpec;
      remove(group, names.plural);
    },
  };
}

/** `apps/v1` → group and version; the core group is empty. */
export function splitApiVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf("/");
  if (slash < 0) return { group: "", version: apiVersion };
  return { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

export function apiVersionOf(kind: Kind, version = kind.versions[0] ?? "v1"): string {
  return kind.group ? `${kind.group}/${version}` : version;
}
