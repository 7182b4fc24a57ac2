// http_serve4: answers with the listing of the directory that the URI names, inside web/.
//
// It grows out of your http_serve3: `npm run next week02` copies that over this file.

// TODO: Write and export resolveUri(uri: string): Buffer.
//   It takes the URI that parseRequest returns and looks it up below ../web. A directory
//   gives the whole 200 response that lists the names in it, as plain text. It throws an
//   Error for a file (not implemented yet) and another for a name that is not there.

// TODO: Bonus: write and export notFoundResponse. It returns the whole 404 response for a URI
//   that names nothing.

// TODO: Answer each request with what resolveUri returns for its URI. Whatever resolveUri throws,
//   the client gets an answer (501 for a file, for now), and so does the next one.
