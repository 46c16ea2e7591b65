// Parsing and comparing happen beside the page, so that a large or hostile text never freezes it.
import { analyse, type TwoSides } from "./analyse.ts";

addEventListener("message", ({ data }: MessageEvent<TwoSides>) => {
  (self as unknown as Worker).postMessage(analyse(data));
});
