// The host's side of azure-devops-extension-sdk 4's messages (its XDM.js): JSON texts with id,
// instanceId, methodName and params; the answer repeats id and handshakeToken.
type Message = {
  readonly id?: number;
  readonly instanceId?: string;
  readonly methodName?: string;
  readonly params?: readonly unknown[];
  readonly handshakeToken?: string;
};

type Objects = Readonly<Record<string, object>>;

/** Answers the calls of one frame until the returned function is called. */
export function serveFrame(frame: Window, objects: Objects): () => void {
  const functions: Record<string, (...args: readonly unknown[]) => unknown> = {};
  const known: Objects = { ...objects, __proxyFunctions: functions };

  const onMessage = (event: MessageEvent) => {
    if (event.source !== frame || typeof event.data !== "string") return;
    const message = parse(event.data);
    if (!message?.instanceId) return;
    const { id, handshakeToken } = message;
    answer(known, message)
      .then(
        (result) => ({ id, handshakeToken, result: serialize(result, functions) }),
        (error: Error) => ({ id, handshakeToken, error: { message: error.message } }),
      )
      .then((reply) => frame.postMessage(JSON.stringify(reply), "*"))
      .catch((error: unknown) => reportError(error));
  };
  window.addEventListener("message", onMessage);
  return () => window.removeEventListener("message", onMessage);
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

// Functions become references that the frame calls back through `__proxyFunctions`.
function serialize(
  value: unknown,
  functions: Record<string, (...args: readonly unknown[]) => unknown>,
): unknown {
  if (typeof value === "function") {
    const id = Object.keys(functions).length + 1;
    functions[`proxy${id}`] = value as (...args: readonly unknown[]) => unknown;
    return { __proxyFunctionId: id, _channelId: 1 };
  }
  if (value instanceof Date) return { __proxyDate: value.getTime() };
  if (Array.isArray(value)) return value.map((item) => serialize(item, functions));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, serialize(member, functions)]),
  );
}

function parse(text: string): Message | undefined {
  try {
    return JSON.parse(text) as Message;
  } catch {
    return undefined;
  }
}
