import { isAbsolute, normalize } from 'node:path';
import type { SentFile, StartAnswer, StartOrder } from './order.ts';

/** What a worker may ask for: it reads what strangers send, so it is not believed. */
export interface Lent {
  readonly rooms: readonly string[];
  /** Folders of the machine's own disk of which a program may be shown something. */
  readonly lent: readonly string[];
}

/** @throws Error where the order is no order, or asks for more than a worker may */
export function parseOrder(line: string, { rooms, lent }: Lent): StartOrder {
  const told = JSON.parse(line) as Readonly<Record<keyof StartOrder, unknown>>;
  const room = told.room === undefined ? undefined : Number(told.room);
  const place = room === undefined ? undefined : rooms[room];
  if (room !== undefined && place === undefined) throw new Error('there is no such room');
  const environment = Object.entries(Object(told.environment) as Record<string, unknown>);
  return {
    command: readTexts(told.command),
    cwd: readPath(told.cwd),
    environment: Object.fromEntries(
      environment.map(([name, value]) => {
        if (!/^[A-Z_][A-Z0-9_]*$/.test(name)) throw new Error(`no name of a variable: ${name}`);
        return [name, readText(value)];
      }),
    ),
    room,
    fixed: readList(told.fixed).map((file) => readFixed(file, place)),
    reads: readTexts(told.reads).map((path) => readWithin(path, lent)),
    takesNotes: told.takesNotes === true,
  };
}

/** What the coordinator answers is believed. */
export function parseAnswer(line: string): StartAnswer {
  return JSON.parse(line) as StartAnswer;
}

function readFixed(told: unknown, place: string | undefined): SentFile {
  const { path, base64 } = Object(told) as Readonly<Record<keyof SentFile, unknown>>;
  return {
    path: readWithin(path, place === undefined ? [] : [place]),
    base64: readText(base64),
  };
}

function readWithin(told: unknown, folders: readonly string[]): string {
  const path = readPath(told);
  if (folders.some((folder) => path.startsWith(`${folder}/`))) return path;
  throw new Error(`${path} is not to be shown to programs`);
}

function readPath(told: unknown): string {
  const path = readText(told);
  if (isAbsolute(path) && normalize(path) === path) return path;
  throw new Error(`${path} is no whole path`);
}

function readTexts(told: unknown): string[] {
  return readList(told).map(readText);
}

function readList(told: unknown): readonly unknown[] {
  if (!Array.isArray(told)) throw new Error('a list is missing');
  return told;
}

function readText(told: unknown): string {
  if (typeof told === 'string' && !told.includes('\0')) return told;
  throw new Error('a text is missing');
}
