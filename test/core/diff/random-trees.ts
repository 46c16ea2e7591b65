// Repositories as teams lay them out, made by chance: a cluster's folder with Flux Kustomizations, two
// folders of manifests, a base, a component; and an edit or two of them.
import { stringify } from "yaml";

export type Tree = Readonly<Record<string, string>>;
type Writers = Readonly<Record<string, () => string>>;

/** @param seed the same one makes the same trees */
export function randomTrees(seed: number) {
  const chance = chances(seed);
  /** @param always one of the files that are edited is such a one */
  const next = (always?: RegExp) => edited(writersOf(chance), chance, always);
  return { next };
}

type Chance = ReturnType<typeof chances>;

function chances(seed: number) {
  let state = seed;
  const next = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
  const maybe = (probability: number) => next() < probability;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  /** A mapping, or nothing of it. */
  const some = (probability: number, make: () => object) => (maybe(probability) ? make() : {});
  return { maybe, pick, some };
}

function edited(writers: Writers, { maybe, pick }: Chance, always?: RegExp) {
  const before: Tree = Object.fromEntries(
    Object.entries(writers).map(([at, write]) => [at, write()]),
  );
  const after: Record<string, string> = { ...before };
  const files = Object.keys(writers);
  const edits = Array.from({ length: maybe(0.5) ? 1 : 2 }, () => pick(files));
  if (always !== undefined) edits.push(pick(files.filter((file) => always.test(file))));
  for (const path of edits) {
    if (maybe(0.15)) delete after[path];
    else after[path] = writers[path]?.() ?? "";
  }
  return { before, after, edits };
}

const values = ["1", "2", "${V}", "x-${V}", "${W:=w}", "$V", "yes"];
const kinds = ["ConfigMap", "Deployment"];
const add = (path: string, value: unknown) => stringify([{ op: "add", path, value }]);

function writersOf(chance: Chance): Writers {
  const { maybe, pick } = chance;
  const root = pick(["app", "apps/shop", "infra/x"]);
  const apps = { [root]: "", two: "2" };
  const [hasInfra, hasSync, hasOwn] = [maybe(0.4), maybe(0.3), maybe(0.3)];
  // Brought by a Kustomization that is brought itself.
  const isDeep = hasInfra && maybe(0.4);
  const infra = isDeep ? "layers/infra.yaml" : "clusters/prod/infra.yaml";
  const lists = [
    ...["app.yaml", "vars.yaml", ...(hasInfra ? [isDeep ? "layers.yaml" : "infra.yaml"] : [])],
    ...(hasSync ? ["flux-system/gotk-sync.yaml"] : []),
  ];
  const within = Object.entries(apps).map(([folder, suffix]) => folderOf(folder, suffix, chance));
  return {
    "clusters/prod/app.yaml": () => stringify(fluxOf("app", root, chance)),
    "clusters/prod/vars.yaml": () =>
      stringify(settings("vars", { V: pick(["a", "b"]) }, { namespace: "flux-system" })),
    ...(hasInfra && { [infra]: () => stringify(fluxOf("infra", "two", chance)) }),
    ...(isDeep && {
      "clusters/prod/layers.yaml": () => stringify(fluxOf("layers", "layers", chance)),
    }),
    ...(hasSync && { "clusters/prod/flux-system/gotk-sync.yaml": () => sync(chance) }),
    ...(hasOwn && { "clusters/prod/kustomization.yaml": () => ofCluster(lists, chance) }),
    ...within[0],
    ...within[1],
    ...folderOf("base", "-base", chance),
    "base/kustomization.yaml": () => stringify(kustomizationOf("base", "-base", chance)),
    "comp/kustomization.yaml": () =>
      stringify({
        kind: "Component",
        patches: [
          { target: { kind: "ConfigMap" }, patch: add("/metadata/labels", { c: pick(values) }) },
        ],
      }),
  };
}

function folderOf(folder: string, suffix: string, chance: Chance): Writers {
  const { maybe, pick } = chance;
  const objects = ["a", "b", "c"].map((name) => {
    return [`${folder}/${name}.yaml`, () => objectsOf(name + suffix, chance)] as const;
  });
  const isListed = maybe(0.6) || folder === "base";
  return {
    ...Object.fromEntries(objects),
    [`${folder}/fix.yaml`]: () => stringify(workload(`fix${suffix}`, pick(values))),
    [`${folder}/sub/d.yaml`]: () => objectsOf(`d${suffix}`, chance),
    [`${folder}/sub/kustomization.yaml`]: () =>
      stringify({ resources: ["d.yaml"], ...chance.some(0.3, () => ({ namePrefix: "s-" })) }),
    [`${folder}/conf.txt`]: () => pick(["hello", "hello ${V}", "bye"]),
    [`${folder}/vars.env`]: () => pick(["K=1\n", "K=${V}\n", "K=2\nL=3\n"]),
    ...(isListed && {
      [`${folder}/kustomization.yaml`]: () => stringify(kustomizationOf(folder, suffix, chance)),
    }),
    ...(maybe(0.1) && { [`${folder}/.sourceignore`]: () => pick(["b.yaml\n", "sub/\n"]) }),
  };
}

