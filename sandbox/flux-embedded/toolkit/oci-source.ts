// What source-controller does with a registry: which digest a tag has, and the bytes of a layer.
import { isRecord } from "../api/kube-object.ts";
import { SourceFailure } from "./source-progress.ts";

export type OciReference = {
  readonly tag?: string;
  readonly digest?: string;
};

export type OciRemote = {
  /** `oci://host/path`. */
  readonly url: string;
  readonly insecure: boolean;
  readonly reference: OciReference;
  readonly layerType: string | undefined;
  /** `user:password`. */
  readonly credentials?: string;
  readonly signal: AbortSignal;
};

export type OciManifest = {
  readonly revision: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly layers: readonly { readonly mediaType: string; readonly digest: string }[];
};

const manifestType = "application/vnd.oci.image.manifest.v1+json";

/** The manifest that the reference names now. @throws SourceFailure */
export async function readManifest(remote: OciRemote): Promise<OciManifest> {
  const { reference } = remote;
  const tag = reference.tag ?? "latest";
  const name = reference.digest ?? tag;
  const response = await ask(remote, `manifests/${name}`);
  const digest = response.headers.get("Docker-Content-Digest") ?? "";
  const { annotations = {}, layers = [] } = (await response.json()) as Partial<OciManifest>;
  const revision = reference.digest === undefined ? `${tag}@${digest}` : digest;
  return { revision, annotations: isRecord(annotations) ? annotations : {}, layers };
}

/** The layer that is wanted: of a media type, or the first. @throws SourceFailure */
export async function readLayer(remote: OciRemote, { layers }: OciManifest): Promise<Buffer> {
  const { layerType } = remote;
  const wanted = layers.find(({ mediaType }) => layerType === undefined || mediaType === layerType);
  if (!wanted) {
    const message = `failed to find layer with media type '${layerType}' in artifact`;
    throw new SourceFailure("OCIArtifactLayerOperationFailed", message);
  }
  const response = await ask(remote, `blobs/${wanted.digest}`);
  return Buffer.from(await response.arrayBuffer());
}

async function ask(remote: OciRemote, path: string): Promise<Response> {
  const { url, insecure, credentials, signal } = remote;
  const [host = "", ...repository] = url.replace(/^oci:\/\//, "").split("/");
  const address = `${insecure ? "http" : "https"}://${host}/v2/${repository.join("/")}/${path}`;
  const fail = (cause: string) =>
    new SourceFailure(
      "OCIArtifactPullFailed",
      `failed to determine artifact digest: GET ${address}: ${cause}`,
    );
  const response = await fetch(address, {
    headers: {
      Accept: manifestType,
      ...(credentials
        ? { Authorization: `Basic ${Buffer.from(credentials).toString("base64")}` }
        : {}),
    },
    signal,
  }).catch((error: unknown) => {
    throw fail(error instanceof Error ? error.message : String(error));
  });
  if (response.ok) return response;
  const { errors = [] } = (await response.json().catch(() => ({}))) as {
    readonly errors?: readonly { readonly code: string; readonly message?: string }[];
  };
  const [first] = errors;
  throw fail(first ? `${first.code}: ${first.message ?? ""}`.trim() : `status ${response.status}`);
}
