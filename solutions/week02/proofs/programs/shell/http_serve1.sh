#!/bin/sh
# http_serve1: the page tiny_html.html for every request.
# The shell finds the page and the port; node holds the socket.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1

exec node -e '
const [page, port] = process.argv.slice(1);
const { readFileSync } = require("node:fs");

const server = require("node:net").createServer((socket) => {
  let request = "";
  socket.on("error", () => socket.destroy());
  socket.setTimeout(5000, () => socket.destroy());
  socket.on("data", (data) => {
    if (socket.writableEnded) return;
    request += data.toString("latin1");
    if (/\r?\n\r?\n/.test(request)) socket.end(readFileSync(page));
  });
});
process.on("SIGINT", () => process.exit(0));
server.listen(Number(port), "127.0.0.1");
' -- "$here/../tiny_html.html" "${PORT:-${1:-50000}}"
