/** The part of JSON Schema that our own schemas are written in. */
export interface Schema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean';
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
}

const KNOWN = [
  ...['$schema', '$id', '$ref', '$defs', 'title', 'description', 'type', 'const', 'enum', 'oneOf'],
  ...['properties', 'required', 'additionalProperties', 'items', 'minItems', 'maxItems'],
  ...['minLength', 'pattern', 'minimum'],
];

/**
 * Checks a value from outside against one of our schemas.
 *
 * @param schemas those that can be named by `$ref`
 * @returns where the first fault is, such as `/labs/0/verdict`; undefined where there is none
 */
export function findFault(
  value: unknown,
  root: Schema,
  schemas: readonly Schema[],
): string | undefined {
  return check({ value, at: '' }, root, { root, schemas });
}

interface Place {
  readonly value: unknown;
  readonly at: string;
}

interface Within {
  readonly root: Schema;
  readonly schemas: readonly Schema[];
}

function check(place: Place, schema: Schema, within: Within): string | undefined {
  const unknown = Object.keys(schema).find((keyword) => !KNOWN.includes(keyword));
  if (unknown !== undefined) throw new Error(`a schema says ${unknown}, which nobody checks`);
  if (!isOfType(place.value, schema) || !isAmong(place.value, schema)) return place.at || '/';
  return (
    checkReference(place, schema, within) ??
    checkOneOf(place, schema, within) ??
    checkText(place, schema) ??
    checkItems(place, schema, within) ??
    checkProperties(place, schema, within)
  );
}

function isOfType(value: unknown, { type, minimum = -Infinity }: Schema): boolean {
  if (type === undefined) return true;
  switch (type) {
    case 'object':
      return isObject(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) && value >= minimum;
    case 'string':
    case 'boolean':
      return typeof value === type;
  }
}

function isAmong(value: unknown, schema: Schema): boolean {
  if (schema.enum && !schema.enum.includes(value)) return false;
  return schema.const === undefined || schema.const === value;
}

function checkReference(place: Place, { $ref }: Schema, within: Within): string | undefined {
  if ($ref === undefined) return undefined;
  const { root, schemas } = within;
  const name = /^#\/\$defs\/(\w+)$/.exec($ref)?.[1];
  const inner = name === undefined ? undefined : root.$defs?.[name];
  if (inner) return check(place, inner, within);
  // As a path beside that of the schema itself.
  const named = new URL($ref, `file:///${root.$id ?? ''}`).pathname.slice(1);
  const other = schemas.find(({ $id }) => $id === named);
  if (other) return check(place, other, { root: other, schemas });
  throw new Error(`a schema refers to ${$ref}, which there is not`);
}

function checkOneOf(place: Place, { oneOf }: Schema, within: Within): string | undefined {
  if (!oneOf) return undefined;
  const fitting = oneOf.filter((each) => check(place, each, within) === undefined);
  return fitting.length === 1 ? undefined : place.at;
}

function checkText({ value, at }: Place, { pattern, minLength = 0 }: Schema): string | undefined {
  if (typeof value !== 'string') return undefined;
  const fits = pattern === undefined || new RegExp(pattern, 'u').test(value);
  return fits && value.length >= minLength ? undefined : at;
}

function checkItems({ value, at }: Place, schema: Schema, within: Within): string | undefined {
  const { items, minItems = 0, maxItems = Infinity } = schema;
  if (!Array.isArray(value)) return undefined;
  if (value.length < minItems || value.length > maxItems) return at;
  if (!items) return undefined;
  return firstFault(value.entries(), ([index, item]) =>
    check({ value: item, at: `${at}/${String(index)}` }, items, within),
  );
}

function checkProperties({ value, at }: Place, schema: Schema, within: Within): string | undefined {
  const { properties = {}, required = [], additionalProperties } = schema;
  if (!isObject(value)) return undefined;
  const missing = required.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) return `${at}/${missing}`;
  return firstFault(Object.entries(value), ([name, inner]) => {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (known) return check({ value: inner, at: `${at}/${name}` }, known, within);
    return additionalProperties === false ? `${at}/${name}` : undefined;
  });
}

function firstFault<Each>(
  each: Iterable<Each>,
  find: (each: Each) => string | undefined,
): string | undefined {
  for (const one of each) {
    const fault = find(one);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
