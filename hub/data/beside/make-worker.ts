// The worker's script takes a while to load and to begin: a page that will compare lets one begin while
// it still reads what to compare.

let spare: Worker | undefined;

/** Starts a worker that the first comparison takes. */
export function prepareWorker(): void {
  const worker = makeWorker();
  spare = worker;
  // Nobody listens to it yet: the comparison makes another one, and is told what is wrong.
  worker.onerror = (event) => {
    event.preventDefault();
    if (spare === worker) spare = undefined;
  };
}

/** A worker of one's own, that compares. */
export function takeWorker(): Worker {
  const worker = spare ?? makeWorker();
  spare = undefined;
  return worker;
}

function makeWorker(): Worker {
  return new Worker(new URL("./compare-worker.ts", import.meta.url));
}
