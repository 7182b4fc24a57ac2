import { expect } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateXML } from 'xmllint-wasm';
import { lastLine, readOutput, readTap } from './shape-of-text.ts';

const SCHEMAS = join(import.meta.dirname, 'schemas');

/** Holds texts to what is known of their format: a schema, or its reader. */
export async function expectValid(format: string, ...texts: readonly string[]): Promise<void> {
  const xsd = XSDS[format];
  if (xsd !== undefined) await validateXml(xsd, texts);
  for (const text of texts) VALIDATORS[format]?.(text);
}

const XSDS: Readonly<Record<string, string>> = {
  junit: 'junit.xsd',
  'junit-strict': 'junit-strict.xsd',
};

const VALIDATORS: Readonly<Record<string, (text: string) => void>> = {
  tap: (text) => {
    const { failures, bailedOut, points } = readTap(text);
    expect(bailedOut).toBe(false);
    expect(failures.filter((failure) => !('id' in failure))).toEqual([]);
    expect(points.length).toBeGreaterThan(0);
  },
  gradescope: (text) => validateJson('gradescope', text),
  classroom50: (text) => validateJson('classroom50', text),
  classroom: (text) => validateJson('classroom', readOutput(text)),
  exercism: (text) => {
    validateJson('exercism', text);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(500_000);
  },
  check50: (text) => validateJson('check50', text),
  prairielearn: (text) => validateJson('prairielearn', text),
  autolab: (text) => validateJson('autolab', lastLine(text)),
};

/** All at once, since to start the validator takes longer than its work. */
async function validateXml(schema: string, texts: readonly string[]): Promise<void> {
  const { errors } = await validateXML({
    xml: texts.map((contents, index) => ({ fileName: `${String(index)}.xml`, contents })),
    schema: readFileSync(join(SCHEMAS, schema), 'utf8'),
    maxMemoryPages: 4096,
  });
  expect(errors).toEqual([]);
}

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });

function validateJson(name: string, text: string): void {
  const validate = ajv.getSchema(name) ?? ajv.addSchema(readSchema(name), name).getSchema(name);
  if (!validate) throw new Error(`${name} has no schema`);
  void validate(JSON.parse(text));
  expect(validate.errors ?? []).toEqual([]);
}

function readSchema(name: string): object {
  const schema: unknown = JSON.parse(readFileSync(join(SCHEMAS, `${name}.schema.json`), 'utf8'));
  if (typeof schema !== 'object' || schema === null) throw new Error(`${name} is no schema`);
  return schema;
}
