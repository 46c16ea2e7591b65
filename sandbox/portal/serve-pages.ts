import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import type { Pages } from "../azure-devops/server.ts";

export type PagesOptions = {
  /** The built portal: `portal.html`, `portal.js`, `portal.css`. */
  readonly portalDirectory: string;
  /** The extension's `vss-extension.json`; its `files` are looked for beside it. */
  readonly manifestFile: string;
  readonly organisation: string;
};

type PackagedFile = {
  readonly path: string;
  readonly packagePath?: string;
  readonly addressable?: boolean;
};

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
};

/** The portal's pages and, under `/_extension/`, what the extension's package makes addressable. */
export function portalPages(options: PagesOptions): Pages {
  const { portalDirectory, manifestFile, organisation } = options;
  return (request, response) => {
    const method = request.method ?? "GET";
    const { pathname } = new URL(request.url ?? "/", "http://sandbox");
    if (method !== "GET" && method !== "HEAD") return Promise.resolve(false);
    if (pathname === "/") {
      response.writeHead(302, { Location: `/${organisation}` }).end();
      return Promise.resolve(true);
    }
    const file = pathname.startsWith("/_portal/")
      ? inside(portalDirectory, pathname.slice("/_portal".length))
      : pathname.startsWith("/_extension/")
        ? extensionFile(manifestFile, pathname.slice("/_extension/".length))
        : join(portalDirectory, "portal.html");
    sendFile(request, response, file);
    return Promise.resolve(true);
  };
}

function extensionFile(manifestFile: string, path: string): string | undefined {
  if (!existsSync(manifestFile)) return undefined;
  if (path === "vss-extension.json") return manifestFile;
  const { files = [] } = JSON.parse(readFileSync(manifestFile, "utf8")) as {
    readonly files?: readonly PackagedFile[];
  };
  for (const { path: source, packagePath = source, addressable } of files) {
    const inPackage = packagePath.replace(/^\//, "");
    if (!addressable || !(path === inPackage || path.startsWith(`${inPackage}/`))) continue;
    return inside(join(manifestFile, "..", source), path.slice(inPackage.length));
  }
  return undefined;
}

function inside(directory: string, path: string): string | undefined {
  const file = normalize(join(directory, decodeURIComponent(path)));
  return file === directory || file.startsWith(directory + sep) ? file : undefined;
}

// What a browser has just loaded it may show again at once, and keep while nobody builds anew.
const freshSeconds = 5;

function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: string | undefined,
): void {
  if (file === undefined || !existsSync(file) || !statSync(file).isFile()) {
    response.writeHead(404, { "Content-Type": "text/plain; charset=utf-8" });
    response.end("The sandbox has no such page. Build it with: npm run build\n");
    return;
  }
  const { size, mtimeMs } = statSync(file);
  const etag = `"${size.toString(16)}-${mtimeMs.toString(16)}"`;
  const caching = { ETag: etag, "Cache-Control": `max-age=${freshSeconds}` };
  if (request.headers["if-none-match"] === etag) {
    response.writeHead(304, caching).end();
    return;
  }
  response.writeHead(200, {
    ...caching,
    "Content-Type": types[extname(file)] ?? "application/octet-stream",
    "X-Content-Type-Options": "nosniff",
  });
  createReadStream(file).pipe(response);
}
