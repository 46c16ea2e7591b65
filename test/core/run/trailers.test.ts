import assert from "node:assert/strict";
import { parseTrailers, writeTrailers } from "../../../core/run/trailers.ts";

const trailers = {
  source: "shop@0123456789012345678901234567890123456789",
  run: "https://dev.azure.com/fabrikam/shop/_build/results?buildId=42",
  delivery: "shop",
  environment: "dev",
};

describe("the trailers of a carrier", () => {
  it("are read as they are written", () => {
    assert.deepEqual(
      parseTrailers(`Render shop\n\nText.\n\n${writeTrailers(trailers)}\n`),
      trailers,
    );
  });

  it("survive Windows line ends", () => {
    const message = `Render\n\n${writeTrailers(trailers)}`.replaceAll("\n", "\r\n");
    assert.deepEqual(parseTrailers(message), trailers);
  });

  it("count only in the last paragraph", () => {
    assert.equal(parseTrailers(`${writeTrailers(trailers)}\n\nSigned-off-by: someone`), undefined);
  });

  it("count only when none stands there twice", () => {
    const twice = `${writeTrailers(trailers)}\nFluxgate-Run: https://elsewhere`;
    assert.equal(parseTrailers(twice), undefined);
  });

  it("cannot be smuggled in by a value with a line feed", () => {
    const written = writeTrailers({ ...trailers, source: "x\nFluxgate-Run: https://elsewhere" });
    assert.equal(parseTrailers(written)?.run, trailers.run);
  });
});
