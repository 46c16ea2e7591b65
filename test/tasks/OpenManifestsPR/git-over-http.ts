import { spawn } from "node:child_process";
import type { IncomingMessage, ServerResponse } from "node:http";

/** Answers one git request from a bare repository, by git's own CGI program. */
export function serveGit(
  repository: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const url = new URL(request.url ?? "", "http://host");
  const path = /\/_git\/[^/]+(\/.*)$/.exec(url.pathname)?.[1] ?? "/";
  const backend = spawn("git", ["http-backend"], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: repository,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: path,
      REQUEST_METHOD: request.method ?? "GET",
      QUERY_STRING: url.search.slice(1),
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      HTTP_GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
      REMOTE_USER: "build",
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  request.pipe(backend.stdin);
  const chunks: Buffer[] = [];
  backend.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  backend.on("close", () => {
    const all = Buffer.concat(chunks);
    const end = all.indexOf("\r\n\r\n");
    const headers = all.toString("latin1", 0, end).split("\r\n");
    for (const header of headers) {
      const [name = "", value = ""] = header.split(/: (.*)/s);
      if (name === "Status") response.statusCode = Number(value.split(" ")[0]);
      else response.setHeader(name, value);
    }
    response.end(all.subarray(end + 4));
  });
}
