// The host's side of azure-devops-extension-sdk 4's messages (its XDM.js): JSON texts with id,
// instanceId, methodName and params; the answer repeats id and handshakeToken. Both sides may call.
import { createWire } from "./wire.ts";

type Message = {
  readonly id?: number;
  readonly instanceId?: string;
  readonly methodName?: string;
  readonly params?: readonly unknown[];
  readonly handshakeToken?: string;
  readonly result?: unknown;
  readonly error?: { readonly message?: string };
};

type Objects = Readonly<Record<string, object>>;

export type FrameConnection = {
  /** Calls a method of an object that the page has registered. */
  readonly invoke: (
    instanceId: string,
    method: string,
    params: readonly unknown[],
  ) => Promise<unknown>;
  /** Tells the page an event, as `themeChanged`. */
  readonly dispatch: (event: string, detail: unknown) => void;
  readonly stop: () => void;
};

/** Answers the calls of one frame, whose page lies at `origin`, until it is stopped. */
export function serveFrame(frame: Window, origin: string, objects: Objects): FrameConnection {
  const waiting = new Map<number, (message: Message) => void>();
  let lastId = 0;
  let token: string | undefined;

  const send = (message: Message) => frame.postMessage(JSON.stringify(message), origin);
  const invoke: FrameConnection["invoke"] = (instanceId, methodName, params) =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, ({ result, error }) => {
        if (error) reject(new Error(error.message ?? "The page answered with an error."));
        else resolve(wire.read(result));
      });
      const sent = wire.write(params) as readonly unknown[];
      const handshake = token === undefined ? {} : { handshakeToken: token };
      send({ id: lastId, instanceId, methodName, params: sent, ...handshake });
    });
  const wire = createWire((id, params) => invoke("__proxyFunctions", `proxy${id}`, params));
  const known: Objects = { ...objects, __proxyFunctions: wire.functions };

  const onMessage = (event: MessageEvent) => {
    if (event.source !== frame || event.origin !== origin || typeof event.data !== "string") return;
    const message = parse(event.data);
    if (message === undefined) return;
    const { id, instanceId, handshakeToken } = message;
    if (!instanceId) {
      if (id !== undefined) waiting.get(id)?.(message);
      if (id !== undefined) waiting.delete(id);
      return;
    }
    token ??= handshakeToken;
    const about = {
      ...(id === undefined ? {} : { id }),
      ...(handshakeToken === undefined ? {} : { handshakeToken }),
    };
    answer(known, { ...message, params: wire.read(message.params ?? []) as readonly unknown[] })
      .then(
        (result) => ({ ...about, result: wire.write(result) }),
        (error: Error) => ({ ...about, error: { message: error.message } }),
      )
      .then(send)
      .catch((error: unknown) => reportError(error));
  };
  window.addEventListener("message", onMessage);
  return {
    invoke,
    dispatch: (event, detail) => {
      // Before the handshake there is nobody to tell.
      if (token === undefined) return;
      invoke("DevOps.SdkClient", "dispatchEvent", [event, { detail }]).catch(() => undefined);
    },
    stop: () => window.removeEventListener("message", onMessage),
  };
}

async function answer(objects: Objects, message: Message): Promise<unknown> {
  const { instanceId = "", methodName, params = [] } = message;
  const target = objects[instanceId] as Record<string, unknown> | undefined;
  if (!target) throw new Error(`The sandbox's host has no object ${instanceId}.`);
  if (!methodName) return target;
  const method = target[methodName];
  if (typeof method !== "function")
    throw new Error(`The sandbox's host has no method ${methodName} in ${instanceId}.`);
  return (method as (...args: readonly unknown[]) => unknown).apply(target, [...params]);
}

function parse(text: string): Message | undefined {
  try {
    const message = JSON.parse(text) as Message | null;
    return typeof message === "object" && message !== null ? message : undefined;
  } catch {
    return undefined;
  }
}
