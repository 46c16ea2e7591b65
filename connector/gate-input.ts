import type { ClusterFacts, GateInput, Target } from "../core/gate/gate-input.ts";
import type { GateMemory } from "../core/gate/memory.ts";
import { isUnder } from "../core/flux/folder.ts";
import { commitsToCompare } from "../core/gate/observe.ts";
import { commitOfTarget } from "../core/gate/target.ts";
import { allDeliveries } from "../core/run/cluster-question.ts";
import { kustomizationsToBuild } from "../core/gate/to-build.ts";
import { readBuilt, type BuildQuestion } from "./builds/read-built.ts";
import { readChanged, readChangedOfAll, type Changes } from "./changed-files.ts";
import { readCluster, readHealth } from "./cluster-facts.ts";
import type { EnvironmentConfig } from "../core/connector-config/config.ts";
import { repositoryOf, type Connector, type GateRoom } from "./connector.ts";
import { readBasesOf, readEnvironmentFiles, type EnvironmentFiles } from "./environment-files.ts";
import { readLayouts, renderedKustomizations } from "./layouts.ts";
import type { ManifestsRepository } from "./manifests-repository.ts";
import { readNewer } from "./newer-change.ts";

export type GateQuestion = {
  readonly environment: EnvironmentConfig;
  readonly delivery: string;
  readonly target: Target;
  /** Read everything now, not from the watch cache. */
  readonly fresh: boolean;
  /** How old "now" may be of the branch's head, where several look at one moment. Default: 0. */
  readonly freshMs?: number;
  readonly deadline: number;
  readonly memory: GateMemory;
  /** Look at all of the delivery's files, whatever X changed. */
  readonly whole?: boolean;
  /** `GateInput.settled` */
  readonly settled?: boolean;
  /** Judge all that the environment runs: its roll-up. */
  readonly everything?: boolean;
  /** `GateInput.partial` */
  readonly partial?: boolean;
  /** The environment's folder is known to be rendered. */
  readonly rendered?: boolean;
  /** Of the branch's head. */
  readonly maxAgeMs: number;
  /** Of clusters that other connectors judge: a word that stands, or one for an attempt since then. */
  readonly observers?: { readonly standing: true } | { readonly askedSince: number };
};

// Only the connector's own statuses count there, and what it posts it knows without asking.
const baselineAgeMs = 10 * 60_000;

/** Reads the world for one verdict of the gate. */
export async function readGateInput(
  connector: GateRoom,
  question: GateQuestion,
): Promise<GateInput> {
  const { environment, delivery, target, fresh, deadline, memory, settled = false } = question;
  const repository = repositoryOf(connector, environment);
  const base = {
    ...{ target, fresh, deadline, memory, settled },
    environment: {
      name: environment.name,
      scope: environment.scope,
      healthUnknownSucceeds: environment.healthUnknownSucceeds,
    },
    repository: repository.addresses,
    branch: repository.config.branch,
    grace: environment.grace ?? connector.config.timings.grace,
  } as const;
  const nothing = { ...base, onBranch: "unknown", bases: {}, contains: {}, clusters: [] } as const;
  const commit = commitOfTarget({ target });
  // What runs before there is an X tells later what has looked at it.
  if (commit === undefined)
    return { ...nothing, clusters: await readClusters(connector, question) };
  const head = await (fresh
    ? repository.head(question.freshMs ?? 0)
    : repository.presumedHead(question.maxAgeMs));
  // A "no" may end the run, so it is asked twice; a branch that is not there is asked so too.
  const contained = head === undefined ? "no" : await repository.contains(commit, head);
  const sure = head !== undefined && contained === "no";
  const onBranch = sure ? await repository.surelyContains(commit, head) : contained;
  if (head === undefined) return { ...nothing, onBranch, branchMissing: true };
  if (onBranch !== "yes") return { ...nothing, onBranch };
  const whole = isWhole(question);
  const maxAgeMs = baselineAgeMs;
  const { everything = false } = question;
  const index = everything ? undefined : await repository.index(commit, environment.path, delivery);
  const files = await readEnvironmentFiles(connector, environment, {
    commit,
    rendered: index !== undefined || question.rendered === true,
  });
  const { places, paths, bases, released } = files;
  // What an index tells, or all that there is, takes in nothing of what brings the environment.
  const bringing = (index === undefined && !everything && files.bringing) || [];
  const onto = target.kind === "pull-request" ? target.onto : undefined;
  const asked = {
    repository,
    environment,
    delivery,
    commit,
    places,
    whole,
    maxAgeMs,
    onto,
    bringing,
    ...(released && { released: released.places }),
  };
  const [changes, newer, clusters] = await Promise.all([
    everything ? readChangedOfAll(connector, asked) : readChanged(connector, asked),
    everything ? undefined : readNewer(connector, asked, head),
    readClusters(connector, question, commit),
  ]);
  const { changed } = changes;
  const around = await withBringers(repository, { paths, bases, bringing, commit, changes });
  const rendered = renderedKustomizations(environment.path, index);
  const layouts = everything ? {} : await readLayouts(repository, { ...around, commit, rendered });
  const contains = Object.fromEntries(
    await Promise.all(
      [...new Set(clusters.flatMap(({ flux }) => commitsToCompare(flux, base)))].map(
        async (revision) => [revision, await repository.contains(commit, revision)] as const,
      ),
    ),
  );
  const input = {
    ...base,
    onBranch,
    changed,
    ...(changes.above === undefined ? {} : { above: changes.above }),
    bases: around.bases,
    layouts,
    ...(released && { charts: released.charts }),
    contains,
    everything,
    ...(question.partial === undefined ? {} : { partial: question.partial }),
    ...(newer ? { newer } : {}),
  } as const;
  const building = { ...changes, repository, commit, bases: around.bases, rendered };
  const told = await Promise.all(
    clusters.map((facts) => withBuilt(connector, facts, { input, question: building })),
  );
  const healthy = told.map((facts) => readHealth(connector, facts, { input, commit }));
  return { ...input, clusters: await Promise.all(healthy) };
}

