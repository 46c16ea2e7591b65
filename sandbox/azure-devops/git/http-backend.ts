import { join } from "node:path";
import type { IncomingMessage, ServerResponse } from "node:http";
import { gunzipSync } from "node:zlib";
import { runProgram } from "../../processes/run-program.ts";
import type { Grant } from "../identity.ts";
import type { GitState } from "./git-state.ts";
import { answerOnce, type BackendAnswer } from "./kept-answers.ts";
import type { Repository } from "../repository.ts";
import { parseCommands, reportRefusal } from "./receive-pack.ts";
import { lacksMultiAck } from "./upload-pack.ts";
import { runGitForBytes } from "./run-git.ts";
import { announceRefs, readCurrentId, refuseRefChange } from "./update-ref.ts";

const maxPush = 64 * 1024 * 1024;

type GitRequest = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly repository: Repository;
  readonly grant: Grant;
  /** `/info/refs`, `/git-upload-pack` or `/git-receive-pack` */
  readonly path: string;
  readonly query: string;
};

/** Serves git's smart HTTP protocol by git's own backend; pushes are judged before they reach it. */
export async function serveGit(organisation: GitState, at: GitRequest): Promise<void> {
  const { request, response, repository, grant, path } = at;
  const body = await readBody(request);
  if (path === "/git-upload-pack" && lacksMultiAck(body)) {
    // The service speaks with clients that know this capability only; its words are not public:
    // UNVERIFIED.
    response.writeHead(400, { "Content-Type": "text/plain" });
    response.end("The client must support multi_ack.");
    return;
  }
  const changes =
    path === "/git-receive-pack"
      ? parseCommands(body).map((command) => ({ ...command, by: grant.identity }))
      : [];
  // Whether an update rewinds a branch can only be seen with its objects; refused ones dangle.
  if (changes.length > 0) await takePack(repository.directory, body);
  const refused = [];
  for (const change of changes) {
    const refusal = await refuseRefChange(organisation, repository, change);
    refused.push({ ref: change.ref, message: refusal?.message });
  }
  if (refused.some(({ message }) => message !== undefined)) {
    response.writeHead(200, { "Content-Type": "application/x-git-receive-pack-result" });
    response.end(reportRefusal(refused));
    return;
  }
  await runBackend(at, body);
  // git may still have refused one, e.g. a broken pack.
  const done = [];
  for (const change of changes) {
    if ((await readCurrentId(repository, change.ref)) === change.newId) done.push(change);
  }
  if (done.length > 0) repository.size += body.length;
  await announceRefs(organisation, repository, done);
  // Ended only now, so that what the client asks next is already true.
  response.end();
}

async function takePack(directory: string, body: Buffer): Promise<void> {
  const pack = body.indexOf("0000PACK");
  if (pack < 0) return;
  const input = body.subarray(pack + 4);
  await runGitForBytes(directory, ["index-pack", "--stdin", "--fix-thin"], { input });
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxPush) throw new Error("push larger than the sandbox takes (64 MiB)");
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  return request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
}

let backend: Promise<string> | undefined;

// Itself, not through `git`, which would be one more process for each request.
function findBackend(): Promise<string> {
  backend ??= runProgram({
    ...{ command: "git", args: ["--exec-path"], env: { PATH: process.env["PATH"] } },
  }).then(({ stdout }) => join(stdout.toString().trim(), "git-http-backend"));
  return backend;
}

async function runBackend(at: GitRequest, body: Buffer): Promise<void> {
  const { request, response, repository, path, query } = at;
  const protocol = String(request.headers["git-protocol"] ?? "");
  const question = { directory: repository.directory, path, query, protocol, body };
  const answer = await answerOnce(question, () => askBackend(at, { protocol, body }));
  response.writeHead(answer.status, answer.headers);
  response.write(answer.body);
}

async function askBackend(
  { request, repository, path, query }: GitRequest,
  { protocol, body }: { readonly protocol: string; readonly body: Buffer },
): Promise<BackendAnswer> {
  const { stdout } = await runProgram({
    ...{ command: await findBackend(), args: [], input: body },
    env: {
      PATH: process.env["PATH"],
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_PROJECT_ROOT: repository.directory,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: path,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      CONTENT_LENGTH: String(body.length),
      REMOTE_USER: "sandbox",
      GIT_PROTOCOL: protocol,
    },
  });
  const end = stdout.indexOf("\r\n\r\n");
  if (end < 0) return { status: 500, headers: {}, body: Buffer.alloc(0) };
  return {
    ...parseHead(stdout.subarray(0, end).toString("latin1")),
    body: stdout.subarray(end + 4),
  };
}

function parseHead(text: string) {
  const headers: Record<string, string> = {};
  let status = 200;
  for (const line of text.split("\r\n")) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === "status") status = Number(value.slice(0, 3));
    else headers[name] = value;
  }
  return { status, headers };
}
