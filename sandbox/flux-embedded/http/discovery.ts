// What the API says of itself: versions, groups, resources, and the parts of OpenAPI that kubectl
// asks before it writes.
import { apiVersionOf, type Kind } from "../api/kinds.ts";

const kubernetesVersion = {
  major: "1",
  minor: "36",
  gitVersion: "v1.36.3",
  gitCommit: "0000000000000000000000000000000000000000",
  gitTreeState: "clean",
  buildDate: "2026-01-01T00:00:00Z",
  goVersion: "go1.26",
  compiler: "gc",
  platform: "linux/amd64",
};

const verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

/** The answer to a discovery path; undefined when it is none. */
export function discover(kinds: readonly Kind[], path: string): unknown {
  if (path === "/version") return kubernetesVersion;
  if (path === "/api") return { kind: "APIVersions", apiVersion: "v1", versions: ["v1"] };
  if (path === "/api/v1") return resourceList(kinds, "v1");
  if (path === "/apis") return { kind: "APIGroupList", apiVersion: "v1", groups: groups(kinds) };
  const [, group, version, rest] = /^\/apis\/([^/]+)(?:\/([^/]+))?(\/.*)?$/.exec(path) ?? [];
  if (group && !rest) {
    if (!version) return groups(kinds).find(({ name }) => name === group);
    const list = resourceList(kinds, `${group}/${version}`);
    return list.resources.length > 0 ? list : undefined;
  }
  if (path === "/openapi/v3") return openApiIndex(kinds);
  const [, document] = /^\/openapi\/v3\/(?:apis\/)?(.+)$/.exec(path) ?? [];
  return document ? openApiDocument(kinds, document.replace(/^api\//, "")) : undefined;
}

function groups(kinds: readonly Kind[]) {
  const own = { group: "authorization.k8s.io", versions: ["v1"] };
  const names = [...new Set([...kinds, own].map(({ group }) => group))].filter(Boolean);
  return names.map((name) => {
    const versions = [
      ...new Set(
        [...kinds, own].filter(({ group }) => group === name).flatMap(({ versions }) => versions),
      ),
    ].map((version) => ({ groupVersion: `${name}/${version}`, version }));
    return { kind: "APIGroup", apiVersion: "v1", name, versions, preferredVersion: versions[0] };
  });
}

function resourceList(kinds: readonly Kind[], groupVersion: string) {
  const own =
    groupVersion === "authorization.k8s.io/v1"
      ? ["SelfSubjectAccessReview", "SelfSubjectRulesReview"].map((kind) => ({
          name: `${kind.toLowerCase()}s`,
          singularName: kind.toLowerCase(),
          namespaced: false,
          kind,
          verbs: ["create"],
        }))
      : [];
  const served = kinds.filter(({ versions, group }) =>
    versions.some((version) => (group ? `${group}/${version}` : version) === groupVersion),
  );
  return {
    kind: "APIResourceList",
    apiVersion: "v1",
    groupVersion,
    resources: [...own, ...served.flatMap(resourceEntries)],
  };
}

function resourceEntries({ plural, kind, namespaced, shortNames, hasStatus }: Kind) {
  const entry = {
    name: plural,
    singularName: kind.toLowerCase(),
    namespaced,
    kind,
    verbs,
    ...(shortNames.length > 0 ? { shortNames } : {}),
  };
  const status = {
    name: `${plural}/status`,
    singularName: "",
    namespaced,
    kind,
    verbs: ["get", "patch", "update"],
  };
  return hasStatus ? [entry, status] : [entry];
}

function openApiIndex(kinds: readonly Kind[]) {
  const paths = [
    ...new Set(kinds.flatMap((kind) => kind.versions.map((v) => openApiPath(kind, v)))),
  ];
  return {
    paths: Object.fromEntries(
      paths.map((path) => [path, { serverRelativeURL: `/openapi/v3/${path}?hash=0` }]),
    ),
  };
}

function openApiPath(kind: Kind, version: string): string {
  return kind.group ? `apis/${kind.group}/${version}` : `api/${version}`;
}

// kubectl only looks up whether PATCH of a kind takes `fieldValidation`; it then leaves the
// validation to the server.
function openApiDocument(kinds: readonly Kind[], groupVersion: string) {
  const served = kinds.filter((kind) =>
    kind.versions.some((version) => apiVersionOf(kind, version) === groupVersion),
  );
  const paths = served.map((kind) => {
    const version = groupVersion.split("/").at(-1) ?? "";
    const parameters = ["dryRun", "fieldManager", "fieldValidation", "force"].map((name) => ({
      name,
      in: "query",
      schema: { type: "string", uniqueItems: true },
    }));
    const scope = kind.namespaced ? "namespaces/{namespace}/" : "";
    return [
      `/${openApiPath(kind, version)}/${scope}${kind.plural}/{name}`,
      {
        patch: {
          parameters,
          "x-kubernetes-action": "patch",
          "x-kubernetes-group-version-kind": { group: kind.group, version, kind: kind.kind },
        },
      },
    ] as const;
  });
  return {
    openapi: "3.0.0",
    info: { title: "Kubernetes", version: kubernetesVersion.gitVersion },
    paths: Object.fromEntries(paths),
  };
}
