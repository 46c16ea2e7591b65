import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { gitEnvironment } from "../../clients/git-environment.ts";

const url = "https://dev.azure.com/fabrikam/shop/_git/shop";
const outer = {
  ...process.env,
  SYSTEM_ACCESSTOKEN: "leak",
  GIT_TRACE_CURL: "1",
  HTTPS_PROXY: "http://proxy:3128",
};
const env = gitEnvironment({ url, authorization: "Bearer secret", outer });

describe("the environment of git", () => {
  it("holds the token only for the repository's own address", () => {
    const read = (address: string) =>
      execFileSync("git", ["config", "--get-urlmatch", "http.extraHeader", address], {
        encoding: "utf8",
        env: { ...env },
      }).trim();
    assert.equal(read(url), "Authorization: Bearer secret");
    assert.equal(read("https://dev.azure.com/fabrikam/other/_git/x"), "");
  });

  it("takes over the proxy, and neither tokens nor tracing", () => {
    assert.equal(env["HTTPS_PROXY"], "http://proxy:3128");
    assert.ok(!("SYSTEM_ACCESSTOKEN" in env));
    assert.ok(!("GIT_TRACE_CURL" in env));
  });
});
