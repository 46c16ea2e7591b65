import { call } from "../../rest.ts";

const version = "?api-version=7.1";

/** Begins a thread about the whole pull request, a file, or a line of its new side. */
export function addThread(
  url: string,
  at: { readonly text: string; readonly path?: string; readonly line?: number | undefined },
): Promise<unknown> {
  const { text, path, line } = at;
  const place = line === undefined ? undefined : { line, offset: 1 };
  return call(`${url}/threads${version}`, {
    method: "POST",
    body: {
      comments: [{ parentCommentId: 0, content: text, commentType: "text" }],
      status: "active",
      ...(path === undefined
        ? {}
        : {
            threadContext: {
              filePath: path,
              ...(place ? { rightFileStart: place, rightFileEnd: place } : {}),
            },
          }),
    },
  });
}

export function reply(url: string, thread: number, text: string): Promise<unknown> {
  return call(`${url}/threads/${thread}/comments${version}`, {
    method: "POST",
    body: { content: text, parentCommentId: 1, commentType: "text" },
  });
}

export function setStatus(url: string, thread: number, status: string): Promise<unknown> {
  return call(`${url}/threads/${thread}${version}`, { method: "PATCH", body: { status } });
}
