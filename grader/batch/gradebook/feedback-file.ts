/** Where a student's feedback is, relative to the gradebook. */
export function feedbackFile(id: string, ending: 'html' | 'md'): string {
  return `feedback/${id}.${ending}`;
}

/** The same as an address: an id may hold what has a meaning there, such as `#` and `%`. */
export function feedbackLink(id: string): string {
  // A half of a pair has no place in an address, nor in the name of a file: both get U+FFFD for it.
  return feedbackFile(encodeURIComponent(id.replace(/\p{Cs}/gu, '\ufffd')), 'html');
}