function objectsOf(name: string, { maybe, pick, some }: Chance): string {
  const more = some(0.5, () => ({ namespace: pick(["shop", "other"]) }));
  const [one, other] = [
    pick([settings(name, { x: pick(values) }, more), workload(name, pick(values), more)]),
    settings(`${name}-more`, { y: pick(values) }, more),
  ];
  return maybe(0.2) ? `${stringify(one)}---\n${stringify(other)}` : stringify(one);
}

function settings(name: string, data: object, more: object = {}) {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, ...more }, data };
}

function workload(name: string, value: string, more: object = {}) {
  const labels = { app: name };
  const env = [{ name: "E", value }];
  const container = {
    name: "a",
    image: "r/a:1",
    env,
    envFrom: [{ configMapRef: { name: "gen" } }],
  };
  return {
    ...{ apiVersion: "apps/v1", kind: "Deployment", metadata: { name, ...more } },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  };
}

function kustomizationOf(folder: string, suffix: string, { maybe, pick, some }: Chance): object {
  const up = "../".repeat(folder.split("/").length);
  const isBase = folder === "base";
  return {
    resources: [
      "fix.yaml",
      ...["a.yaml", "b.yaml", "c.yaml"].filter(() => maybe(0.85)),
      ...(maybe(0.3) ? ["sub"] : []),
      ...(maybe(0.3) && !isBase ? [`${up}base`] : []),
    ],
    ...some(0.2, () => ({ namePrefix: pick(["p-", "q-"]) })),
    ...some(0.15, () => ({ nameSuffix: pick(["-s", "-${V}"]) })),
    ...some(0.25, () => ({ namespace: pick(["shop", "n"]) })),
    ...some(0.2, () => ({ commonAnnotations: { note: pick(values) } })),
    ...some(0.2, () => ({ labels: [{ pairs: { t: pick(["a", "b"]) }, includeTemplates: true }] })),
    ...some(0.4, () => ({
      configMapGenerator: [
        {
          ...{ name: "gen", literals: [`A=${pick(values)}`] },
          ...some(0.3, () => ({ files: ["conf.txt"] })),
          ...some(0.3, () => ({ envs: ["vars.env"] })),
        },
      ],
    })),
    ...some(0.3, () => ({
      patches: [
        { target: { kind: pick(kinds) }, patch: add("/metadata/annotations", { p: pick(values) }) },
      ],
    })),
    ...some(0.2, () => ({ images: [{ name: "r/a", newTag: pick(["2", "3"]) }] })),
    ...some(0.1, () => ({ replicas: [{ name: `fix${suffix}`, count: pick([1, 3]) }] })),
    ...(isBase ? {} : some(0.15, () => ({ components: [`${up}comp`] }))),
  };
}

function fluxOf(name: string, folder: string, { maybe, pick, some }: Chance): object {
  const patch = () => add("/metadata/annotations", { f: pick(values) });
  const spec = {
    ...{ interval: "5m", path: pick([`./${folder}`, folder]), prune: maybe(0.9) },
    sourceRef: { kind: "GitRepository", name: "flux-system", namespace: "flux-system" },
    ...some(0.4, () => ({
      postBuild: {
        ...some(0.8, () => ({ substitute: { V: pick(["one", "two"]), W: pick(["1", "2"]) } })),
        ...some(0.3, () => ({ substituteFrom: [{ kind: "ConfigMap", name: "vars" }] })),
      },
    })),
    ...some(0.2, () => ({ targetNamespace: pick(["t1", "t2"]) })),
    ...some(0.2, () => ({ patches: [{ target: { kind: pick(kinds) }, patch: patch() }] })),
    ...some(0.1, () => ({ images: [{ name: "r/a", newTag: pick(["5", "6"]) }] })),
    ...some(0.1, () => ({ namePrefix: pick(["f-", "g-"]) })),
    ...some(0.1, () => ({ commonMetadata: { labels: { c: pick(values) } } })),
    ...some(0.1, () => ({ components: [`${"../".repeat(folder.split("/").length)}comp`] })),
  };
  return kustomization(name, spec);
}

function kustomization(name: string, spec: object): object {
  const apiVersion = "kustomize.toolkit.fluxcd.io/v1";
  return { apiVersion, kind: "Kustomization", metadata: { name, namespace: "flux-system" }, spec };
}

function sync({ pick, some }: Chance): string {
  const target = { kind: "Kustomization", name: "(app|infra|layers)" };
  return stringify(
    kustomization("flux-system", {
      ...{ path: "./clusters/prod", prune: true },
      sourceRef: { kind: "GitRepository", name: "flux-system", namespace: "flux-system" },
      ...some(0.3, () => ({ postBuild: { substitute: { V: pick(["r1", "r2"]) } } })),
      ...some(0.3, () => ({
        patches: [{ target, patch: add("/spec/namePrefix", pick(["x-", "y-"])) }],
      })),
    }),
  );
}

function ofCluster(resources: readonly string[], { pick, some }: Chance): string {
  const target = { kind: "Kustomization", name: "(app|infra|layers)" };
  const postBuild = () => ({ substitute: { V: pick(["k1", "k2"]) } });
  return stringify({
    resources,
    ...some(0.5, () => ({ patches: [{ target, patch: add("/spec/postBuild", postBuild()) }] })),
  });
}
