const { createServer } = require('node:net');
const { readFileSync } = require('node:fs');

// A parenthesis is missing where the page is sent.
const server = createServer((socket) => {
  socket.once('data', () => {
    socket.end(readFileSync('tiny_html.html');
  });
});

server.listen(Number(process.env.PORT), '127.0.0.1');
