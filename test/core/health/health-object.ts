/** An object of the API whose controller has seen its only generation. */
export function healthObject(type: string, spec: object, status: object): object {
  const [apiVersion = "", kind = ""] = type.split(" ");
  return {
    ...{ apiVersion, kind, spec },
    metadata: { name: "a", namespace: "b", generation: 1 },
    status: { observedGeneration: 1, ...status },
  };
}

/** `Ready False Later: soon` */
export function conditionsOf(...texts: readonly string[]): object {
  const conditions = texts.map((text) => {
    const [, type, status, reason, , message] =
      /^(\S+) (\S+)(?: (\S+?)(: (.*))?)?$/.exec(text) ?? [];
    return { type, status, reason, message };
  });
  return { conditions };
}
