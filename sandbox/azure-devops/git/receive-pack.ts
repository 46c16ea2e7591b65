// The part of git's pack protocol that a server must read to judge a push (gitprotocol-pack).

export type RefCommand = { readonly ref: string; readonly oldId: string; readonly newId: string };

/** The ref commands at the head of a receive-pack request. */
export function parseCommands(body: Buffer): readonly RefCommand[] {
  const commands: RefCommand[] = [];
  for (let at = 0; at + 4 <= body.length;) {
    const length = parseInt(body.subarray(at, at + 4).toString("latin1"), 16);
    if (!(length > 4)) break;
    const line = body.subarray(at + 4, at + length).toString("utf8");
    const [oldId, newId, ref] = (line.split("\0")[0] ?? "").trim().split(" ");
    if (oldId?.length === 40 && newId?.length === 40 && ref) commands.push({ ref, oldId, newId });
    at += length;
  }
  return commands;
}

/**
 * A report-status answer (side band 1) that refuses; where one ref is refused the others are not
 * done either, as the service does it.
 */
export function reportRefusal(
  results: readonly { readonly ref: string; readonly message: string | undefined }[],
): Buffer {
  const lines = results.map(({ ref, message }) =>
    packet(`ng ${ref} ${message ?? "atomic transaction failed"}\n`),
  );
  const report = Buffer.concat([packet("unpack ok\n"), ...lines, Buffer.from("0000")]);
  const band = Buffer.concat([Buffer.from([1]), report]);
  return Buffer.concat([packet(band), Buffer.from("0000")]);
}

function packet(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, "0")), bytes]);
}
