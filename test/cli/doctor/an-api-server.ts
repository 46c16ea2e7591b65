import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fluxKinds } from "../../../core/flux/kinds/flux-kinds.ts";

export type ApiServer = {
  readonly url: string;
  /** The changes that it was asked for, oldest first. */
  readonly patches: readonly { readonly path: string; readonly change: unknown }[];
  readonly close: () => Promise<void>;
};

export type Asked = {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly namespace?: string;
};

/**
 * An API server that answers these paths, forbids all others, and says of every right what `may`
 * says.
 */
export async function anApiServer(
  answers: Readonly<Record<string, unknown>>,
  may: (asked: Asked, user: string | undefined) => boolean = () => true,
): Promise<ApiServer> {
  const patches: ApiServer["patches"][number][] = [];
  const server = createServer((request, response) => {
    const [asked = ""] = (request.url ?? "").split("?");
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const reply = (status: number, document: unknown) => {
        response.writeHead(status, { "Content-Type": "application/json" });
        response.end(typeof document === "string" ? document : JSON.stringify(document));
      };
      if (request.method === "POST" && asked.endsWith("accessreviews")) {
        const { spec } = JSON.parse(body) as {
          readonly spec: { readonly resourceAttributes: Asked; readonly user?: string };
        };
        return reply(201, { status: { allowed: may(spec.resourceAttributes, spec.user) } });
      }
      if (request.method === "PATCH") patches.push({ path: asked, change: JSON.parse(body) });
      const found = answers[asked];
      if (found !== undefined) return reply(200, found);
      return reply(403, { kind: "Status", status: "Failure", code: 403, message: `no ${asked}` });
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    patches,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** A server with all kinds of Flux 2.9 installed, and no objects. */
export function wholeFlux(): Readonly<Record<string, unknown>> {
  const kinds = Object.values(fluxKinds);
  const groups = new Map<string, string[]>();
  for (const { group, versions, resource } of kinds) {
    const at = `/apis/${group}/${versions[0]}`;
    groups.set(at, [...(groups.get(at) ?? []), resource]);
  }
  return {
    "/version": { gitVersion: "v1.36.3" },
    "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/kustomizations.kustomize.toolkit.fluxcd.io":
      { metadata: { labels: { "app.kubernetes.io/version": "v2.9.0" } } },
    ...Object.fromEntries(
      [...groups].map(([at, names]) => [at, { resources: names.map((name) => ({ name })) }]),
    ),
    ...Object.fromEntries(
      kinds.map(({ group, versions, resource }) => [
        `/apis/${group}/${versions[0]}/${resource}`,
        { items: [], metadata: {} },
      ]),
    ),
  };
}
