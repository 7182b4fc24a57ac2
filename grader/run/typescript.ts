import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, join, parse } from 'node:path';
import type { SourceLocation } from '../model/diagnosis.ts';
import { findLoader } from './find-loader.ts';
import { lineAndColumn } from './line-and-column.ts';

/** What became of a TypeScript program on its way to Node. */
export type Prepared =
  | {
      readonly state: 'ready';
      /** Arguments for Node, the program's own file last. */
      readonly args: readonly string[];
      readonly emitted?: EmittedFile;
      /** The folders of the loader, where one is needed. */
      readonly loader: readonly string[];
    }
  | {
      readonly state: 'syntax-error';
      readonly message: string;
      /** The file is as given in; line and column count from 1. */
      readonly location?: SourceLocation;
    };

/** The JavaScript that runs in place of a TypeScript file, and the way back to its lines. */
export interface EmittedFile {
  readonly emittedPath: string;
  readonly sourcePath: string;
  readonly map: SourceMap;
}

/**
 * Makes a TypeScript program ready for Node. Its types are stripped here, once, which costs a
 * fortieth of a loader's start. What only a loader can do (imports of its own files, require within
 * a module, decorators and newer syntax) is left to tsx, the loader by which students run their programs themselves.
 *
 * @param path the program's file in the throwaway copy; the JavaScript is written beside it
 */
export async function prepareTypeScript(path: string): Promise<Prepared> {
  const source = readFileSync(path, 'utf8');
  // The name of a plain .ts file, so that neither JSX nor a declaration is read into it.
  const { transformSync } = await import('oxc-transform');
  const options = { lang: 'ts', sourcemap: true } as const;
  const asModule = transformSync('program.ts', source, { ...options, sourceType: 'module' });
  // What modules alone forbid, scripts may do.
  const asScript =
    asModule.errors.length === 0
      ? asModule
      : transformSync('program.ts', source, { ...options, sourceType: 'script' });
  const output = asScript.errors.length === 0 ? asScript : asModule;
  const [error] = output.errors;
  if (error) {
    const start = error.labels[0]?.start;
    // The parser counts bytes of UTF-8.
    const at = start === undefined ? start : Buffer.from(source).toString('utf8', 0, start).length;
    return {
      state: 'syntax-error',
      message: error.message,
      ...(at !== undefined && { location: { file: path, ...lineAndColumn(source, at) } }),
    };
  }
  const isModule =
    /^\s*(?:import|export)\b|\bimport\.meta\b/m.test(output.code) || !COMMON_JS.test(output.code);
  if (needsLoader(output.code)) {
    if (isModule && !COMMON_JS.test(output.code)) declareModules(dirname(path));
    const { url, folders } = findLoader();
    return { state: 'ready', args: ['--import', url, path], loader: folders };
  }
  const emittedPath = choosePath(path, isModule ? 'mjs' : 'cjs');
  writeFileSync(emittedPath, output.code);
  const { map } = output;
  return {
    state: 'ready',
    args: [emittedPath],
    loader: [],
    ...(map && {
      emitted: {
        emittedPath,
        sourcePath: path,
        map: new SourceMap({ ...map, file: emittedPath, sourceRoot: '', sourcesContent: [] }),
      },
    }),
  };
}

/** Beside the source and by its name, which a folder of the student's may have already. */
function choosePath(source: string, extension: string): string {
  let { name } = parse(source);
  const at = (): string => join(dirname(source), `${name}.${extension}`);
  while (statSync(at(), { throwIfNoEntry: false })?.isDirectory()) name += '_';
  return at();
}

/** What only CommonJS has. */
const COMMON_JS = /\b(?:require\s*\(|module\.exports\b|exports\.|__dirname\b|__filename\b)/;

function needsLoader(code: string): boolean {
  const ownFiles = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"`](?:\.|file:)/.test(code);
  const mixed = /^\s*(?:import|export)\b/m.test(code) && COMMON_JS.test(code);
  // A file that is started by its path, and syntax that not every Node can read as yet.
  const startsOther = /['"`][^'"`\n]*\.[cm]?ts['"`]/.test(code);
  const newer = /^\s*@[A-Za-z_$]|\busing\s+[\w$]+\s*=|^\s*(?:static\s+)?accessor\s/m.test(code);
  return ownFiles || mixed || startsOther || newer;
}

/** Where no package.json says what a folder's files are, the loader takes them for scripts. */
function declareModules(folder: string): void {
  let above = folder;
  while (!existsSync(join(above, 'package.json')) && dirname(above) !== above)
    above = dirname(above);
  if (dirname(above) !== above) return;
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
}
