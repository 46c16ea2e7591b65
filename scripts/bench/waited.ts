// What a measured page owes to the server: the service's stand-in reads git on the same machine.
import type { Page, Request } from "playwright-core";

type Span = { readonly from: number; readonly to: number };

/**
 * Listens to all requests of a page, of its frames and workers.
 * @returns how long at least one of them has waited for the server's first byte, in milliseconds
 */
export function listenToWaits(page: Page): () => number {
  const requests: Request[] = [];
  page.on("request", (request) => requests.push(request));
  return () => lengthOf(requests.flatMap(waitOf));
}

function waitOf(request: Request): readonly Span[] {
  const { startTime, requestStart, responseStart } = request.timing();
  if (requestStart < 0 || responseStart < 0) return [];
  return [{ from: startTime + requestStart, to: startTime + responseStart }];
}

/** What overlaps counts once. */
function lengthOf(spans: readonly Span[]): number {
  let length = 0;
  let end = -Infinity;
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    length += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return length;
}
