// http_serve3: reads the request, and learns from it which URI the client wants.
//
// It grows out of your http_serve2: `npm run next week02` copies that over this file.

// TODO: Write and export parseRequest(request: string): string.
//   It takes the text of a request and returns its URI, exactly as the client wrote it.
//   It throws an Error when the method is not GET or the version is not HTTP/1.x.

// TODO: Bonus: write and export clientErrorResponse. It returns the whole response for a request
//   that parseRequest refuses. Which status fits which mistake?

// TODO: Read each request whole, in however many pieces it comes, print its URI to the console,
//   and answer as http_serve2 did. No request may end the program, however wrong it is.
