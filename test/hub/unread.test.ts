import assert from "node:assert/strict";
import { namesByText } from "../../hub/view/unread.ts";

describe("what could not be read of many", () => {
  it("is said once for all that it stands against, each by its name", () => {
    const said = namesByText([
      { name: "!2", text: "Who voted could not be read." },
      { name: "!3", text: "Its run could not be read." },
      { name: "!4", text: "Who voted could not be read." },
    ]);
    assert.deepEqual(
      [...said],
      [
        ["Who voted could not be read.", ["!2", "!4"]],
        ["Its run could not be read.", ["!3"]],
      ],
    );
  });
});
