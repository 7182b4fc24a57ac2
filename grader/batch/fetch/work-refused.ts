/** Work that is not taken in. The message is the reason, in words for its author. */
export class WorkRefused extends Error {
  override readonly name = 'WorkRefused';
}
