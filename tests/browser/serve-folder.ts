/**
 * Serves a built site as a plain host would: `node serve-folder.ts FOLDER BASE PORT`. A folder
 * without its slash is redirected, and whatever lies outside the base path does not exist.
 */
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";

const [folder = "dist", base = "/", port = "4391"] = process.argv.slice(2);
const root = path.resolve(folder);

if (!statSync(path.join(root, "index.html"), { throwIfNoEntry: false })) {
  process.stderr.write(`There is no built site in ${folder}. Run \`npm test\`, which builds it.\n`);
  process.exit(1);
}

const types: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webp": "image/webp",
  ".xml": "application/xml",
};

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const inside = decodeURIComponent(pathname).startsWith(base);
  const file = path.join(root, decodeURIComponent(pathname).slice(base.length));
  const stat = inside && file.startsWith(root) && statSync(file, { throwIfNoEntry: false });
  if (stat && stat.isDirectory() && !pathname.endsWith("/")) {
    response.writeHead(301, { location: `${pathname}/` }).end();
    return;
  }
  const found = stat && stat.isDirectory() ? path.join(file, "index.html") : file;
  if (!stat || !statSync(found, { throwIfNoEntry: false })) {
    response.writeHead(404, { "content-type": types[".html"] });
    createReadStream(path.join(root, "404.html")).pipe(response);
    return;
  }
  const type = types[path.extname(found)] ?? "application/octet-stream";
  response.writeHead(200, { "content-type": type });
  createReadStream(found).pipe(response);
});

server.listen(Number(port), "127.0.0.1");
