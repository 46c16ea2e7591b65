// For `npm run test:clients`: an image builder without a daemon, and a registry, as Debian has them.
// Nothing is installed: the packages are unpacked into the tool cache.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { takeFromCache } from "./cache.ts";

const packages = [
  ...["buildah", "libgpgme11", "libassuan0", "docker-registry", "busybox-static"],
] as const;

/** Its folder holds `docker` (buildah) and `registry`; undefined where it cannot be had or run. */
export async function ensureImageBuilder(): Promise<string | undefined> {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return undefined;
  // Programs of an image run in a namespace of mounts of their own.
  if (spawnSync("unshare", ["-m", "true"]).status !== 0) return undefined;
  try {
    return await takeFromCache("image-builder-bookworm-1", fill);
  } catch (error) {
    console.log(`Skipped: no image builder can be had here: ${String(error).split("\n")[0]}`);
    return undefined;
  }
}

async function fill(directory: string): Promise<void> {
  const archives = join(directory, "archives");
  mkdirSync(archives);
  run("apt-get", ["update", "--quiet"], archives);
  run("apt-get", ["download", "--quiet", ...packages], archives);
  for (const name of readdirSync(archives)) {
    run("dpkg", ["-x", name, join(directory, "root")], archives);
  }
  rmSync(archives, { recursive: true });
  const trust = { default: [{ type: "insecureAcceptAnything" }] };
  writeFileSync(join(directory, "policy.json"), JSON.stringify(trust));
  writeFileSync(join(directory, "docker"), docker, { mode: 0o755 });
  const started = spawnSync(join(directory, "docker"), ["--version"], { encoding: "utf8" });
  if (started.status !== 0) throw new Error(started.stderr || String(started.error));
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stderr, error } = spawnSync(command, args, {
    ...{ cwd, encoding: "utf8", timeout: 300_000 },
  });
  if (status !== 0) throw new Error(`${command} ${args[0]}: ${stderr || String(error)}`);
}

// buildah by docker's name and words. Its libraries are made known to it and to what it starts by a
// cache of the loader that only its own namespace of mounts has.
const docker = `#!/bin/bash
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
store=\${BUILDER_STORE:-$(mktemp -d)}
(cat /etc/ld.so.conf; echo "$here/root/usr/lib/x86_64-linux-gnu") > "$store/ld.conf"
ldconfig -C "$store/ld.cache" -f "$store/ld.conf"
buildah() {
  unshare -m --propagation private bash -c 'mount --bind "$0" /etc/ld.so.cache; exec "$@"' \\
    "$store/ld.cache" "$here/root/usr/bin/buildah" \\
    --root "$store/images" --runroot "$store/run" --storage-driver vfs "$@"
}
trust=(--signature-policy "$here/policy.json" --tls-verify=false)
case "$1" in
  build) buildah build --isolation chroot "\${trust[@]}" "\${@:2}" ;;
  push) buildah push "\${trust[@]}" "$2" ;;
  buildx)
    # A builder of several platforms is there: not docker's own driver.
    if [ "$2" = inspect ]; then echo "Driver: docker-container"; exit; fi
    words=(); before=; reference=
    for word in "\${@:3}"; do
      case "$word" in
        --push) ;;
        --tag) words+=(--manifest) ;;
        *) [ "$before" != --tag ] || reference=$word; words+=("$word") ;;
      esac
      before=$word
    done
    buildah build --isolation chroot "\${trust[@]}" "\${words[@]}"
    buildah manifest push --all "\${trust[@]}" "$reference" "docker://$reference" ;;
  *) buildah "$@" ;;
esac
`;
