/**
 * Lets a log show text that may hold workflow commands of GitHub's, wherever they stand in it: until
 * the token comes again, which nobody can know beforehand, none is obeyed.
 */
export function quoteLog(text: string, token: string): string {
  return `::stop-commands::${token}\n${text}\n::${token}::\n`;
}
