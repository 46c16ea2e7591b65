import { configMap, type Layout, lists } from "./layout.ts";

/** What the source leaves out, and paths that are not there. */
export const sources: readonly Layout[] = [
  {
    name: "source-ignore",
    files: {
      ".sourceignore": "secret/\n*.local.yaml\n!kept.local.yaml\n",
      "a.yaml": configMap("a"),
      "b.local.yaml": configMap("b"),
      "kept.local.yaml": configMap("kept"),
      "secret/c.yaml": configMap("c"),
      "deep/secret/d.yaml": configMap("d"),
    },
  },
  {
    name: "ignored-by-source",
    ignore: "/*\n!/ignored-by-source\n/ignored-by-source/b.yaml\n",
    files: { "a.yaml": configMap("a"), "b.yaml": configMap("b") },
  },
  {
    name: "ignored-by-both",
    ignore: "c.yaml\n",
    files: {
      ".sourceignore": "b.yaml\n",
      "a.yaml": configMap("a"),
      "b.yaml": configMap("b"),
      "c.yaml": configMap("c"),
    },
  },
  {
    name: "left-out",
    isAlone: true,
    files: {
      "a.yaml": configMap("a"),
      ".github/b.yaml": configMap("b"),
      ".sops.yaml": "creation_rules: []\n",
      ".flux.yaml": "no: manifest\n",
      "cloudbuild.yaml": "steps: []\n",
      ".goreleaser.yml": "no: manifest\n",
      ".hidden/d.yaml": configMap("d"),
      ".also.yaml": configMap("e"),
    },
  },
  {
    name: "ignored-resource",
    isRefused: true,
    files: {
      ".sourceignore": "b.yaml\n",
      "kustomization.yaml": lists(["a.yaml", "b.yaml"]),
      "a.yaml": configMap("a"),
      "b.yaml": configMap("b"),
    },
  },
  {
    name: "ignored-kustomization",
    files: {
      ".sourceignore": "kustomization.yaml\n",
      "kustomization.yaml": lists(["a.yaml"], "namePrefix: p-\n"),
      "a.yaml": configMap("a"),
    },
  },
  {
    name: "no-folder",
    isRefused: true,
    spec: { path: "./no-folder/absent" },
    files: { "a.yaml": configMap("a") },
  },
  {
    name: "a-file",
    isRefused: true,
    spec: { path: "./a-file/a.yaml" },
    files: { "a.yaml": configMap("a") },
  },
  {
    name: "no-resource",
    isRefused: true,
    files: { "kustomization.yaml": lists(["absent.yaml"]), "a.yaml": configMap("a") },
  },
  {
    name: "no-base",
    isRefused: true,
    files: { "kustomization.yaml": lists(["../no-such-base"]) },
  },
  {
    name: "folder-without",
    isRefused: true,
    files: { "kustomization.yaml": lists(["deep"]), "deep/a.yaml": configMap("a") },
  },
  {
    name: "circle",
    isRefused: true,
    spec: { path: "./circle/one" },
    files: {
      "one/kustomization.yaml": lists(["../two"]),
      "two/kustomization.yaml": lists(["../one"]),
    },
  },
  {
    name: "same-twice",
    isRefused: true,
    files: {
      "kustomization.yaml": lists(["a.yaml", "b.yaml"]),
      "a.yaml": configMap("a"),
      "b.yaml": configMap("a"),
    },
  },
  {
    name: "same-twice-plain",
    isRefused: true,
    files: { "a.yaml": configMap("a"), "b.yaml": configMap("a") },
  },
  {
    name: "two-kustomizations",
    isRefused: true,
    files: {
      "kustomization.yaml": lists(["a.yaml"]),
      "kustomization.yml": lists(["a.yaml"]),
      "a.yaml": configMap("a"),
    },
  },
  {
    name: "outside",
    isRefused: true,
    files: { "kustomization.yaml": lists(["../../../../../../no-such-file"]) },
  },
  {
    name: "patch-without-target",
    isRefused: true,
    files: {
      "kustomization.yaml": lists(
        ["a.yaml"],
        "patches: [{ patch: '{ apiVersion: v1, kind: ConfigMap, metadata: { name: absent } }' }]\n",
      ),
      "a.yaml": configMap("a"),
    },
  },
  {
    name: "replacement-without-source",
    isRefused: true,
    files: {
      "kustomization.yaml": lists(
        ["a.yaml"],
        "replacements: [{ source: { kind: Secret, name: absent }, targets: [{ select: { kind: ConfigMap } }] }]\n",
      ),
      "a.yaml": configMap("a"),
    },
  },
];
