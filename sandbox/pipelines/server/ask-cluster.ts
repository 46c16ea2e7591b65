import { request } from "node:https";
import { parse } from "yaml";
import type { ServiceEndpoint } from "../../azure-devops/endpoint.ts";

const patienceMs = 20_000;
const maxBytes = 8 * 1024 * 1024;

type Login = { readonly ca?: string; readonly token?: string };

/** Reads an address of the cluster behind a service connection of type Kubernetes. */
export function askCluster(
  endpoint: ServiceEndpoint,
  url: string,
): Promise<{ readonly status: number; readonly body: string }> {
  const { ca, token } = loginOf(endpoint);
  return new Promise((resolve, reject) => {
    const options = {
      ...(ca === undefined ? {} : { ca }),
      ...(endpoint.data["acceptUntrustedCerts"] === "true" ? { rejectUnauthorized: false } : {}),
      headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(patienceMs),
      agent: false as const,
    };
    const asked = request(url, options, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > maxBytes) asked.destroy(new Error("the answer is larger than 8 MiB"));
      });
      response.on("error", reject);
      response.on("end", () => {
        const body = Buffer.concat(chunks).toString("utf8");
        resolve({ status: response.statusCode ?? 0, body });
      });
    });
    asked.on("error", reject).end();
  });
}

type Kubeconfig = {
  readonly clusters?: readonly {
    readonly name: string;
    readonly cluster: { readonly "certificate-authority-data"?: string };
  }[];
  readonly users?: readonly { readonly name: string; readonly user: { readonly token?: string } }[];
  readonly contexts?: readonly {
    readonly name: string;
    readonly context: { readonly cluster: string; readonly user: string };
  }[];
  readonly "current-context"?: string;
};

// By kubeconfig, or by a service account's token and authority, both in base64.
function loginOf({ authorization, data }: ServiceEndpoint): Login {
  const of = (name: string) =>
    Object.entries(authorization.parameters).find(([key]) => key.toLowerCase() === name)?.[1];
  const kubeconfig = of("kubeconfig");
  if (kubeconfig === undefined) {
    const [ca, token] = [of("serviceaccountcertificate"), of("apitoken")].map(fromBase64);
    return { ...(ca === undefined ? {} : { ca }), ...(token === undefined ? {} : { token }) };
  }
  const config = parse(kubeconfig, { maxAliasCount: 0 }) as Kubeconfig;
  const wanted = of("clustercontext") ?? data["clusterContext"] ?? config["current-context"];
  const context = config.contexts?.find(({ name }) => name === wanted)?.context;
  if (!context) throw new Error(`the kubeconfig has no context ${wanted ?? ""}`);
  const cluster = config.clusters?.find(({ name }) => name === context.cluster)?.cluster;
  const user = config.users?.find(({ name }) => name === context.user)?.user;
  const ca = fromBase64(cluster?.["certificate-authority-data"]);
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(user?.token === undefined ? {} : { token: user.token }),
  };
}

function fromBase64(text: string | undefined): string | undefined {
  return text === undefined ? undefined : Buffer.from(text, "base64").toString("utf8");
}
