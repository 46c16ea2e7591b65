import { InputError } from "../../core/errors.ts";
import { nondeterminism } from "../../core/render/nondeterminism.ts";
import type { DigestedApp } from "./digested-app.ts";
import { sha256 } from "../../clients/sha256.ts";
import { changesBetween } from "./inputs-digest.ts";
import type { InputPart } from "./inputs-digest.ts";
import { prepareApp, renderApp } from "../render-app.ts";
import type { RenderedApp } from "../render-app.ts";
import { type RenderCache, storedForm } from "./render-cache.ts";

export type HowRendered = {
  readonly cache?: RenderCache | undefined;
  /** Render everything twice and compare. */
  readonly checkDeterministic: boolean;
};

type Stored = { readonly rendered: RenderedApp; readonly checked: boolean };

/**
 * An app's documents from the cache, or rendered; with `why` in words where there is a cache.
 * @throws InputError as renderApp does, and for a render that differs from its repetition.
 */
export async function readCachedApp(
  prepared: DigestedApp,
  { cache, checkDeterministic }: HowRendered,
): Promise<{ readonly rendered: RenderedApp; readonly why?: string }> {
  const key = cacheKey(prepared);
  const stored = cache?.read("apps", key) as Stored | undefined;
  if (stored && (stored.checked || !checkDeterministic)) return { rendered: stored.rendered };
  const rendered = await renderApp(prepared);
  if (checkDeterministic) await compareWithRepetition(prepared, rendered);
  if (cache === undefined) return { rendered };
  const why = stored ? "was not checked for determinism yet" : reason(prepared, cache);
  cache.write("apps", key, { rendered, checked: checkDeterministic } satisfies Stored);
  cache.write("inputs", placeKey(prepared), prepared.parts);
  return { rendered, why };
}

function reason(prepared: DigestedApp, cache: RenderCache): string {
  const before = cache.read("inputs", placeKey(prepared)) as readonly InputPart[] | undefined;
  if (before === undefined) return "is not in the cache";
  return changesBetween(before, prepared.parts) ?? "is no longer in the cache";
}

// Checks and the other apps' names decide how snippets and placeholders are taken.
function cacheKey({ digest, job }: DigestedApp): string {
  const { validate, apps } = job.delivery;
  return sha256(JSON.stringify([storedForm, digest, validate.off, apps.map(({ name }) => name)]));
}

function placeKey({ job }: DigestedApp): string {
  return sha256(JSON.stringify([job.delivery.name, job.environment.name, job.app.name]));
}

async function compareWithRepetition(prepared: DigestedApp, first: RenderedApp): Promise<void> {
  const { app, environment, repeated } = prepared.job;
  const second = await renderApp(prepareApp(repeated()));
  const [before, after] = [first, second].map(({ documents }) =>
    documents.map(({ object }) => object),
  );
  const [high, highAgain] = [first, second].map(({ highLevel }) => JSON.stringify(highLevel));
  const found = [
    ...nondeterminism(before ?? [], after ?? []),
    ...(high === highAgain ? [] : ["the high-level result"]),
  ];
  if (found.length === 0) return;
  const where = `app ${app.name}, environment ${environment.name}`;
  throw new InputError(
    found.map((each) => ({ message: `${where}: two renders of the same inputs differ: ${each}` })),
    {
      code: "not-deterministic",
      hint: "Look for random values, dates and generated certificates in the templates.",
    },
  );
}
