import { homedir } from "node:os";
import { join } from "node:path";
import { createHttp } from "../../clients/http.ts";
import { dockerCredentials } from "../../clients/registry/docker-credentials.ts";
import type { Registries } from "../../clients/registry/registry.ts";
import { InputError } from "../../core/errors.ts";
import { parseRegistryAddresses } from "../../core/images/registry-address.ts";
import type { TaskEnv } from "./task-env.ts";

/**
 * Registries as this job may see them: with what `docker login` left, and where the variable
 * `Fluxgate.RegistryAddresses` (of the pipeline, or of the agent's environment) says so, by
 * another address.
 */
export function jobRegistries(env: TaskEnv): Registries {
  const variable = "Fluxgate.RegistryAddresses";
  const { addresses, problems } = parseRegistryAddresses(env.variable(variable) ?? "");
  if (problems.length > 0) {
    throw new InputError(problems.map((each) => ({ message: `Variable ${variable}: ${each}` })));
  }
  const folder = env.variable("DOCKER_CONFIG") ?? join(homedir(), ".docker");
  const inherited = ["PATH", "HOME", "USERPROFILE", "SystemRoot", "XDG_RUNTIME_DIR"];
  const helperEnv = Object.fromEntries(
    inherited.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  return {
    http: createHttp({ userAgent: "fluxgate" }),
    credentials: dockerCredentials({ folder, env: { ...helperEnv, DOCKER_CONFIG: folder } }),
    addresses,
  };
}
