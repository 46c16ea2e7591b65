import assert from "node:assert/strict";
import { expiryWarning, tokenExpiry } from "../../../core/connector-config/token-expiry.ts";

const encoded = (value: object) => btoa(JSON.stringify(value)).replaceAll("=", "");
const now = Date.parse("2027-01-01T00:00:00Z");

describe("the end of the connector's token", () => {
  it("is told by the token itself where it is a JSON Web Token", () => {
    const token = `${encoded({ alg: "none" })}.${encoded({ exp: 1_800_000_000 })}.x`;
    assert.equal(tokenExpiry(token, "2020-01-01"), 1_800_000_000_000);
  });

  it("is what the configuration says of a personal access token, and unknown without", () => {
    assert.equal(tokenExpiry("abc", "2027-01-31"), Date.parse("2027-01-31"));
    for (const odd of ["abc", "", "a.b.c", `a.${encoded({})}.c`]) {
      assert.equal(tokenExpiry(odd, undefined), undefined);
    }
  });

  it("is warned of from two weeks before", () => {
    const in20 = now + 20 * 86_400_000;
    assert.equal(expiryWarning(in20, now), undefined);
    assert.match(expiryWarning(in20, now + 7 * 86_400_000) ?? "", /2027-01-21, in 13 days/);
    assert.match(expiryWarning(now, now) ?? "", /has expired on 2027-01-01/);
  });
});
