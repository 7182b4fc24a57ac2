const BAR = ' | ';

/** How wide the numbers beside lines are drawn, in columns. @param last the greatest of them */
export function gutterDigits(last: number): number {
  return Math.max(4, String(last).length);
}

/** What stands beside a line: its number, or a word, or nothing. */
export function drawGutter(number: string, digits: number): string {
  return `${number.padStart(digits)}${BAR}`;
}

/** How wide all that is, in columns. */
export function gutterWidth(digits: number): number {
  return digits + BAR.length;
}
