// athome: the finished server, with listings to click through and a page that tells the time.
//
// It grows out of your http_serve5: `npm run next week02` copies that over this file. It serves
// the web/ folder beside it, which is yours: put a text file about your work at its top.

// TODO: Serve ./web now, and let resolveUri return directory listings as HTML: a link for each
//   name, which leads there when it is clicked, whatever characters the name is made of.

// TODO: Let resolveUri answer /time-page, which names no file, with an HTML page that tells the
//   time at which it is asked for.
