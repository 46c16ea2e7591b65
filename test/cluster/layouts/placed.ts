import type { KubernetesObject } from "../../../core/manifests/identity.ts";
import type { Layout } from "./layout.ts";

const system = { namespace: "flux-system" };
const git = "layouts-git";

/** What the repository of a layout holds. */
export function filesBeside(layout: Layout, all: readonly Layout[]): Files {
  return filesOf(layout.isAlone ? [layout] : all.filter(({ isAlone }) => !isAlone));
}

type Files = Readonly<Record<string, string>>;

/** The repositories with all layouts. */
export function repositoriesOf(
  all: readonly Layout[],
): readonly { readonly name: string; readonly files: Files }[] {
  const alone = all.filter(({ isAlone }) => isAlone);
  const shared = all.filter(({ isAlone }) => !isAlone);
  return [
    { name: "layouts", files: filesOf(shared) },
    ...alone.map((one) => ({ name: one.name, files: filesOf([one]) })),
  ];
}

// Texts name the layout's namespace by a word.
function filesOf(layouts: readonly Layout[]): Files {
  return Object.fromEntries(
    layouts.flatMap(({ name, files }) =>
      Object.entries(files).map(([path, text]) => [
        `${name}/${path}`,
        text.replaceAll("NAMESPACE", name),
      ]),
    ),
  );
}

/** The Flux Kustomization of a layout. */
export function kustomizationOf({
  name,
  spec,
  ignore,
  isAlone,
}: Layout): KubernetesObject & Placed {
  const source = ignore === undefined && !isAlone ? "layouts" : name;
  return {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name, namespace: name },
    spec: {
      ...{ interval: "1h", retryInterval: "1h", prune: false, path: `./${name}` },
      sourceRef: { kind: "GitRepository", name: source, namespace: "flux-system" },
      ...spec,
    },
  };
}

type Placed = { readonly metadata: { readonly name: string; readonly namespace: string } };
type OfSource = { readonly ignore?: string | undefined; readonly repository?: string | undefined };
type Applied = Placed & { readonly kind: string };

/** What Flux needs to build the layouts, in the order in which it has to be there. */
export function clusterObjects(
  layouts: readonly Layout[],
  urlOf: (repository: string) => string,
): {
  readonly surroundings: readonly object[];
  readonly sources: readonly Applied[];
  readonly kustomizations: readonly (KubernetesObject & Placed)[];
} {
  const source = (name: string, { ignore, repository = "layouts" }: OfSource = {}) => ({
    ...{ apiVersion: "source.toolkit.fluxcd.io/v1", kind: "GitRepository" },
    metadata: { name, ...system },
    spec: {
      ...{
        url: urlOf(repository),
        interval: "1h",
        ref: { branch: "main" },
        secretRef: { name: git },
      },
      ...(ignore !== undefined && { ignore }),
    },
  });
  const namespaces = layouts.map(({ name }) => ({
    ...{ apiVersion: "v1", kind: "Namespace", metadata: { name } },
  }));
  const given = layouts.flatMap(({ name: namespace, variables = {} }) =>
    Object.entries(variables).map(([key, values]) => {
      const [kind = "", name = ""] = key.split("/");
      const data = kind === "Secret" ? { stringData: values } : { data: values };
      return { apiVersion: "v1", kind, metadata: { name, namespace }, ...data };
    }),
  );
  const secret = {
    ...{ apiVersion: "v1", kind: "Secret", metadata: { name: git, ...system } },
    stringData: { username: "flux", password: "sandbox-reader" },
  };
  return {
    surroundings: [secret, ...namespaces, ...given],
    sources: [
      source("layouts"),
      ...layouts.flatMap(({ name, ignore, isAlone }) => {
        if (ignore === undefined && !isAlone) return [];
        return source(name, { ignore, repository: isAlone ? name : undefined });
      }),
    ],
    kustomizations: layouts.map(kustomizationOf),
  };
}
