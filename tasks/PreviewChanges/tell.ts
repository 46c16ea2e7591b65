import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import {
  createThread,
  listThreads,
  readJudgedIteration,
  updateThread,
} from "../../clients/azure-devops/placed-threads.ts";
import { postPullRequestStatus } from "../../clients/azure-devops/pull-request-statuses.ts";
import { runUrl } from "../../core/azure-devops/urls.ts";
import { HttpError, InputError } from "../../core/errors.ts";
import {
  notCompared,
  parsePreview,
  type Preview,
  previewComment,
  previewStatus,
} from "../../core/report/preview.ts";
import { explainedRefusal } from "../../clients/azure-devops/explained-refusal.ts";
import type { TaskLog, TaskOutcome } from "../common/task-env.ts";
import type { Inputs, PullRequestPlace } from "./inputs.ts";

/** A status policy names it: genre `fluxgate`, name `preview`. */
const context = { genre: "fluxgate", name: "preview" };
const property = "Fluxgate.Preview";
const largest = 20_000_000;

/** Posts what all environments' comparisons found, as one comment and a status. */
export async function runTell(
  inputs: Inputs,
  { ado, log }: { readonly ado: AzureDevOps; readonly log: TaskLog },
): Promise<TaskOutcome> {
  const previews = readPreviews(inputs);
  const place = inputs.pullRequest;
  const text = previewComment(previews, {
    name: String(place?.build ?? ""),
    url: place === undefined ? "" : runUrl(place),
  });
  const outcome = { outputs: {}, summary: `${text}\n`, message: previewStatus(previews) };
  if (place === undefined) {
    log.info("This is no pull request of Azure Repos: what was found stands in the summary only");
    return outcome;
  }
  try {
    await tellPullRequest(inputs, place, { ado, log, text, previews });
    log.info(`Pull request !${place.id} has the status ${context.genre}/${context.name}`);
  } catch (error) {
    // Builds of forks get a token that may only read, unless the pipeline's owner says otherwise.
    const isRefused = error instanceof HttpError && [401, 403, 404].includes(error.status);
    if (!place.isFork || !isRefused) {
      throw explainedRefusal(error, {
        what: `write to !${place.id}`,
        repository: place.name === "" ? "the code repository" : `repository ${place.name}`,
      });
    }
    log.warn(`This run of a fork may not write to !${place.id}: see the run's summary`);
  }
  return outcome;
}

async function tellPullRequest(
  inputs: Inputs,
  place: PullRequestPlace,
  told: {
    readonly ado: AzureDevOps;
    readonly log: TaskLog;
    readonly text: string;
    readonly previews: readonly Preview[];
  },
): Promise<void> {
  const { ado, log, text: content, previews } = told;
  const of = { repo: { project: place.project, repository: place.repository }, id: place.id };
  const delivery = previews[0]?.delivery ?? "";
  const iteration = await readJudgedIteration(ado, { ...of, source: place.source });
  if (iteration.isOutdated)
    log.info(`A later push to !${place.id} has a run of its own, which comments`);
  else if (inputs.comment) {
    const threads = await listThreads(ado, of);
    const own = threads.find(
      (one) => one.isDeleted !== true && one.properties?.[property]?.$value === delivery,
    );
    if (own !== undefined) await updateThread(ado, { ...of, thread: own, content });
    else {
      const properties = { [property]: delivery };
      await createThread(ado, { ...of, content, status: "closed", properties });
    }
  }
  await postPullRequestStatus(ado, {
    ...of,
    status: {
      ...{ context, state: stateOf(previews), description: previewStatus(previews) },
      targetUrl: runUrl(place),
      ...(iteration.id === undefined ? {} : { iterationId: iteration.id }),
    },
  });
}

/** Green is only what was compared as a whole. */
function stateOf(previews: readonly Preview[]): "succeeded" | "failed" | "notApplicable" {
  if (previews.some(({ failed }) => failed)) return "failed";
  return previews.every(({ complete }) => complete) ? "succeeded" : "notApplicable";
}

/** Those of the folder and of the folders in it: artefacts come each in one of its own. */
function readPreviews({ outputFolder, environments }: Inputs): readonly Preview[] {
  let names: readonly string[] = [];
  try {
    names = readdirSync(outputFolder, { recursive: true, encoding: "utf8" });
  } catch {
    // Told below, like an empty folder.
  }
  const found = names
    .filter((name) => name.endsWith(".json"))
    // Of a job that was tried again the last try counts: preview-dev-2/dev.json.
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .flatMap((name) => {
      const file = join(outputFolder, name);
      const stat = statSync(file);
      if (!stat.isFile() || stat.size > largest) return [];
      return parsePreview(readFileSync(file, "utf8")) ?? [];
    });
  const byName = new Map(found.map((one) => [one.environment, one]));
  const delivery = found[0]?.delivery ?? "";
  const wanted = environments.length > 0 ? environments : [...byName.keys()];
  if (found.length > 0) {
    return wanted.map((name) => byName.get(name) ?? notCompared({ delivery, environment: name }));
  }
  throw new InputError(
    [{ message: `Failed to read what was compared: ${outputFolder} holds nothing of it` }],
    {
      code: "preview-missing",
      hint: "Run PreviewChanges with step: compare before, and download what it wrote into outputFolder.",
    },
  );
}
