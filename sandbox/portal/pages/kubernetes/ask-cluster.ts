import { call } from "../../rest.ts";

export type ClusterObject = {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly creationTimestamp?: string;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
};

/** The resource of an environment: a namespace behind a service connection. */
export type KubernetesResource = {
  readonly id: number;
  readonly name: string;
  readonly namespace: string;
  readonly clusterName: string;
  readonly serviceEndpointId: string;
  readonly environmentReference: { readonly id: number; readonly name: string };
};

type Asked = { readonly project: string; readonly resource: KubernetesResource };

type ProxyAnswer = {
  readonly result: readonly string[];
  readonly statusCode: string | number;
  readonly errorMessage: string;
};

/** Objects of a kind in the resource's namespace. @param path `/api/v1`, `/apis/apps/v1` */
export async function listObjects(
  asked: Asked,
  path: string,
  plural: string,
): Promise<readonly ClusterObject[]> {
  const url = `${path}/namespaces/${encodeURIComponent(asked.resource.namespace)}/${plural}`;
  const [answer = "{}"] = await ask(asked, url, "jsonpath:$");
  const { items, kind } = JSON.parse(answer) as {
    readonly items: readonly ClusterObject[];
    readonly kind: string;
  };
  // Lists leave out what every item would repeat.
  const version = path.replace(/^\/apis?\//, "");
  return items.map((item) => ({ apiVersion: version, kind: kind.replace(/List$/, ""), ...item }));
}

/** What a pod's container wrote last. */
export async function readPodLog(asked: Asked, pod: string, container: string): Promise<string> {
  const name = `${encodeURIComponent(asked.resource.namespace)}/pods/${encodeURIComponent(pod)}`;
  const query = `container=${encodeURIComponent(container)}&tailLines=500`;
  const [text = ""] = await ask(asked, `/api/v1/namespaces/${name}/log?${query}`, "plaintext");
  return text;
}

async function ask({ project, resource }: Asked, path: string, resultSelector: string) {
  const { result, statusCode, errorMessage } = await call<ProxyAnswer>(
    `${project}/_apis/serviceendpoint/endpointproxy?endpointId=${resource.serviceEndpointId}&api-version=7.1`,
    {
      method: "POST",
      body: { dataSourceDetails: { dataSourceUrl: `{{{endpoint.url}}}${path}`, resultSelector } },
    },
  );
  if (statusCode === "ok") return result;
  throw new Error(`The cluster answered ${statusCode}: ${messageOf(errorMessage)}`);
}

// The Kubernetes API refuses with a Status.
function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { readonly message?: string }).message ?? text;
  } catch {
    return text;
  }
}
