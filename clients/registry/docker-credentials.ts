// The credentials that `docker login` left on this machine: the Docker task of Azure Pipelines
// writes them to a config.json of its own and names it by DOCKER_CONFIG.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isRecord } from "../../core/manifests/parse.ts";
import { runProcess } from "../run-process.ts";

export type RegistryCredentials =
  | { readonly kind: "password"; readonly user: string; readonly password: string }
  /** Exchanged for an access token; what registries of Azure give. */
  | { readonly kind: "refresh"; readonly token: string };

export type FindCredentials = (host: string) => Promise<RegistryCredentials | undefined>;

/** Looks in the folder with docker's config.json, and asks the helpers that it names. */
export function dockerCredentials(options: {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}): FindCredentials {
  const { folder, env } = options;
  return async (host) => {
    const config = await readConfig(folder);
    const keys = keysOf(host);
    const helpers = isRecord(config["credHelpers"]) ? config["credHelpers"] : {};
    const helper = keys.map((key) => helpers[key]).find((each) => each !== undefined);
    const name = helper ?? config["credsStore"];
    if (typeof name === "string" && /^[a-z0-9._-]+$/i.test(name)) {
      for (const key of keys) {
        const found = await askHelper(name, key, { folder, env });
        if (found !== undefined) return found;
      }
    }
    const auths = isRecord(config["auths"]) ? config["auths"] : {};
    return keys.map((key) => written(auths[key])).find((each) => each !== undefined);
  };
}

// A config that is missing or damaged holds no credentials; docker itself would say so at login.
async function readConfig(folder: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const value: unknown = JSON.parse(await readFile(join(folder, "config.json"), "utf8"));
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function keysOf(host: string): readonly string[] {
  if (host === "docker.io") return ["https://index.docker.io/v1/", "index.docker.io", "docker.io"];
  return [
    host,
    `https://${host}`,
    `https://${host}/`,
    `https://${host}/v1/`,
    `https://${host}/v2/`,
  ];
}

function written(entry: unknown): RegistryCredentials | undefined {
  if (!isRecord(entry)) return undefined;
  const { auth, identitytoken } = entry;
  if (typeof identitytoken === "string" && identitytoken !== "") {
    return { kind: "refresh", token: identitytoken };
  }
  if (typeof auth !== "string") return undefined;
  const [user = "", ...password] = Buffer.from(auth, "base64").toString("utf8").split(":");
  return user === "" ? undefined : { kind: "password", user, password: password.join(":") };
}

// The protocol of docker-credential-helpers: `get`, the host on stdin, JSON on stdout.
async function askHelper(
  name: string,
  host: string,
  { folder, env }: { readonly folder: string; readonly env: Readonly<Record<string, string>> },
): Promise<RegistryCredentials | undefined> {
  try {
    const result = await runProcess({
      command: `docker-credential-${name}`,
      ...{ args: ["get"], cwd: folder, env, input: Buffer.from(host) },
      limits: { timeoutMs: 30_000, maxOutput: 1024 * 1024 },
    });
    const value: unknown = result.code === 0 ? JSON.parse(result.stdout) : undefined;
    if (!isRecord(value)) return undefined;
    const { Username: user, Secret: password } = value;
    if (typeof user !== "string" || typeof password !== "string") return undefined;
    return user === "<token>"
      ? { kind: "refresh", token: password }
      : { kind: "password", user, password };
  } catch {
    return undefined;
  }
}
