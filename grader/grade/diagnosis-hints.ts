import type { Hints } from '../model/check.ts';
import type { DiagnosisCode } from '../model/diagnosis.ts';

/** What helps with a mistake that has a name, whichever check finds it. */
export const DIAGNOSIS_HINTS: Readonly<Partial<Record<DiagnosisCode, Hints>>> = {
  'syntax-error': [
    'What stands in the line that the message names, and in the one above it?',
    'A bracket, a quote or a word is missing or one too many; the message names where reading stopped.',
    'Start the program yourself, as the README of the lab shows, and mend it until it starts.',
  ],
  'exited-early': [
    'What is the last thing that your program does when you start it yourself?',
    'It ended before it listened. What it printed says why; where it printed nothing, look for what ends it.',
    'A server goes on until it is stopped: look for an exit, a close, or an error that is caught and kept quiet.',
  ],
  'never-listened': [
    'What does your program wait for before it listens?',
    'It must not ask a person anything, and it must come to listen() without a client.',
    'Take the port from PORT or from the first argument, listen on it at once, and only then wait.',
  ],
  'wrong-port': [
    'Where does your program take the number of its port from?',
    'The number differs each time it is graded: it is in PORT, and it is the first argument too.',
    'Look for the number in your call of listen() or bind(), and put what PORT holds in its place.',
  ],
  crashed: [
    'Which line of yours does the message name, and which value was it working on?',
    'An error that nobody catches ends the program. Put a console.log or a print before that line.',
    'Send the same request yourself, and follow it line by line through your program to that place.',
  ],
  refused: [
    'Is your program still listening once it has answered its first client?',
    'A server that closes its listening socket, or leaves its loop, is there for one client only.',
    'Close the connection of the client alone, and go back to accepting the next one.',
  ],
  silent: [
    'What does your program wait for once a client has sent its request?',
    'The client waits for you now. It sends nothing more, and it keeps the connection open.',
    'Print a word when bytes come in and another when you write; the one that is missing says where to look.',
  ],
  'never-ends': [
    'How does a client find out that it has all of your reply?',
    'Either the head says how many bytes follow, or the connection closes behind the last of them.',
    'Look for where the last byte is written: what comes next there, and does it close the connection?',
  ],
  'closed-empty': [
    'Which way does your program take from the request to closing the connection?',
    'On that way nothing was written. Is an error caught there, and passed over in silence?',
    'Print what you are about to write, and close the connection only behind that.',
  ],
  'closed-in-head': [
    'What was the last thing to be written before the connection closed?',
    'The head was on its way when the connection closed: something ended it early, or only part was written.',
    'Put the whole reply together first, write it in one go, and close only when that is done.',
  ],
  'closed-in-body': [
    'Which two numbers should be the same: what your head promises, and what else?',
    'Content-Length promises more bytes than came. Is it too large, or does the connection close too soon?',
    'Print the length of what you write, in bytes, beside the length in the head; then see which is wrong.',
  ],
  'connection-reset': [
    'How does your program end the connection: behind its last byte, or before that?',
    'A connection is reset when it is destroyed, or closed while bytes that came are still unread.',
    'Read the request first, write the reply, and end the connection in the ordinary way behind it.',
  ],
  'lf-only': [
    'Which two characters end a line on the wire?',
    'Your lines end with one character, "\\n". In HTTP another one comes before it.',
    'Look at every line end of your head, the one of the empty line too: each wants "\\r" and "\\n".',
  ],
  'cr-only': [
    'Which two characters end a line on the wire?',
    'Your line ends with "\\r". In HTTP another character comes behind it.',
    'Look at every line end of your head, the one of the empty line too: each wants "\\r" and "\\n".',
  ],
  'no-status-line': [
    'What does a client read first, before the headers and the page?',
    'A reply begins with a line that says which version it is in, and how the request turned out.',
    'Write that line before all else: the version, a space, three digits, a space, a reason, CR LF.',
  ],
  'bad-status-line': [
    'Which three parts does a status line have, and what stands between them?',
    'The report says at which byte reading stopped. Compare what is there with the line in the README.',
    'The version is HTTP, a slash, two numbers with a point; then one space, three digits, one space, a reason.',
  ],
  'bad-header-line': [
    'What may stand between the name of a header and its colon?',
    'A name has no spaces, before it, within it or behind it; the colon follows it at once.',
    'Write the name with hyphens, the colon, one space, the value, and CR LF; no line begins with a space.',
  ],
  'missing-header': [
    'Which lines does your head have, and which one does the report miss?',
    'Each header is a line of its own behind the status line and before the empty line.',
    'Write the name that the report gives, a colon, a space, the value, and end the line with CR LF.',
  ],
  'wrong-header': [
    'What does the header say, and what is true of this reply?',
    'The report shows the value that came, and what was expected in its place.',
    'Print the variable that the value comes from, right before you write the head.',
  ],
  'repeated-header': [
    'How often do you write this header, and which of the two should a client believe?',
    'Two places of your program write it. One reply, one value.',
    'Search your program for the name of the header, and keep the place that knows the true value.',
  ],
  'no-blank-line': [
    'How does a client tell where the headers end and the page begins?',
    'By an empty line: behind the line end of the last header comes one more line end.',
    'Count the line ends before the page: there must be two in a row, each of them CR LF.',
  ],
  'length-too-short': [
    'How many bytes follow your head, and how many does it promise?',
    'A client stops reading where Content-Length says. What you counted is not all that you send.',
    'Put the whole body together as bytes first; count those, and send those and nothing more.',
  ],
  'length-too-long': [
    'How many bytes follow your head, and how many does it promise?',
    'A client waits for all that Content-Length says. Did you count more than the body, the head perhaps?',
    'Count the bytes of the body alone, from behind the empty line to the last one.',
  ],
  'length-in-characters': [
    'How many bytes is one letter with an accent, on the wire?',
    'You counted characters; Content-Length counts bytes, and some characters take two or more.',
    'Encode the text first, with Buffer.from or .encode(), and take the length of what that gives.',
  ],
  'bad-chunk': [
    'What comes before each chunk, and what behind it?',
    'Its size, in hexadecimal digits, on a line of its own; then so many bytes; then a line end.',
    'Compare the size that the report points at with the bytes behind it; the last chunk has the size 0 and an empty line.',
  ],
  'utf8-body': [
    'Is this file text? What becomes of bytes that are none when they are read as text?',
    'Somewhere on the way from the disk to the socket the bytes become a string, and are changed by that.',
    'Look at where the file is read and where it is put behind the head: no encoding, no string, bytes only.',
  ],
  'latin1-body': [
    'Which encoding is the file read in, and which one is it sent in?',
    'They are not the same: each letter beyond ASCII changes its bytes on the way.',
    'Do not decode the file at all; read bytes, and write the same bytes behind the head.',
  ],
  'newline-translated': [
    'Which line ends does the file have on the disk, and which ones came?',
    'Something on the way changes them: reading in text mode does, and so does splitting into lines.',
    'Open the file in binary mode, and change line ends in the head alone, never in the body.',
  ],
  truncated: [
    'How much of the file does your program read, and how much of it does it write?',
    'One read or one send may move only a part. What becomes of the rest?',
    'Read until the end of the file, write until all is taken, and close only after that.',
  ],
  'head-repeated': [
    'How often does your program put a head before the page?',
    'The page that is sent has a head already when a second one is put before it.',
    'Follow the page through your functions: one of them makes the response, and only that one.',
  ],
  'body-of-another-file': [
    'Which file does your program open for this request?',
    'It opened one that is there, but another one was asked for. Print the path before you open it.',
    'Make the path anew for each request, from its own URI, and keep it in no variable that all share.',
  ],
  'trailing-bytes': [
    'What is written behind the last byte of the body?',
    'A reply ends with its body. What comes behind that, a client takes for something else.',
    'Look for a second write, a line end too many, or a length that is counted before the body is whole.',
  ],
  'no-such-function': [
    'Which name does the assignment give the function, letter by letter?',
    'The grader imports your program and looks for that name among what it exports.',
    'In TypeScript put export before the function; in Python define it at the top level, in snake_case.',
  ],
  threw: [
    'What does the message say, and which line of yours does it name?',
    'The function is given what the report shows. Could you call it with the same, in a small file?',
    'Look at each value in that line: one of them is not what the line takes it for.',
  ],
  'never-returned': [
    'What does the function wait for, or what keeps its loop going?',
    'It is called without a server and without a client: it must give back its value by itself.',
    'Look for a loop whose end never comes, and for a listen() or a read that runs on import.',
  ],
  'too-much-output': [
    'What does your program write to the disk, and how often?',
    'A loop, or a log that grows with each request, fills any disk in time.',
    'Find the place that writes, print how often it is reached, and stop it from being reached so often.',
  ],
  'out-of-memory': [
    'What does your program keep that it could let go?',
    'Memory is used up by a list that only grows, or by a loop that adds to a string for ever.',
    'Print the size of what you keep, request by request: what grows is what to empty.',
  ],
  'out-of-processes': [
    'Where does your program start a process or a thread, and when does that one end?',
    'Each request starts some that do not end, or one starts others like itself.',
    'Find the call that starts them, and let each end when its client is served.',
  ],
  'out-of-time': [
    'What does your program do while no client is there?',
    'It keeps the processor busy all the time: a loop goes round without waiting for anything.',
    'Wait for an event, or block in accept and recv, in place of asking again and again.',
  ],
};

/** On a crash of which nothing is known but that it was one: the program printed no word of it. */
export const SILENT_CRASH_HINTS: Hints = [
  'Which call in your program ends it on purpose?',
  'An error that nobody catches prints where it was thrown. Yours printed nothing, so that it was told to end.',
  'Look for a call that exits on the way that this request takes, and go back to serving in its place.',
];
