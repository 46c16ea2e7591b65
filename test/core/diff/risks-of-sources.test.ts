import { of, spec } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const source = (kind: string) => spec("source.toolkit.fluxcd.io/v1", kind);
const images = (kind: string) => spec("image.toolkit.fluxcd.io/v1", kind);
const files = (fields: string) =>
  `high unknown-effect: brings other files (${fields}): what Flux applies of them is not known here`;

describe("what is said of a change of a source", () => {
  saysOfRisks([
    [
      "another repository",
      source("GitRepository")({ url: "https://a/b" }, { url: "https://a/c" }),
      "medium flux-behaviour: applies something else: spec.url changes",
      files("url"),
    ],
    [
      "no encryption",
      source("GitRepository")({ url: "https://a/b" }, { url: "http://a/b" }),
      "high flux-behaviour: is fetched without encryption (url)",
      "medium flux-behaviour: applies something else: spec.url changes",
      files("url"),
    ],
    [
      "no signatures",
      source("GitRepository")({ verify: { mode: "HEAD" } }, {}),
      "medium flux-behaviour: checks signatures otherwise, or no longer (verify)",
    ],
    [
      "encryption at last",
      source("GitRepository")({ url: "http://a/b" }, { url: "https://a/b" }),
      "medium flux-behaviour: applies something else: spec.url changes",
      files("url"),
    ],
    [
      "by SSH, which encrypts too",
      source("GitRepository")({ url: "https://a/b" }, { url: "ssh://http:/b" }),
      "medium flux-behaviour: applies something else: spec.url changes",
      files("url"),
    ],
    [
      "another branch",
      source("GitRepository")({ ref: { branch: "a" } }, { ref: { branch: "b" } }),
      "medium flux-behaviour: applies something else: spec.ref changes",
      files("ref"),
    ],
    [
      "other signatures",
      source("GitRepository")({ verify: { mode: "HEAD" } }, { verify: { mode: "Tag" } }),
      "medium flux-behaviour: checks signatures otherwise, or no longer (verify)",
    ],
    [
      "a source without encryption as before",
      source("OCIRepository")({ insecure: true, a: 1 }, { insecure: true }),
    ],
    [
      "no branch of its own to write to",
      images("ImageUpdateAutomation")({ git: { push: { branch: "a" } } }, { git: { push: {} } }),
      "medium flux-behaviour: writes new images to the branch that it reads instead of a (spec.git.push.branch)",
    ],
    [
      "another rule of images",
      images("ImagePolicy")(
        { policy: { semver: { range: "1" } } },
        { policy: { semver: { range: "2" } } },
      ),
      "medium flux-behaviour: chooses other images (spec.policy)",
    ],
    [
      "what an image policy says of itself",
      images("ImagePolicy")({ interval: "1m" }, { interval: "2m" }),
    ],
    ["signatures at last", source("GitRepository")({}, { verify: { mode: "HEAD" } })],
    ["what it leaves out", source("GitRepository")({}, { ignore: "/*" }), files("ignore")],
    [
      "some folders alone",
      source("GitRepository")({}, { sparseCheckout: ["a"] }),
      files("sparseCheckout"),
    ],
    [
      "submodules",
      source("GitRepository")({}, { recurseSubmodules: true }),
      files("recurseSubmodules"),
    ],
    [
      "another repository beside",
      source("GitRepository")({}, { include: [{ repository: { name: "a" } }] }),
      files("include"),
    ],
    [
      "another bucket",
      source("Bucket")({ bucketName: "a" }, { bucketName: "b" }),
      files("bucketName"),
    ],
    [
      "another folder of a bucket",
      source("Bucket")({ prefix: "a" }, { prefix: "b" }),
      files("prefix"),
    ],
    [
      "another store of buckets",
      source("Bucket")({ endpoint: "a" }, { endpoint: "b" }),
      files("endpoint"),
    ],
    [
      "another layer",
      source("OCIRepository")({}, { layerSelector: { operation: "copy" } }),
      files("layerSelector"),
    ],
    ["another chart", source("HelmChart")({ chart: "a" }, { chart: "b" }), files("chart")],
    [
      "another version of a chart",
      source("HelmChart")({ version: "1.0.0" }, { version: "2.0.0" }),
      files("version"),
    ],
    [
      "other values of a chart",
      source("HelmChart")({}, { valuesFiles: ["a.yaml"] }),
      files("valuesFiles"),
    ],
    ["how often it looks", source("GitRepository")({ interval: "1h" }, { interval: "2h" })],
    [
      "no encryption of a registry",
      source("OCIRepository")({}, { insecure: true }),
      "medium flux-behaviour: takes what is fetched without encryption, or from anybody (insecure)",
    ],
    [
      "a new one without encryption",
      [[], of("source.toolkit.fluxcd.io/v1", "OCIRepository", { spec: { insecure: true } })],
      "medium flux-behaviour: takes what is fetched without encryption, or from anybody (insecure)",
    ],
    [
      "another branch to write to",
      images("ImageUpdateAutomation")({}, { git: { push: { branch: "main" } } }),
      "medium flux-behaviour: writes new images to main instead of the branch that it reads (spec.git.push.branch)",
    ],
    [
      "other references to write to",
      images("ImageUpdateAutomation")(
        { git: { push: { refspec: "a" } } },
        { git: { push: { refspec: "b" } } },
      ),
      "medium flux-behaviour: writes new images to b instead of a (spec.git.push.refspec)",
    ],
    [
      "other tags",
      images("ImagePolicy")({ filterTags: { pattern: "a" } }, { filterTags: { pattern: "b" } }),
      "medium flux-behaviour: chooses other images (spec.filterTags)",
    ],
    [
      "another image",
      images("ImagePolicy")(
        { imageRepositoryRef: { name: "a" } },
        { imageRepositoryRef: { name: "b" } },
      ),
      "medium flux-behaviour: chooses other images (spec.imageRepositoryRef)",
    ],
  ]);
});
