// The little that the start needs of the Kubernetes API. Raw JSON: the models of
// @kubernetes/client-node drop the `x-kubernetes-…` fields of definitions.
import { request } from "node:https";
import { parseAllDocuments } from "yaml";

export type ApiClient = {
  readonly get: (path: string) => Promise<Answer>;
  /** Applies documents server-side, one after the other; waits for a kind just defined. */
  readonly apply: (yaml: string) => Promise<void>;
};

type Answer = { readonly status: number; readonly body: string };

type KubeObject = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
};

const patienceMs = 30_000;

export function apiClient(url: string, token: string): ApiClient {
  function send(method: string, path: string, body?: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const headers = {
        Authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "Content-Type": "application/apply-patch+yaml" }),
      };
      // On this machine, and the server made its certificate itself a moment ago.
      request(url + path, { method, headers, rejectUnauthorized: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          resolve({ status: response.statusCode ?? 0, body: text });
        });
      })
        .on("error", reject)
        .end(body);
    });
  }

  async function pathOf({ apiVersion, kind, metadata }: KubeObject): Promise<string | undefined> {
    const base = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const { status, body } = await send("GET", base);
    if (status !== 200) return undefined;
    const { resources } = JSON.parse(body) as {
      resources: readonly { name: string; kind: string; namespaced: boolean }[];
    };
    const found = resources.find((one) => one.kind === kind && !one.name.includes("/"));
    if (!found) return undefined;
    const scope = found.namespaced ? `/namespaces/${metadata.namespace ?? "default"}` : "";
    return `${base}${scope}/${found.name}/${metadata.name}`;
  }

  async function applyWhenServed(object: KubeObject): Promise<void> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const path = await pathOf(object);
      if (path !== undefined) {
        const query = "?fieldManager=kubectl&force=true";
        const { status, body } = await send("PATCH", path + query, JSON.stringify(object));
        if (status < 300) return;
        if (status !== 404 || Date.now() > deadline) throw refused(object, body);
      }
      if (Date.now() > deadline) throw refused(object, "this kind is not served");
      await new Promise((resume) => setTimeout(resume, 100));
    }
  }

  return {
    get: (path) => send("GET", path),
    apply: async (yaml) => {
      for (const document of parseAllDocuments(yaml)) {
        const object = document.toJS() as KubeObject | null;
        if (object) await applyWhenServed(object);
      }
    },
  };
}

function refused({ kind, metadata }: KubeObject, cause: string): Error {
  return new Error(`Failed to apply ${kind} ${metadata.name}: ${cause.trim()}`);
}
