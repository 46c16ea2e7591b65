import type { FromWorker, ToWorker } from "./protocol.ts";
import { serve } from "./serve.ts";

serve(
  {
    post: (message: FromWorker) => self.postMessage(message),
    onMessage: (take) => {
      self.onmessage = ({ data }: MessageEvent<ToWorker>) => take(data);
    },
  },
  async (address) => {
    const answer = await fetch(address);
    if (!answer.ok || !answer.body) {
      throw new Error(`its file could not be loaded (status ${answer.status})`);
    }
    const unpacked = answer.body.pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  },
);
