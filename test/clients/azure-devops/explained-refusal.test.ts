import assert from "node:assert/strict";
import { explainedRefusal } from "../../../clients/azure-devops/explained-refusal.ts";
import { HttpError, userMessage } from "../../../core/errors.ts";

describe("a refused write", () => {
  const refused = (message: string) => new HttpError(message, { code: "forbidden", status: 403 });
  const of = {
    what: "set four eyes",
    repository: "repository shop/manifests",
    right: { permission: "Edit policies", identity: "the token's account" },
  };

  it("names what it asks for, and of whom, where the service does not say", () => {
    const said = userMessage(explainedRefusal(refused("answered 403"), of));
    assert.match(
      said,
      /Allow "Edit policies" for the token's account on repository shop\/manifests/,
    );
  });

  it("names what the service says before that", () => {
    const words =
      "TF401027: You need the Git 'GenericContribute' permission. Details: identity 'ana@fabrikam.com'.";
    const said = userMessage(explainedRefusal(refused(words), of));
    assert.match(said, /Allow "Contribute" for ana@fabrikam\.com on repository shop\/manifests/);
  });
});
