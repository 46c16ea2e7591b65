import assert from "node:assert/strict";
import { harmless } from "../../core/harmless.ts";

describe("text that others wrote", () => {
  it("gives no orders to the agent", () => {
    assert.equal(
      harmless("x ##vso[task.complete]y ##VSO[task.x] ##[error]z"),
      "x # #vso[task.complete]y # #VSO[task.x] # #[error]z",
    );
  });

  it("gives no orders to a terminal, and cannot hide or turn what is read", () => {
    const esc = "\u001b";
    assert.equal(harmless(`${esc}[2J${esc}[31mred${esc}[0m`), "red");
    assert.equal(harmless(`${esc}]0;title\u0007a${esc}]8;;http://x${esc}\\link`), "alink");
    assert.equal(harmless("a\rb\u0008\u202ec"), "a\ufffdb\ufffd\ufffdc");
    // What is left when an escape sequence is taken out must not be an order either.
    assert.equal(harmless(`##${esc}[0mvso[task.x]`), "# #vso[task.x]");
  });

  it("stays as it is otherwise", () => {
    assert.equal(harmless("a:\t# Grüße, 日本 ##\r\nb"), "a:\t# Grüße, 日本 ##\nb");
  });
});
