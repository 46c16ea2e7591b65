import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { findTool } from "./find-tool.ts";

/** What a program that reads untrusted templates can reach. */
export type Isolation = {
  /** For the log. */
  readonly description: string;
  /** Whether network and other files are out of reach. */
  readonly applies: boolean;
  /** The command line that runs a tool inside, in a folder. */
  readonly command: (
    tool: string,
    args: readonly string[],
    place: Place,
  ) => { readonly command: string; readonly args: readonly string[] };
  /** PATH inside; undefined: as outside. */
  readonly path: string | undefined;
  close(): void;
};

export type Place = {
  readonly cwd: string;
  /** Bytes that each process may have; the kernel's limit on Linux. */
  readonly maxMemory: number;
};

export type Reachable = {
  /** Folders, absolute and without links. */
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly tools: readonly string[];
};

const startMs = 10_000;

// A root of its own with the system's programs, the tools and the given folders; then it waits
// until its stdin closes. Paths come as arguments, never inside the script. umount needs /proc; what
// runs inside later must not see it, for it shows other processes' environments. .git is hidden: its
// configuration holds the job's token where the checkout step left it (persistCredentials).
const script = `set -e
for each in nsenter setpriv mount umount pivot_root; do
  command -v $each >/dev/null || { echo "there is no $each" >&2; exit 1; }
done
setpriv --no-new-privs --inh-caps=-all --bounding-set=-all true
root=$1; shift
mount -t tmpfs -o mode=755 tmpfs "$root"
bind() { mount --bind "$1" "$root$1"; mount -o remount,bind,ro "$root$1" 2>/dev/null || true; }
hide() {
  if [ -d "$1" ]; then mount -t tmpfs -o size=4k,mode=555 tmpfs "$root$1"
  elif [ -f "$1" ]; then mount --bind /dev/null "$root$1"; fi
}
for each in bin sbin lib lib32 lib64; do
  if [ -L "/$each" ]; then ln -s "$(readlink "/$each")" "$root/$each"
  elif [ -d "/$each" ]; then mkdir "$root/$each"; bind "/$each"; fi
done
mkdir "$root/usr" "$root/dev" "$root/etc" "$root/tools" "$root/.old" "$root/proc"
mount --rbind /proc "$root/proc"
bind /usr
for each in /dev/null /dev/zero /dev/random /dev/urandom /etc/ld.so.cache; do
  if [ -e "$each" ]; then : > "$root$each"; mount --bind "$each" "$root$each"; fi
done
while [ $# -gt 0 ]; do
  case "$1" in
    tool) : > "$root/tools/$2"; mount --bind "$3" "$root/tools/$2"; shift 3 ;;
    read) mkdir -p "$root$2"; bind "$2"; hide "$2/.git"; shift 2 ;;
    write) mkdir -p "$root$2"; mount --bind "$2" "$root$2"; shift 2 ;;
  esac
done
cd "$root"
pivot_root . .old
umount -l /.old
umount -l /proc
rmdir /.old
echo ready
exec cat`;

// Private writable memory (RLIMIT_DATA): Go reserves far more addresses than it uses. Where the shell
// cannot set it, resident memory is still watched.
const limited = `ulimit -d "$1" 2>/dev/null; shift`;
const enter = `${limited}; cd "$1" && shift && exec setpriv --no-new-privs --inh-caps=-all --bounding-set=-all "$@"`;

/** No isolation beyond the clean environment and the limits; `reason` says why. */
export function noIsolation(reason: string): Isolation {
  return {
    description: `clean environment, time and memory limits; network and other files are reachable (${reason})`,
    applies: false,
    command: (tool, args, { maxMemory }) =>
      process.platform === "linux"
        ? {
            command: "/bin/sh",
            args: ["-c", `${limited}; exec "$@"`, "sh", kibibytes(maxMemory), tool, ...args],
          }
        : { command: tool, args },
    path: undefined,
    close: () => {},
  };
}

/**
 * Linux namespaces in which tools see no network and no files but the given ones. One set serves a
 * whole render: entering it costs 2 ms. Where the kernel does not allow it: {@link noIsolation}.
 */
export async function startIsolation(scratch: string, reachable: Reachable): Promise<Isolation> {
  if (process.platform !== "linux") return noIsolation(`no namespaces on ${process.platform}`);
  mkdirSync(scratch, { recursive: true });
  const root = mkdtempSync(join(scratch, "root-"));
  const mounts = [
    ...reachable.read.map((path) => ["read", path]),
    ...reachable.write.map((path) => ["write", path]),
  ].sort(([, a = ""], [, b = ""]) => a.length - b.length);
  const tools = reachable.tools.map((tool) => {
    const file = findTool(tool);
    return file === undefined ? [] : ["tool", tool, file];
  });
  const args = ["-r", "-m", "-n", "/bin/sh", "-c", script, "sh", root];
  const holder = spawn("unshare", [...args, ...tools.flat(), ...mounts.flat()], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" },
  });
  holder.stdin.on("error", () => {});
  const failure = await proveReadiness(holder);
  if (failure !== undefined || holder.pid === undefined) {
    holder.kill("SIGKILL");
    return noIsolation(failure ?? "unshare did not start");
  }
  const target = ["--target", String(holder.pid), "--user", "--mount", "--net"];
  const inside = [...target, "--preserve-credentials", "--", "/bin/sh", "-c", enter, "sh"];
  return {
    description: "Linux namespaces: no network, no files but the checkout's and the render's own",
    applies: true,
    command: (tool, toolArgs, { cwd, maxMemory }) => ({
      command: "nsenter",
      args: [...inside, kibibytes(maxMemory), cwd, `/tools/${tool}`, ...toolArgs],
    }),
    path: "/tools:/usr/bin:/bin:/usr/sbin:/sbin",
    close: () => {
      holder.stdin.end();
      holder.unref();
    },
  };
}

function kibibytes(bytes: number): string {
  return String(Math.ceil(bytes / 1024));
}

function proveReadiness(holder: ReturnType<typeof spawn>): Promise<string | undefined> {
  return new Promise((resolve) => {
    let said = "";
    const timer = setTimeout(() => resolve("it took too long to set up"), startMs);
    const settle = (failure: string | undefined) => {
      clearTimeout(timer);
      resolve(failure);
    };
    holder.stdout?.once("data", () => settle(undefined));
    holder.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
    holder.once("error", () => settle("there is no unshare"));
    holder.once("close", () => settle(said.split("\n")[0] || "unshare failed"));
  });
}
