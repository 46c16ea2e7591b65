import assert from "node:assert/strict";
import {
  commitUrl,
  environmentsHubUrl,
  parseRepositoryUrl,
  parseTaskLogUrl,
  pullRequestUrl,
  repositoryUrl,
  runUrl,
  sameRepository,
  taskLogUrl,
} from "../../../core/azure-devops/urls.ts";

const fabrikam = {
  organisationUrl: "https://dev.azure.com/fabrikam",
  project: "shop",
  repository: "shop-manifests",
};
const job = "12f1170f-54f2-53f3-20dd-22fc7dff55f9";
const task = "af08acd5-c28a-5b03-f5a9-06f9a40627bb";

describe("the address of a repository", () => {
  const same = [
    "https://dev.azure.com/fabrikam/shop/_git/shop-manifests",
    "https://dev.azure.com/Fabrikam/shop/_git/shop-manifests",
    "https://fabrikam@dev.azure.com/fabrikam/shop/_git/shop-manifests",
    "https://fabrikam.visualstudio.com/shop/_git/shop-manifests",
    "https://fabrikam.visualstudio.com/DefaultCollection/shop/_git/shop-manifests/",
    "git@ssh.dev.azure.com:v3/fabrikam/shop/shop-manifests",
    "ssh://git@ssh.dev.azure.com/v3/fabrikam/shop/shop-manifests",
    "ssh://git@ssh.dev.azure.com:22/v3/fabrikam/shop/shop-manifests",
    "fabrikam@vs-ssh.visualstudio.com:v3/fabrikam/shop/shop-manifests",
    "https://dev.azure.com/fabrikam/shop/_git/_optimized/shop-manifests",
    "https://dev.azure.com/fabrikam/shop/_git/_full/shop-manifests",
    "https://dev.azure.com:443/fabrikam/shop/_git/shop-manifests",
    "https://user:secret@dev.azure.com/fabrikam/shop/_git/shop-manifests",
    "https://dev.azure.com/fabrikam/shop/shop%20team/_git/shop-manifests",
    "HTTPS://DEV.AZURE.COM/fabrikam/shop/_git/shop-manifests",
    "https://fabrikam.visualstudio.com/defaultcollection/shop/_git/_full/shop-manifests",
    "git@ssh.dev.azure.com:v3/Fabrikam/shop/_full/shop-manifests",
    "ssh://git@ssh.dev.azure.com/v3/fabrikam/shop/_optimized/shop-manifests/",
    "ssh://fabrikam@vs-ssh.visualstudio.com/v3/fabrikam/shop/shop-manifests",
    "ssh://fabrikam@vs-ssh.visualstudio.com:22/DefaultCollection/shop/_ssh/shop-manifests",
    "ssh://fabrikam@vs-ssh.visualstudio.com/shop/_ssh/_full/shop-manifests",
    "ssh://Fabrikam@vs-ssh.visualstudio.com:22/shop/team/_ssh/_optimized/shop-manifests",
    "ssh://fabrikam@fabrikam.visualstudio.com:22/shop/_git/shop-manifests",
  ];
  for (const url of same) {
    it(`is read from ${url}`, () => {
      assert.deepEqual(parseRepositoryUrl(url), fabrikam);
    });
  }

  it("is decoded, and encoded again", () => {
    const url = "https://dev.azure.com/fabrikam/My%20Shop/_git/a%20b";
    const parsed = parseRepositoryUrl(url);
    assert.deepEqual(parsed, { ...fabrikam, project: "My Shop", repository: "a b" });
    assert.equal(parsed && repositoryUrl(parsed), url);
    assert.deepEqual(parseRepositoryUrl(decodeURI(url)), parsed);
  });

  it("may leave out the project when the repository is the project's own", () => {
    assert.equal(parseRepositoryUrl("https://dev.azure.com/fabrikam/_git/shop")?.project, "shop");
  });

  it("keeps a server's collection and port", () => {
    assert.deepEqual(
      parseRepositoryUrl("http://127.0.0.1:8080/fabrikam/shop/_git/shop-manifests"),
      {
        ...fabrikam,
        organisationUrl: "http://127.0.0.1:8080/fabrikam",
      },
    );
    assert.equal(
      parseRepositoryUrl("https://tfs.fabrikam.com/tfs/Main/shop/_git/x")?.organisationUrl,
      "https://tfs.fabrikam.com/tfs/Main",
    );
  });

  const server = { project: "shop", repository: "shop-manifests" };
  const web = { ...server, organisationUrl: "http://tfs.fabrikam.com:8080/tfs/Main" };
  for (const url of [
    "http://tfs.fabrikam.com:8080/tfs/Main/shop/_git/shop-manifests",
    "http://TFS.fabrikam.com:8080/tfs/Main/Shop/_git/_full/shop-manifests",
    "ssh://tfs.fabrikam.com:22/tfs/Main/shop/_git/shop-manifests",
    "ssh://git@tfs.fabrikam.com/tfs/Main/shop/_ssh/shop-manifests",
    "git@tfs.fabrikam.com:tfs/Main/shop/_git/_optimized/shop-manifests",
  ]) {
    it(`of a server is the same as ${url}`, () => {
      const parsed = parseRepositoryUrl(url);
      assert.ok(parsed && sameRepository(web, parsed), JSON.stringify(parsed));
    });
  }

  for (const url of [
    "https://tfs.fabrikam.com:8080/tfs/Main/shop/_git/shop-manifests",
    "ssh://tfs.fabrikam.com/tfs/Other/shop/_git/shop-manifests",
    "ssh://tfs.fabrikam.com.evil.com/tfs/Main/shop/_git/shop-manifests",
    "ssh://evil.com/tfs/Main/shop/_git/shop-manifests",
  ]) {
    it(`of a server is another than ${url}`, () => {
      const parsed = parseRepositoryUrl(url);
      assert.ok(parsed && !sameRepository(web, parsed));
    });
  }

  for (const url of [
    "https://dev.azure.com@evil.com/fabrikam/shop/_git/shop-manifests",
    "https://dev.azure.com.evil.com/fabrikam/shop/_git/shop-manifests",
    "https://evil.com/fabrikam/shop/_git/shop-manifests",
    "https://fabrikam.visualstudio.com.evil.com/shop/_git/shop-manifests",
    "ssh://fabrikam@evilvs-ssh.visualstudio.com/shop/_ssh/shop-manifests",
    "https://dev.azure.com/other/shop/_git/shop-manifests",
    "https://dev.azure.com/fabrikam/other/_git/shop-manifests",
    "https://dev.azure.com/fabrikam/shop/_git/shop-manifests.git",
  ]) {
    it(`is another than ${url}`, () => {
      const parsed = parseRepositoryUrl(url);
      assert.ok(!parsed || !sameRepository(fabrikam, parsed), JSON.stringify(parsed));
    });
  }

  for (const url of [
    "https://dev.azure.com/fabrikam/other/../shop/_git/shop-manifests",
    "https://dev.azure.com/fabrikam/other/%2e%2E/shop/_git/shop-manifests",
    "https://dev.azure.com/fabrikam/shop/_git/.",
    "https://dev.azure.com/fabrikam/shop%2f..%2fother/_git/shop-manifests",
    "https://dev.azure.com\\@evil.com/fabrikam/shop/_git/shop-manifests",
    "https://dev.azure.com/fabrikam/shop/_git/shop-manifests/_git/other",
    "https://dev.azure.com/fabrikam/shop/_git/_full/_optimized/x",
    "https://dev.azure.com/fabrikam/shop/_git/_full",
    "https://dev.azure.com/fabrikam/shop/_git/shop-manifests ",
    " https://dev.azure.com/fabrikam/shop/_git/shop-manifests",
    "https://dev.azure.com/fabrikam/shop/_git/shop\u00a0manifests",
    "https://dev.azure.com/fabrikam/shop/_git/x\n",
    "git@ssh.dev.azure.com:v3/fabrikam/shop/../other/x",
    "git@ssh.dev.azure.com:v3/fabrikam/shop",
    "git@ssh.dev.azure.com:v3/fabrikam/shop/x/y",
    "git@ssh.dev.azure.com:shop/_git/x",
    "git@evil.com:v3/fabrikam/shop/shop-manifests",
    "git@ssh.dev.azure.com.evil.com:v3/fabrikam/shop/shop-manifests",
    "ssh://vs-ssh.visualstudio.com/shop/_ssh/shop-manifests",
    "oci://fabrikam.azurecr.io/shop/_git/x",
    "https://github.com/fluxcd/flux2",
    "git@github.com:fluxcd/flux2.git",
    "https://dev.azure.com/fabrikam/%/_git/x",
    "file:///srv/shop/_git/x",
    "",
  ]) {
    it(`is not "${url}"`, () => {
      assert.equal(parseRepositoryUrl(url), undefined);
    });
  }

  it("is compared as the service does, without regard to case", () => {
    assert.ok(sameRepository(fabrikam, { ...fabrikam, project: "Shop" }));
    assert.ok(!sameRepository(fabrikam, { ...fabrikam, project: "other" }));
  });
});

