// One repository of one organisation: git for real, and by hand exactly the REST routes that
// OpenManifestsPR uses. An unknown route answers 501.
import { execFileSync } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Build, PullRequest } from "../../../core/azure-devops/types.ts";
import { serveGit } from "./git-over-http.ts";

type Body = Record<string, never>;
type Patchable = { -readonly [Key in keyof PullRequest]: PullRequest[Key] };
type Refusal = { readonly status: number; readonly typeKey: string; readonly message: string };

export type ManifestsServer = Awaited<ReturnType<typeof startManifestsServer>>;

/** `directory`: a bare repository. */
export async function startManifestsServer(directory: string) {
  const state = {
    pullRequests: [] as Patchable[],
    properties: new Map<number, Record<string, string>>(),
    comments: [] as string[],
    builds: new Map<number, Partial<Build>>(),
    calls: [] as string[],
    /** By `METHOD resource`, answered instead of doing it. */
    refusals: new Map<string, Refusal>(),
    /** Called before each REST call: what others do in the meantime. */
    meanwhile: (_call: string) => {},
  };
  const gitText = (...args: string[]) =>
    execFileSync("git", ["-C", directory, ...args], { encoding: "utf8" }).trim();
  const headOf = (ref: string) => gitText("for-each-ref", "--format=%(objectname)", ref);

  const routes: Record<string, (body: Body, url: URL, id: number) => unknown> = {
    "GET repository": () => ({
      id: "r1",
      name: "shop-manifests",
      project: { id: "p1", name: "shop" },
    }),
    "GET refs": (_, url) => {
      const prefix = `refs/${url.searchParams.get("filter") ?? ""}`;
      const lines = gitText("for-each-ref", "--format=%(refname) %(objectname)").split("\n");
      const refs = lines
        .map((line) => line.split(" "))
        .filter(([name]) => name?.startsWith(prefix));
      return { value: refs.map(([name, objectId]) => ({ name, objectId })) };
    },
    "POST refs": (body) => {
      const [update] = body as unknown as { name: string; oldObjectId: string }[];
      gitText("update-ref", "-d", update?.name ?? "", update?.oldObjectId ?? "");
      return { value: [{ ...update, success: true, updateStatus: "succeeded" }] };
    },
    "GET pullrequests": (_, url) => {
      const asked = (name: string) => url.searchParams.get(`searchCriteria.${name}`);
      const found = state.pullRequests
        .filter(({ status }) => asked("status") === "all" || asked("status") === status)
        .filter(({ sourceRefName }) => asked("sourceRefName") === sourceRefName)
        .map((each) => ({ ...each, lastMergeSourceCommit: sourceOf(each) }));
      return { value: found.toReversed() };
    },
    "POST pullrequests": (body) => {
      const made = {
        ...(body as unknown as PullRequest),
        pullRequestId: state.pullRequests.length + 1,
        status: "active",
        createdBy: { id: "build", displayName: "shop Build Service" },
      } as PullRequest;
      state.pullRequests.push({ ...made, lastMergeSourceCommit: sourceOf(made) });
      return made;
    },
    "PATCH pullrequests": (body, _, id) => Object.assign(byId(id), body),
    "POST threads": (body, _, id) => {
      const { comments } = body as unknown as { comments: { content: string }[] };
      state.comments.push(`!${id} ${comments[0]?.content}`);
      return {};
    },
    "GET properties": (_, __, id) => ({
      value: Object.fromEntries(
        Object.entries(state.properties.get(id) ?? {}).map(([key, $value]) => [key, { $value }]),
      ),
    }),
    "PATCH properties": (body, _, id) => {
      const patch = body as unknown as { path: string; value: string }[];
      const entries = patch.map(({ path, value }) => [path.slice(1), value] as const);
      state.properties.set(id, { ...state.properties.get(id), ...Object.fromEntries(entries) });
      return { value: {} };
    },
    "GET builds": (_, __, id) => state.builds.get(id) ?? { id, status: "inProgress" },
  };

  function byId(id: number): Patchable {
    const found = state.pullRequests.find((each) => each.pullRequestId === id);
    if (found === undefined) throw new Error(`no pull request ${id}`);
    return found;
  }
  function sourceOf(of: PullRequest) {
    const head = headOf(of.sourceRefName);
    return head === "" ? (of.lastMergeSourceCommit ?? { commitId: "" }) : { commitId: head };
  }
  function answer(request: IncomingMessage, response: ServerResponse, text: string) {
    const url = new URL(request.url ?? "", "http://host");
    const { resource, id } = resourceOf(url.pathname);
    const call = `${request.method} ${resource}`;
    state.meanwhile(call);
    state.calls.push(call);
    const refusal = state.refusals.get(call);
    const route = routes[call];
    const status = refusal?.status ?? (route === undefined ? 501 : 200);
    response.writeHead(status, { "Content-Type": "application/json" });
    const body = JSON.parse(text === "" ? "{}" : text) as Body;
    const result = refusal ?? route?.(body, url, id) ?? { message: `no route ${call}` };
    response.end(JSON.stringify(result));
  }

  const server = createServer((request, response) => {
    if (request.headers.authorization !== "Bearer job-token") {
      response.writeHead(401).end();
    } else if ((request.url ?? "").includes("/_git/")) {
      serveGit(directory, request, response);
    } else {
      let text = "";
      request.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
      request.on("end", () => answer(request, response, text));
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const organisationUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fabrikam`;
  const close = () => new Promise<void>((done) => void server.close(() => done()));
  return { organisationUrl, directory, state, git: gitText, headOf, close };
}

function resourceOf(path: string): { readonly resource: string; readonly id: number } {
  const [, rest = ""] = /\/_apis\/(?:git\/repositories\/[^/]+|build)\/?(.*)$/.exec(path) ?? [];
  const [first = "", id = "0", last] = rest.toLowerCase().split("/");
  return { resource: last ?? (first === "" ? "repository" : first), id: Number(id) };
}
