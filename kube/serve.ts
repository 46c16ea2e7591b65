import { startInstance, type Instance } from "./instance.ts";
import { withMemoryLimit } from "./memory-limit.ts";
import type { AbsentCause, FromWorker, Port, StartOptions, ToWorker } from "./protocol.ts";

/** Reads a gzipped module and unpacks it. Rejects where it is not there. */
export type LoadModule = (source: string) => Promise<Uint8Array>;

/**
 * The worker's whole life, the same in Node and in a browser: start once, then answer calls.
 * @param dropGarbage frees what only the start needed: the module's text, twice
 */
export function serve(
  port: Port<FromWorker, ToWorker>,
  load: LoadModule,
  dropGarbage: () => void = () => undefined,
): void {
  let instance: Instance | undefined;
  port.onMessage((message) => {
    if (message.type === "start") {
      void start(message.options, load).then((started) => {
        if ("instance" in started) instance = started.instance;
        dropGarbage();
        port.post(started.said);
      });
      return;
    }
    port.post(answer(instance, message));
  });
}

async function start(
  options: StartOptions,
  load: LoadModule,
): Promise<{ readonly said: FromWorker; readonly instance?: Instance }> {
  let cause: AbsentCause = "not-included";
  try {
    let { compiled } = options;
    if (compiled === undefined) {
      const bytes = withMemoryLimit(await load(options.source), options.maximumBytes);
      cause = "refused";
      compiled = await WebAssembly.compile(bytes as Uint8Array<ArrayBuffer>);
    }
    cause = "out-of-memory";
    const instance = await startInstance(compiled);
    return { said: { type: "ready", compiled }, instance };
  } catch (reason) {
    const text = reason instanceof Error ? reason.message : String(reason);
    // A compilation that finds no room says so itself.
    if (cause === "refused" && /memory/i.test(text)) cause = "out-of-memory";
    return { said: { type: "absent", cause, text } };
  }
}

function answer(
  instance: Instance | undefined,
  message: Extract<ToWorker, { type: "call" }>,
): FromWorker {
  try {
    if (instance === undefined) throw new Error("the module has not started");
    const text = instance.call(message.request, message.files);
    return { type: "answer", text, memoryBytes: instance.memoryBytes() };
  } catch (cause) {
    return { type: "trapped", text: cause instanceof Error ? cause.message : String(cause) };
  }
}
