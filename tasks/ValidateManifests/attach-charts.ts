import { createHmac, randomBytes } from "node:crypto";
import { attachFile } from "../../clients/azure-devops/pull-request-attachments.ts";
import { concealSecrets } from "../../core/charts/conceal-secrets.ts";
import { chartsFileName, writeRenderedCharts } from "../../core/charts/rendered-charts.ts";
import type { RenderedRelease } from "../../core/charts/rendered-release.ts";
import { causeText, FluxgateError } from "../../core/errors.ts";
import type { Deps } from "./deps.ts";
import type { Inputs } from "./inputs.ts";

/**
 * Attaches what charts render for the review, which reads it for exactly these commits. Without it
 * the review says that the effect is not known, so a refusal is only told.
 */
export async function attachCharts(
  inputs: Inputs,
  { ado, log }: Deps,
  of: {
    readonly before: string;
    readonly after: string;
    readonly source: string | undefined;
    readonly releases: readonly RenderedRelease[];
  },
): Promise<void> {
  const { project, repository, pullRequest: id, build } = inputs;
  const { before, after, source = after, releases } = of;
  if (id === undefined || releases.length === 0) return;
  const key = randomBytes(32);
  const disguise = (text: string) => createHmac("sha256", key).update(text).digest();
  const text = writeRenderedCharts({
    ...{ before, after, source },
    releases: releases.map((release) => concealSecrets(release, disguise)),
  });
  const name = chartsFileName({ after, build });
  try {
    await attachFile(ado, { repo: { project, repository }, id, name, text });
    log.info(`Attached what ${releases.length} charts render to !${id}: ${name}`);
  } catch (error) {
    if (!(error instanceof FluxgateError)) throw error;
    log.warn(
      `Could not attach ${name} to !${id}: ${causeText(error)}. The review shows no charts.`,
    );
  }
}
