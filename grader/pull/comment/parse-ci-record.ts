import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../course/project.ts';
import type { CiRecord } from '../../model/ci-record.ts';

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
  const ajv = new Ajv2020({ schemas: [readSchema('result')] });
  const isRecord = ajv.compile<CiRecord>(readSchema('ci-record'));
  if (isRecord(value)) return value;
  return { fault: `${placeOf(isRecord.errors?.at(-1))} is not as it should be` };
}

function readSchema(name: string): object {
  const text = readFileSync(join(PROJECT, 'grader/model', `${name}.schema.json`), 'utf8');
  return JSON.parse(text) as object;
}

/** Where the fault is, such as `/labs/0/verdict`. */
function placeOf(error: ErrorObject | undefined): string {
  const { instancePath = '', params = {} } = error ?? {};
  const more: unknown = params.additionalProperty;
  return typeof more === 'string' ? `${instancePath}/${more}` : instancePath || '/';
}
