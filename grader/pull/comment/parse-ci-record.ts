import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../course/project.ts';
import type { CiRecord } from '../../model/ci-record.ts';
import { findFault, type Schema } from './check-schema.ts';

/**
 * Reads a record that may come from anybody.
 *
 * @returns the record, or where it departs from its schema
 */
export function parseCiRecord(text: string): CiRecord | { readonly fault: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: 'it is no JSON' };
  }
  const fault = findFault(value, readSchema('ci-record'), [readSchema('result')]);
  return fault === undefined ? (value as CiRecord) : { fault: `${fault} is not as it should be` };
}

function readSchema(name: string): Schema {
  const text = readFileSync(join(PROJECT, 'grader/model', `${name}.schema.json`), 'utf8');
  return JSON.parse(text) as Schema;
}
