import { monotonicNow } from "../clients/monotonic.ts";
import { count } from "../core/count.ts";
import type { Kube } from "../kube/kube.ts";
import type { Terminal } from "./command.ts";

const everyMs = 10_000;

/**
 * Says now and then on stderr how far long work has come: a big repository takes minutes, and silence
 * looks like a hang.
 */
export async function stillAtWork<T>(
  work: (kube: Kube) => Promise<T>,
  of: { readonly kube: Kube; readonly err: Terminal["err"]; readonly everyMs?: number },
): Promise<T> {
  const { kube, err } = of;
  const began = monotonicNow();
  let [built, judged] = [0, 0];
  const timer = setInterval(() => {
    const seconds = Math.round((monotonicNow() - began) / 1000);
    const done = `${count(built, "build")} by Flux' own code, ${count(judged, "answer")} of the API server's`;
    err(`still at work after ${seconds} s: ${done}`);
  }, of.everyMs ?? everyMs);
  try {
    return await work({
      ...kube,
      build: async (request) => {
        const result = await kube.build(request);
        built += 1;
        return result;
      },
      validate: async (request) => {
        const result = await kube.validate(request);
        judged += 1;
        return result;
      },
    });
  } finally {
    clearInterval(timer);
  }
}
