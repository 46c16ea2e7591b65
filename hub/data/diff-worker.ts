// Parsing and comparing happen beside the page, so that a large or hostile text never freezes it.
import { analyse, type Analysed } from "./analyse.ts";

addEventListener("message", ({ data }: MessageEvent<Analysed>) => {
  (self as unknown as Worker).postMessage(analyse(data));
});