describe("web addresses", () => {
  it("name pull requests, commits, runs and the hub", () => {
    const base = "https://dev.azure.com/fabrikam/shop";
    assert.equal(pullRequestUrl(fabrikam, 7), `${base}/_git/shop-manifests/pullrequest/7`);
    assert.equal(commitUrl(fabrikam, "abc"), `${base}/_git/shop-manifests/commit/abc`);
    assert.equal(runUrl({ ...fabrikam, build: 9 }), `${base}/_build/results?buildId=9`);
    assert.equal(
      environmentsHubUrl({
        ...{ ...fabrikam, environment: "dev", commit: "abc" },
        extension: { publisher: "contoso", name: "gitops" },
      }),
      `${base}/_apps/hub/contoso.gitops.environments?environment=dev&commit=abc`,
    );
  });

  it("of a task's log can be read back, ids in lower case", () => {
    const address = { organisationUrl: fabrikam.organisationUrl, project: "shop", build: 42 };
    const url = taskLogUrl({ ...address, job: job.toUpperCase(), task });
    assert.deepEqual(parseTaskLogUrl(url), { ...address, job, task });
  });

  for (const query of [
    `buildId=0&j=${job}&t=${task}`,
    `buildId=1e3.5&j=${job}&t=${task}`,
    `buildId=1&j=nope&t=${task}`,
    `buildId=1&j=${job}`,
  ]) {
    it(`of a task's log are refused with ${query}`, () => {
      const base = "https://dev.azure.com/fabrikam/shop/_build/results";
      assert.equal(parseTaskLogUrl(`${base}?${query}`), undefined);
    });
  }
});
