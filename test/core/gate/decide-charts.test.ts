// A chart of the manifests repository: source-controller packs it anew for a new version alone.
import type { HelmChart } from "../../../core/flux/flux-object.ts";
import type { ChangedFile, GateInput } from "../../../core/gate/gate-input.ts";
import {
  chartSource,
  cluster,
  helmChart,
  helmRelease,
  kustomization,
  newer,
} from "./gate-world.ts";
import { older, release as releaseIdentity, releaseId, running, source, x } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const file = (path: string) => ({ path, removed: false, identities: [] });
const metadata = (chart?: ChangedFile["chart"]): ChangedFile => ({
  ...file("charts/api/Chart.yaml"),
  ...(chart && { chart }),
});

/** A release of the chart in `charts/api` that has tried its version. */
function release(
  changed: readonly string[],
  of: {
    readonly spec?: Partial<HelmChart>;
    readonly chart?: string;
    readonly createdAt?: number;
  } = {},
): Partial<GateInput> {
  const { chart = "./charts/api", spec = {}, createdAt } = of;
  const { valuesFiles = [] } = spec;
  const packed = { ...(helmChart({}) as HelmChart), chart: chart.replace(/^\.\/?/, ""), ...spec };
  const flux = [
    kustomization({ inventory: [releaseId] }),
    {
      ...helmRelease({
        spec: {
          chart: {
            spec: { chart, valuesFiles, sourceRef: { kind: "GitRepository", ...chartSource } },
          },
        },
        status: { helmChart: "shop/api" },
      }),
      ...(createdAt !== undefined && { createdAt }),
    },
    packed,
  ];
  return { changed: changed.map(file), clusters: [running(flux)] };
}

/** X changed this file, and the release's chart packs `charts/lib`. */
const packing = (path: string): Partial<GateInput> => ({
  ...release([path, "charts/api/README.md"]),
  charts: { "charts/api": { folders: ["charts/lib"] } },
});

const old = (says: string, given: Partial<GateInput>): Row => ({
  ...{ says, given, then: "waiting applied" },
  text: /X changed its chart but not the version 1.2.3 in Chart.yaml, so Flux goes on with/,
});
const fine = (says: string, given: Partial<GateInput>): Row => ({ says, given, then: "succeeded" });

const fetchedAt = "2026-11-23T11:00:00Z";
const [before, then, after] = [-1_000, 0, 1_000].map((ms) => Date.parse(fetchedAt) + ms);

/** X brings the release too, or another of it; it was made at a time, and so was its HelmChart. */
function made(at: number | undefined, chartAt = at, has = x): Partial<GateInput> {
  const spec = chartAt === undefined ? {} : { createdAt: chartAt };
  const given = release(["charts/api/templates/api.yaml"], {
    spec,
    ...(at !== undefined && { createdAt: at }),
  });
  const flux = given.clusters?.[0]?.flux.slice(1) ?? [];
  return {
    changed: [
      ...(given.changed ?? []),
      { path: "dev/api.yaml", removed: false, identities: [releaseIdentity] },
    ],
    clusters: [cluster({ flux: [source({ storedAt: fetchedAt, has }), ...flux] })],
  };
}

describeRows("a chart under its old version of a release that X brings", [
  fine("is taken where both were made after X came", made(after)),
  fine("and in the second in which it came", made(then)),
  fine("or after a newer commit that contains it", made(after, after, newer)),
  old("is not where the release was there before", made(before, after)),
  old("nor where its HelmChart was: that is as it was packed", made(after, before)),
  old("nor where nobody knows since when it is there", made(undefined)),
  old("nor where the HelmChart's source has something else now", made(after, after, older)),
  old("nor where X did not bring it", {
    ...made(after),
    changed: [file("charts/api/templates/a")],
  }),
]);

describeRows("a chart under its old version", [
  ...["templates/api.yaml", "values.yaml", "values.schema.json", "charts/redis/values.yaml"].map(
    (path) => old(`is not taken with another ${path}`, release([`charts/api/${path}`])),
  ),
  old("nor with a file that its templates may show", release(["charts/api/files/app.conf"])),
  old("nor with other dependencies", release(["charts/api/Chart.lock"])),
  ...["README.md", "ci/values.yaml", "tests/api_test.yaml", "docs/a.txt", "LICENSE"].map((path) =>
    fine(`is taken where ${path} changed, which renders nothing`, release([`charts/api/${path}`])),
  ),
  fine(
    "is taken where values changed that nobody names",
    release(["charts/api/values-prod.yaml"], { spec: { valuesFiles: ["charts/api/dev.yaml"] } }),
  ),
  fine(
    "is taken where its own values changed and others stand in their place",
    release(["charts/api/values.yaml"], { spec: { valuesFiles: ["charts/api/dev.yaml"] } }),
  ),
  old(
    "is not taken with other values of a file that it names",
    release(["charts/api/values-dev.yaml"], {
      spec: { valuesFiles: ["charts/api/values-dev.yaml"] },
    }),
  ),
  old(
    "nor of one that lies outside of it",
    release(["dev/api-values.yaml"], { spec: { valuesFiles: ["dev/api-values.yaml"] } }),
  ),
  fine(
    "is taken with a new version",
    release(["charts/api/templates/api.yaml", "charts/api/Chart.yaml"]),
  ),
  old("is not taken with another Chart.yaml of the same version", {
    ...release([]),
    changed: [metadata("same-version"), file("charts/api/templates/api.yaml")],
  }),
  old("nor with nothing else than that", {
    ...release([]),
    changed: [metadata("same-version")],
  }),
  fine("is taken where Chart.yaml says the same in other words", {
    ...release([]),
    changed: [metadata("same")],
  }),
  old("but not with what it renders beside that", {
    ...release([]),
    changed: [metadata("same"), file("charts/api/templates/api.yaml")],
  }),
  fine("is taken where nobody knows which version was there before", {
    ...release([]),
    changed: [metadata(), file("charts/api/templates/api.yaml")],
  }),
  fine(
    "is taken for each commit where it is packed for each",
    release(["charts/api/templates/api.yaml"], { spec: { byRevision: true } }),
  ),
  fine(
    "is none of a chart beside it whose name begins alike",
    release(["charts/api-next/templates/api.yaml", "charts/api/README.md"]),
  ),
  {
    ...old("is not taken with a file of a chart that it packs", packing("charts/lib/values.yaml")),
    text: /X changed charts\/lib, which its chart packs, but not the version 1.2.3 in Chart.yaml/,
  },
  fine("is taken with what renders nothing of that", packing("charts/lib/README.md")),
  fine("or with other charts beside it", packing("charts/web/values.yaml")),
  {
    says: "is not called taken where nobody can tell what it packs",
    given: {
      ...packing("charts/web/values.yaml"),
      charts: { "charts/api": { folders: ["charts"], why: "no Chart.yaml was found" } },
    },
    then: "waiting health-unknown",
    text: /whether X changed what its chart packs of other folders .* no Chart.yaml was found/,
  },
  old("lies in the root as well", release(["templates/api.yaml"], { chart: "." })),
  old("with the files beside Chart.yaml", release(["values.yaml"], { chart: "." })),
  fine("but not with other folders there", release(["prod/api.yaml"], { chart: "." })),
]);
