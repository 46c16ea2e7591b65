import assert from "node:assert/strict";
import { colorScheme } from "../../hub/view/color-scheme.ts";

describe("the colours of what the browser draws", () => {
  it("follow the ground that the host's theme gives", () => {
    assert.equal(colorScheme("rgb(255, 255, 255)"), "light");
    assert.equal(colorScheme("rgb(32, 31, 30)"), "dark");
    assert.equal(colorScheme("rgba(0, 0, 0, 1)"), "dark");
  });

  it("are light where there is no ground: the browser's own is white", () => {
    assert.equal(colorScheme("rgba(0, 0, 0, 0)"), "light");
    assert.equal(colorScheme(""), "light");
  });
});
