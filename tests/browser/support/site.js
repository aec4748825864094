// A site of someone else: files of a folder of this one and of node_modules, on a free port.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const root = join(import.meta.dirname, "..");
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8" };

/** Serves `/` from a folder of this one, `/node_modules/` from there; answers its address and how to stop it. */
export async function startSite(folder) {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, "http://site").pathname);
    const file = path.startsWith("/node_modules/") ? path : join("/", folder, path === "/" ? "index.html" : path);
    try {
      const body = await readFile(join(root, file));
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const stop = () => new Promise((closed) => {
    server.close(closed);
    server.closeAllConnections();
  });
  return { address: `http://127.0.0.1:${server.address().port}`, stop };
}
