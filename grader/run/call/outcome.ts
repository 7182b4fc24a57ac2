/** What is handed to a student's function, or comes back from it. */
export type CallValue =
  | { readonly type: 'text'; readonly value: string }
  /** In base64. */
  | { readonly type: 'bytes'; readonly value: string }
  /** Anything else, as text for people. */
  | { readonly type: 'other'; readonly value: string };

/** How one call of a student's function ended. */
export type CallOutcome =
  | { readonly kind: 'returned'; readonly value: CallValue }
  | Thrown<'threw'>
  /** The program could not be imported. */
  | Thrown<'import-threw'>
  | { readonly kind: 'missing'; readonly exports: readonly string[] }
  | { readonly kind: 'died'; readonly how: string; readonly stderr: string }
  | { readonly kind: 'never-returned' };

interface Thrown<Kind> {
  readonly kind: Kind;
  readonly error: string;
  readonly message: string;
  readonly stack: string;
}
