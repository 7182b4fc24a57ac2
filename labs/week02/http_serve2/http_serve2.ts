// http_serve2: answers every request with a proper HTTP response, the page inside it.
//
// It grows out of your http_serve1: `npm run next week02` copies that over this file.

// TODO: Write and export okResponse(body: string | Buffer): Buffer.
//   It takes the body of a page and returns the whole response to send: a status line,
//   header lines that give the body's type and its length in bytes, a blank line, the body.
//   Bonus: a Date header.

// TODO: Answer each client with okResponse around tiny_html.html, then close the connection.
