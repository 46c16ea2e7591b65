import { build, type BuildRequest, type BuildResult } from "./build.ts";
import { validate, type ValidateRequest, type ValidateResult } from "./validate.ts";
import { workerClient, type Limits, type Source, type Worker } from "./worker-client.ts";

/** Flux's own build and the API server's own checks. Each module is loaded when it is first asked. */
export type Kube = {
  readonly build: (request: BuildRequest) => Promise<BuildResult>;
  readonly validate: (request: ValidateRequest) => Promise<ValidateResult>;
  /** Starts a module that will be asked soon: it takes some seconds, beside other work. */
  readonly warm: (module: "build" | "validate") => void;
  /** Kubernetes' minor version whose rules `validate` knows: 36 for 1.36. */
  readonly minor: number;
  /** sha256 of the modules; empty where there are none. What a cached answer hangs on. */
  readonly digest: string;
  /** Ends the workers; what is asked later is refused. */
  readonly close: () => void;
};

/** The door itself, over whatever workers and module files a platform has. */
export function kubeOver(options: {
  readonly spawn: () => Worker;
  readonly sources: { readonly build: Source; readonly validate: Source };
  readonly minor: number;
  readonly digest: string;
  readonly limits?: Partial<Limits>;
}): Kube {
  const { spawn, sources, limits, minor, digest } = options;
  const builds = workerClient(spawn, sources.build, limits);
  const checks = workerClient(spawn, sources.validate, limits);
  return {
    build: (request) => build(builds, request),
    validate: (request) => validate(checks, request),
    warm: (module) => (module === "build" ? builds : checks).warm(),
    minor,
    digest,
    close: () => {
      builds.close();
      checks.close();
    },
  };
}

/** A door to nothing: every answer says that the module is absent, and why. */
export function absentKube(text: string): Kube {
  const absent = { kind: "absent", cause: "not-included", text } as const;
  return {
    build: () => Promise.resolve(absent),
    validate: () => Promise.resolve(absent),
    warm: () => undefined,
    minor: 0,
    digest: "",
    close: () => undefined,
  };
}
