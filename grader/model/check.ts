/** Where a rule stands that a check asks for. */
export interface Spec {
  /** For example `RFC 9112, section 4`. */
  readonly name: string;
  readonly title: string;
  readonly url: string;
}

/** Points to a section of an RFC: `rfc(9112, '4', 'Status Line')`. */
export function rfc(number: number, section: string, title: string): Spec {
  return {
    name: `RFC ${String(number)}, section ${section}`,
    title,
    url: `https://www.rfc-editor.org/rfc/rfc${String(number)}#section-${section}`,
  };
}

/** What a check uses besides the server's address. A server that is only a URL has none of it. */
export type CheckNeed = 'own-process' | 'planted-files' | 'functions' | 'stdout';

/** Three hints, from a question to nearly the answer. */
export type Hints = readonly [string, string, string];

/** The id of a check within its lab, as gradebooks know it: `http_serve2/status-line`. */
export function fullId(stage: { readonly id: string }, check: { readonly id: string }): string {
  return `${stage.id}/${check.id}`;
}

/** The stage of a check, by such an id. */
export function stageOf(check: string): string {
  const [stage = check] = check.split('/');
  return stage;
}
