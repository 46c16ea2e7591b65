// A Kubernetes API without controllers: what is written there stays as it is.
import { writeFile } from "node:fs/promises";
import { stringify } from "yaml";
import { createObject, type Api } from "../../../sandbox/flux-embedded/api/admit.ts";
import { createKinds } from "../../../sandbox/flux-embedded/api/kinds.ts";
import type { KubeObject } from "../../../sandbox/flux-embedded/api/kube-object.ts";
import { createStore } from "../../../sandbox/flux-embedded/api/store.ts";
import { selfSignedCertificate } from "../../../sandbox/flux-embedded/http/certificate.ts";
import { serveApi } from "../../../sandbox/flux-embedded/http/serve-api.ts";
import { fluxDefinitions } from "../../../sandbox/flux-embedded/toolkit/definitions.ts";

export type StillCluster = {
  /** With its status as it is given. */
  readonly write: (object: KubeObject) => void;
  readonly close: () => Promise<void>;
};

/** @param kubeconfig the file that is written */
export async function startStillCluster(kubeconfig: string): Promise<StillCluster> {
  const api: Api = { kinds: createKinds(), store: createStore(), applied: new Map() };
  for (const name of ["default", "flux-system"]) {
    createObject(api, { apiVersion: "v1", kind: "Namespace", metadata: { name } });
  }
  for (const definition of fluxDefinitions()) createObject(api, definition);
  const token = "bench";
  const tls = selfSignedCertificate();
  const server = await serveApi(api, { port: 0, tokens: [token], bookmarkMs: 60_000, ...tls });
  const authority = Buffer.from(tls.certificate).toString("base64");
  const url = `https://127.0.0.1:${server.port}`;
  await writeFile(
    kubeconfig,
    stringify({
      ...{ apiVersion: "v1", kind: "Config", "current-context": "bench" },
      clusters: [
        { name: "bench", cluster: { server: url, "certificate-authority-data": authority } },
      ],
      users: [{ name: "bench", user: { token } }],
      contexts: [{ name: "bench", context: { cluster: "bench", user: "bench" } }],
    }),
    { mode: 0o600 },
  );
  return {
    write: (object) => {
      const created = createObject(api, object);
      const kind = api.kinds.byKind(object.apiVersion, object.kind);
      if (kind === undefined) throw new Error(`${object.kind} is not served`);
      api.store.update(kind, { ...created, status: object.status }, "status");
    },
    close: server.close,
  };
}