/** The same with what brings the environment, where X changed a file that only this builds. */
async function withBringers(
  repository: ManifestsRepository,
  of: Required<Pick<EnvironmentFiles, "paths" | "bases" | "bringing">> & {
    readonly commit: string;
    readonly changes: Changes;
  },
): Promise<Pick<EnvironmentFiles, "paths" | "bases"> & Pick<Changes, "changed">> {
  const { paths, bases, commit, changes } = of;
  const { changed, above = [] } = changes;
  const others = changed.filter(({ path }) => !paths.some((other) => isUnder(path, other)));
  const files = [...others, ...above];
  const more: Record<string, readonly string[]> = {};
  for (const path of files.length === 0 ? [] : of.bringing) {
    more[path] = await readBasesOf(repository, commit, path);
  }
  return {
    paths: [...new Set([...paths, ...Object.keys(more)])],
    bases: { ...more, ...bases },
    changed: [...changed, ...above],
  };
}

/** The same with what Flux builds, where the gate asks for it. */
async function withBuilt(
  { builds }: Pick<Connector, "builds">,
  facts: ClusterFacts,
  of: { readonly input: Omit<GateInput, "clusters">; readonly question: BuildQuestion },
): Promise<ClusterFacts> {
  const kustomizations = kustomizationsToBuild(of.input, facts, of.question.commit);
  if (kustomizations.length === 0) return facts;
  return { ...facts, built: await readBuilt(builds, of.question, { kustomizations, facts }) };
}

function readClusters(
  connector: GateRoom,
  question: GateQuestion,
  commit?: string,
): Promise<readonly ClusterFacts[]> {
  const { environment, fresh } = question;
  const about = commit === undefined ? {} : { about: aboutObserved(connector, question, commit) };
  return Promise.all(
    environment.clusters.map((cluster) =>
      readCluster(connector, { environment, cluster, fresh, ...about }),
    ),
  );
}

function aboutObserved({ config }: GateRoom, question: GateQuestion, commit: string) {
  const { observers = { askedSince: 0 }, everything = false, delivery, fresh } = question;
  const standing = "standing" in observers;
  const { look, letters } = config.timings;
  // Whoever waits for an answer has no other sign of it.
  const longestMs = standing ? letters : Math.min(letters, look / 2);
  return {
    ...{ commit, everything, standing },
    delivery: everything ? allDeliveries : delivery,
    // What stands was asked of a change; its own connector looks at all once that was well.
    whole: !standing && isWhole(question),
    askedSince: standing ? 0 : observers.askedSince,
    maxAgeMs: fresh ? (question.freshMs ?? 0) : Math.min(question.maxAgeMs, longestMs),
  };
}

/** Are all of the delivery's files looked at? */
export function isWhole({ whole, target }: Pick<GateQuestion, "target" | "whole">): boolean {
  return whole ?? target.kind === "unchanged";
}
