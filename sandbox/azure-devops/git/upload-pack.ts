/**
 * Whether a fetch of the older protocols comes from a client without multi_ack, as go-git and
 * libgit2 may be: its first want line tells what it can do. Version 2 has no such line.
 */
export function lacksMultiAck(body: Buffer): boolean {
  const length = parseInt(body.subarray(0, 4).toString("latin1"), 16);
  if (!(length > 4)) return false;
  const line = body.subarray(4, length).toString("latin1");
  return line.startsWith("want ") && !/\bmulti_ack/.test(line);
}
