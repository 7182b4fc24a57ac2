// http_serve1: answers every request with the page in tiny_html.html, and nothing else yet.
//
// It grows out of echo_server: `npm run next week02` copies that over this file.

// TODO: Answer each client with the bytes of ../tiny_html.html, then close the connection.
//   Find the page with import.meta.dirname, so that the program works from any folder.
//   Read what the client sends before you answer, or your page may be lost on its way.
