import type { Delivery, Environment } from "../../core/delivery/delivery.ts";
import type { Problem } from "../../core/errors.ts";
import { checkObjects } from "../../core/render/check-objects.ts";
import type { CheckedObject } from "../../core/render/check-objects.ts";
import type { ServerJudge } from "../../core/render/server-judge.ts";
import type { Finding } from "../../core/render/finding.ts";
import type { Kube } from "../../kube/kube.ts";
import type { InstalledSchemas } from "./installed-schemas.ts";
import { serverJudge } from "./server-judge.ts";
import { knownCluster } from "./schemas/known-schemas.ts";

type Options = {
  readonly delivery: Delivery;
  readonly environment: Environment;
  readonly objects: readonly CheckedObject[];
  /** The CustomResourceDefinitions that the delivery names. */
  readonly installed: Pick<InstalledSchemas, "bundle" | "definitions">;
  readonly kube?: Kube | undefined;
};

/** Checks what one environment gets: errors as problems, the rest as warnings. */
export async function checkEnvironment(options: Options): Promise<{
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  /** Kubernetes' own code is here and gave no answer: the next time it may. */
  readonly isUnasked: boolean;
}> {
  const { delivery, environment, objects, installed, kube } = options;
  const { cluster, warnings } = knownCluster(environment.kubernetesVersion, installed.bundle);
  let isUnasked = false;
  const noted = (server: ServerJudge): ServerJudge => ({
    ...server,
    judge: async (...asked) => {
      const answer = await server.judge(...asked);
      isUnasked = "unavailable" in answer && kube?.digest !== "";
      return answer;
    },
  });
  const judge = kube && { server: noted(serverJudge(kube)), definitions: installed.definitions };
  const found = await checkObjects(objects, { ...cluster, ...judge }, delivery.validate);
  const placed = (wanted: Finding["severity"]) =>
    found
      .filter(({ severity }) => severity === wanted)
      .map(({ file, line, app, message }) => ({
        ...(file === undefined ? {} : { file }),
        ...(line === undefined ? {} : { line }),
        message: `${app === undefined ? "" : `app ${app}, `}environment ${environment.name}: ${message}`,
      }));
  const general = delivery.validate.off.includes("schema") ? [] : warnings;
  return {
    isUnasked,
    problems: placed("error"),
    warnings: [...general.map((message) => ({ message })), ...placed("warning")],
  };
}
