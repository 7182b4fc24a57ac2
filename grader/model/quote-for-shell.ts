/** A word of a command for a shell, whatever it holds; one that needs no quotes stays as it is. */
export function quoteForShell(word: string): string {
  return /^[\w./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
