import { anything, configMap, type Layout, lists } from "./layout.ts";

const odd = `words: [yes, no, on, off, y, n, True, FALSE, Null, ~, "", '']
numbers: [010, 0o10, 0x1F, 1_000, 1.0, 1.10, 1e3, 1E400, 83e2010, +1, .5, 5., 0b11, -0, 12:30:45]
big: [9007199254740993, 18446744073709551615, 123456789012345678901234567890]
dates: [2001-12-14, 2001-12-14T21:59:43Z]
quoted: ["yes", '010', "1.10"]
folded: >-
  one
  two
kept: |+
  one

tab: "a\\tb"
separators: "a\\u2028b\\x85c"
`;

/** How texts are read: words of YAML 1.1, numbers, anchors, and what is no YAML. */
export const words: readonly Layout[] = [
  { name: "words", files: { "a.yaml": anything("a", odd) } },
  {
    name: "words-listed",
    files: { "kustomization.yaml": lists(["a.yaml"]), "a.yaml": anything("a", odd) },
  },
  {
    name: "anchors",
    files: {
      "a.yaml": anything(
        "a",
        "base: &base { a: 1, b: [x] }\nover: { <<: *base, a: 2 }\nsame: *base\nboth: [*base, *base]\n",
      ),
    },
  },
  {
    name: "line-ends",
    files: {
      "a.yaml": configMap("a", '{ key: "value", other: "x\\r\\ny" }').replaceAll("\n", "\r\n"),
      "b.yaml": `\uFEFF${configMap("b")}`,
    },
  },
  {
    name: "tags",
    files: {
      "a.yaml": anything("a", "text: !!str 010\nnumber: !!int '7'\nbytes: !!binary aGVsbG8=\n"),
    },
  },
  {
    name: "label-words",
    files: {
      "a.yaml": configMap("a").replace("metadata: {", "metadata: { labels: { on: yes, a: on },"),
    },
  },
  {
    name: "keys",
    isRefused: true,
    files: { "a.yaml": anything("a", "1: one\ntrue: two\nx: three\n") },
  },
  {
    name: "nulls",
    files: {
      "a.yaml": configMap("a").replace("metadata: {", "metadata: { annotations: null, labels: {},"),
      "b.yaml": anything("b", "a: null\nb: {}\nc: []\nd: [null]\n"),
    },
  },
  { name: "twice-a-key", isRefused: true, files: { "a.yaml": `${configMap("a")}data: {}\n` } },
  {
    name: "twice-a-key-listed",
    isRefused: true,
    files: {
      "kustomization.yaml": lists(["a.yaml"]),
      "a.yaml": configMap("a", "{ a: b, a: c }"),
    },
  },
  {
    name: "twice-in-kustomization",
    files: {
      "kustomization.yaml": "resources: [a.yaml]\nresources: []\n",
      "a.yaml": configMap("a"),
    },
  },
  {
    name: "unknown-in-kustomization",
    files: {
      "kustomization.yaml": lists(["a.yaml"], "resource: [b.yaml]\n"),
      "a.yaml": configMap("a"),
    },
  },
  {
    name: "no-yaml",
    isRefused: true,
    files: { "deep/a.yaml": "a: b: c\n" },
  },
  {
    name: "no-yaml-listed",
    isRefused: true,
    files: { "kustomization.yaml": lists(["a.yaml"]), "a.yaml": 'a: "open\n' },
  },
  { name: "tab", isRefused: true, files: { "a.yaml": "a:\n\tb: c\n" } },
  {
    name: "template",
    isRefused: true,
    files: { "a.yaml": configMap("a", "{{ .Values.data }}") },
  },
  { name: "nameless", isRefused: true, files: { "a.yaml": "apiVersion: v1\nkind: ConfigMap\n" } },
  { name: "no-object", isRefused: true, files: { "values.yaml": "replicas: 2\n" } },
  { name: "a-text", isRefused: true, files: { "a.yaml": "just words\n" } },
  { name: "a-sequence", isRefused: true, files: { "a.yaml": "- a\n- b\n" } },
];
