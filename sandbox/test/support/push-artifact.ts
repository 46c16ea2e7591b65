import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Registry } from "../../registry/registry.ts";

type Content = {
  readonly files: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
};

/** Pushes files as `flux push artifact` does, under `<repository>:<tag>`; the manifest's digest. */
export function pushArtifact(registry: Registry, reference: string, content: Content): string {
  const [repository = "", tag = ""] = reference.split(":");
  const layer = pack(content.files);
  const blob = (mediaType: string, bytes: Buffer) => ({
    ...{ mediaType, size: bytes.length, digest: digestOf(bytes) },
  });
  const config = Buffer.from("{}");
  for (const bytes of [layer, config]) registry.pushBlob(repository, bytes);
  const manifest = {
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: blob("application/vnd.cncf.flux.config.v1+json", config),
    layers: [blob("application/vnd.cncf.flux.content.v1.tar+gzip", layer)],
    ...(content.annotations ? { annotations: content.annotations } : {}),
  };
  return registry.push(repository, tag, JSON.stringify(manifest));
}

function pack(files: Content["files"]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "fluxgate-artifact-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, "files", path)), { recursive: true });
      writeFileSync(join(folder, "files", path), text);
    }
    const archive = join(folder, "layer.tgz");
    execFileSync("tar", ["-czf", archive, "-C", join(folder, "files"), "."]);
    return readFileSync(archive);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
