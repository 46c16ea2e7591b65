import { anything, configMap, deployment, type Layout, lists } from "./layout.ts";

const namespace = "namespace: NAMESPACE\n";

/** ConfigMaps and Secrets that a kustomization makes, and what their names end in. */
export const generators: readonly Layout[] = [
  {
    name: "generated",
    files: {
      "kustomization.yaml": lists(
        ["web.yaml"],
        `${namespace}configMapGenerator: [{ name: settings, literals: [a=b, "c=d=e", "quoted='x y'"], files: [app.ini, renamed=deep/file.txt], envs: [settings.env] }]\nsecretGenerator: [{ name: keys, type: Opaque, literals: [password=s3cret] }]\n`,
      ),
      "web.yaml": deployment("web"),
      "app.ini": "[a]\r\nb = 1\r\n",
      "deep/file.txt": "é\t\u2028 words without an end",
      "settings.env": "# words\nPORT=8080\n\nEMPTY=\nSPACED= a b \n",
    },
  },
  {
    name: "without-hash",
    files: {
      "kustomization.yaml": `${namespace}configMapGenerator: [{ name: one, literals: [a=yes], options: { disableNameSuffixHash: true, labels: { l: "on" }, annotations: { note: "1.10" }, immutable: true } }, { name: two, literals: [a=010] }]\ngeneratorOptions: { labels: { all: generated } }\n`,
    },
  },
  {
    name: "generator-word",
    isRefused: true,
    files: {
      "kustomization.yaml": `${namespace}configMapGenerator: [{ name: one, literals: [a=b], options: { annotations: { n: "no key of YAML 1.1" } } }]\n`,
    },
  },
  {
    name: "merged",
    spec: { path: "./merged/overlay" },
    files: {
      "base/kustomization.yaml": `${namespace}configMapGenerator: [{ name: a, literals: [x=1, y=2] }, { name: b, literals: [x=1, y=2] }]\n`,
      "overlay/kustomization.yaml": lists(
        ["../base"],
        `${namespace}namePrefix: p-\nconfigMapGenerator: [{ name: a, behavior: merge, literals: [y=3, z=4] }, { name: b, behavior: replace, literals: [z=4] }]\n`,
      ),
    },
  },
  {
    name: "generator-file",
    files: {
      "kustomization.yaml": "generators: [generator.yaml]\n",
      "generator.yaml":
        "apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: { name: made, namespace: NAMESPACE }\nliterals: [a=b]\n",
    },
  },
  {
    name: "hash-of-object",
    files: {
      "kustomization.yaml": lists(["a.yaml", "b.yaml"], "namePrefix: p-\n"),
      "a.yaml": configMap("a").replace(
        "metadata: {",
        'metadata: { annotations: { kustomize.config.k8s.io/needs-hash: "true" },',
      ),
      "b.yaml": anything("b", "name: a"),
    },
  },
  {
    name: "generator-without-file",
    isRefused: true,
    files: { "kustomization.yaml": "configMapGenerator: [{ name: a, files: [absent.txt] }]\n" },
  },
  {
    name: "helm-charts",
    isRefused: true,
    files: { "kustomization.yaml": "helmCharts: [{ name: a, releaseName: a, version: 1.0.0 }]\n" },
  },
  {
    name: "exec-plugin",
    isRefused: true,
    files: {
      "kustomization.yaml": "generators: [run.yaml]\n",
      "run.yaml":
        'apiVersion: v1\nkind: Run\nmetadata: { name: run, annotations: { config.kubernetes.io/function: "exec: { path: ./run.sh }" } }\n',
      "run.sh": "#!/bin/sh\necho\n",
    },
  },
];
