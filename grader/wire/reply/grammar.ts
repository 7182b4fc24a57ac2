// Pieces of regular expressions, for text of one character a byte (RFC 9110, section 5.6).

/** Letters, digits and some signs: a name. */
export const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";

/** Text in double quotes, in which a backslash stands before a quote or a backslash. */
export const QUOTED =
  '"(?:[\\t \\x21\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]|\\\\[\\t \\x21-\\x7e\\x80-\\xff])*"';

/** What may stand in no line: every control character but the tab. */
export const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/;
