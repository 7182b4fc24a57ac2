/** Shows milliseconds as seconds: `0.25s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)}s`;
}
