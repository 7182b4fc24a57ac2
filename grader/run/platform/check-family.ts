import type { Family } from './platform.ts';

/** Marks are random words; one this short may stand in anybody's environment. */
const SHORTEST = 8;

/**
 * Refuses a description that strangers' processes may answer to: an empty mark is in every
 * environment, an empty folder is above every other, and what is found by them is killed.
 *
 * @throws Error where it is too wide
 */
export function checkFamily({ mark, folder }: Pick<Family, 'mark' | 'folder'>): void {
  if (mark.length < SHORTEST) throw new Error(`"${mark}" is too short to find processes by`);
  if (folder !== undefined && folder.split('/').filter((name) => name !== '').length < 2) {
    throw new Error(`"${folder}" is too wide to find processes by`);
  }
}
