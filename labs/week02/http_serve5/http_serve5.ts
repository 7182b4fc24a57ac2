// http_serve5: answers with files too, each with its own media type.
//
// It grows out of your http_serve4: `npm run next week02` copies that over this file.

// TODO: Let resolveUri return files too: for the URI of a file, the whole 200 response whose body
//   is the file, byte for byte, and whose Content-Type fits it: .html .txt .jpg .jpeg .png
//   at least. A name that is not there still throws.
//   Bonus: whatever the URI, never answer with a file outside web/; decode names like
//   a%20name.txt.
