import assert from "node:assert/strict";
import { gitFailure } from "../../clients/git-failure.ts";

const url = "https://dev.azure.com/fabrikam/shop/_git/shop-manifests";
const said = (stderr: string) => ({ code: 128, stdout: "", stderr });
const wordless = said(`fatal: unable to access '${url}/': The requested URL returned error: 403`);

describe("a 403 that git was answered without words", () => {
  it("names rights, whose and where, though the answer names nobody", () => {
    const push = gitFailure(["push", "origin", "a:refs/heads/fluxgate/x"], { url }, wordless);
    assert.equal(push.code, "permission-missing");
    const hint = push.hint ?? "";
    assert.match(hint, /"Contribute", "Create branch" and "Contribute to pull requests"/);
    assert.match(hint, /<project> Build Service/);
    assert.match(hint, /on repository shop\/shop-manifests .*Repositories > shop-manifests/);
    assert.match(hint, /proxy/);
    assert.doesNotMatch(hint, /the message names/);
  });

  it("asks for reading alone where git only read", () => {
    const { hint = "" } = gitFailure(["fetch"], { url }, wordless);
    assert.match(hint, /^Allow "Read" for/);
    assert.doesNotMatch(hint, /Contribute/);
  });

  it("leaves the word to the service where it has one", () => {
    const words = `remote: TF401027: You need the Git 'CreateBranch' permission to perform this action. Details: identity 'Build\\0d6a', scope 'repository'.\nfatal: unable to access '${url}/': The requested URL returned error: 403`;
    const { hint = "" } = gitFailure(["push"], { url }, said(words));
    assert.match(hint, /^Allow "Create branch" for Build\\0d6a/);
    assert.doesNotMatch(hint, /proxy/);
  });
});
