// A registry of images as the OCI distribution specification says, as far as manifests go: what is
// pushed are the recorded words of a build, since the sandbox has no container engine.
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Registry = {
  readonly url: string;
  /** What was asked, oldest first: `HEAD /v2/shop/api/manifests/1 basic`. */
  readonly requests: readonly string[];
  /** Puts a manifest there; returns its digest. */
  readonly push: (repository: string, tag: string, manifest: string) => string;
  /** Puts the bytes of a layer there; returns their digest. */
  readonly pushBlob: (repository: string, bytes: Buffer) => string;
  readonly remove: (repository: string, tag: string) => void;
  readonly close: () => Promise<void>;
};

export type RegistryOptions = {
  readonly sign?: "none" | "basic" | "bearer";
  /** `user:password` that may read. */
  readonly user?: string;
  /** Leaves the digest's header out, as old registries do. */
  readonly withoutDigest?: boolean;
  /** Where tokens are given; the registry's own `/token` when absent. */
  readonly realm?: string;
};

const blobForm = /^\/v2\/(.+)\/blobs\/([^/]+)$/;
const form = /^\/v2\/(.+)\/manifests\/([^/]+)$/;

/** Starts a registry on a free port of this machine. */
export async function startRegistry(options: RegistryOptions = {}): Promise<Registry> {
  const { sign = "none", user = "", withoutDigest = false } = options;
  const manifests = new Map<string, Buffer>();
  const blobs = new Map<string, Buffer>();
  const requests: string[] = [];
  const token = createHash("sha256").update(`token of ${user}`).digest("hex");

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = "", headers } = request;
    const { pathname, searchParams } = new URL(request.url ?? "", "http://registry");
    const [scheme = "", given = ""] = (headers.authorization ?? "none").split(" ");
    requests.push(`${method} ${pathname} ${scheme.toLowerCase()}`);
    const isUser = scheme === "Basic" && Buffer.from(given, "base64").toString("utf8") === user;
    if (pathname === "/token") {
      if (!isUser) return end(response, 401);
      const isScoped = searchParams.get("scope")?.startsWith("repository:") ?? false;
      return end(response, 200, JSON.stringify({ token: isScoped ? token : "" }));
    }
    const allowed =
      sign === "none" || (sign === "basic" ? isUser : scheme === "Bearer" && given === token);
    if (!allowed) {
      response.setHeader("WWW-Authenticate", challenge());
      return end(response, 401, JSON.stringify({ errors: [{ code: "UNAUTHORIZED" }] }));
    }
    if (pathname === "/v2/") return end(response, 200, "{}");
    const [, home = "", digest = ""] = blobForm.exec(pathname) ?? [];
    const blob = blobs.get(`${home}@${digest}`);
    if (blob) return end(response, 200, method === "HEAD" ? undefined : blob);
    const [, repository = "", tag = ""] = form.exec(pathname) ?? [];
    const key = `${repository}:${tag}`;
    if (method === "PUT") {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      manifests.set(key, Buffer.concat(chunks));
      response.setHeader("Docker-Content-Digest", digestOf(Buffer.concat(chunks)));
      return end(response, 201);
    }
    const found = manifests.get(key) ?? byDigest(repository, tag);
    if (found === undefined) {
      return end(response, 404, JSON.stringify({ errors: [{ code: "MANIFEST_UNKNOWN" }] }));
    }
    response.setHeader("Content-Type", "application/vnd.oci.image.manifest.v1+json");
    if (!withoutDigest) response.setHeader("Docker-Content-Digest", digestOf(found));
    return end(response, 200, method === "HEAD" ? undefined : found);
  };

  const byDigest = (repository: string, digest: string) =>
    [...manifests].find(
      ([key, bytes]) => key.startsWith(`${repository}:`) && digestOf(bytes) === digest,
    )?.[1];

  const challenge = () => {
    if (sign === "basic") return 'Basic realm="registry"';
    const realm = options.realm ?? `${url}/token`;
    return `Bearer realm="${realm}",service="registry",scope="repository:x:pull"`;
  };

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    push: (repository, tag, manifest) => {
      manifests.set(`${repository}:${tag}`, Buffer.from(manifest));
      return digestOf(Buffer.from(manifest));
    },
    pushBlob: (repository, bytes) => {
      blobs.set(`${repository}@${digestOf(bytes)}`, bytes);
      return digestOf(bytes);
    },
    remove: (repository, tag) => void manifests.delete(`${repository}:${tag}`),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

function end(response: ServerResponse, status: number, body?: string | Buffer): void {
  response.statusCode = status;
  response.end(body);
}
