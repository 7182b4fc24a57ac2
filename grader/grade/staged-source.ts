import { readFileSync, statSync } from 'node:fs';
import type { SurveyedFile } from '../cell/survey.ts';
import type { Program } from '../course/find-programs.ts';
import type { Diagnosis, SourceLocation } from '../model/diagnosis.ts';
import { splitLines, type Mark } from '../run/quote-line.ts';
import { quotePlace, readLastWords, type LastWords } from '../run/source-location.ts';
import type { EmittedFile } from '../run/typescript.ts';

/** What is larger was not written by hand. */
const MOST_BYTES = 2 ** 20;

/** The source of a program, as it was copied: the program may have changed its copy since. */
export class StagedSource {
  readonly #copy: string;
  readonly #file: string;
  readonly #sources: ReadonlyMap<string, string>;
  /** What runs in place of a TypeScript file, once that is known. */
  emitted: EmittedFile | undefined;

  /** @param copy the throwaway copy's top folder */
  constructor(copy: string, { file }: Pick<Program, 'file'>, files: readonly SurveyedFile[]) {
    this.#copy = copy;
    this.#file = file;
    this.#sources = new Map(files.map(({ path, source }) => [path, source]));
  }

  /** Names the program's files in what it printed, and quotes the line of which it died. */
  readWords(text: string): LastWords {
    return readLastWords(text, {
      folder: this.#copy,
      emitted: this.emitted,
      readSource: (file) => this.#read(file),
    });
  }

  /** The facts of a diagnosis that are in what a program printed as an error. */
  readErrors(stderr: string): Pick<Diagnosis, 'output' | 'source'> {
    const { text, source } = this.readWords(stderr);
    return { ...(text !== '' && { output: text }), ...(source && { source }) };
  }

  /** Names the file of a diagnosis as its author knows it, and quotes the line. */
  locate(diagnosis: Diagnosis): Diagnosis {
    const { source } = diagnosis;
    return source
      ? { ...diagnosis, source: this.quote({ ...source, file: this.#file }) }
      : diagnosis;
  }

  quote(place: SourceLocation, mark?: Mark): SourceLocation {
    return quotePlace(place, { readSource: (file) => this.#read(file) }, mark);
  }

  /** The lines of a file, by its path in the copy; undefined where the submission has none there. */
  readLines(file: string): readonly string[] | undefined {
    const source = this.#read(file);
    return source === undefined ? undefined : splitLines(source);
  }

  #read(file: string): string | undefined {
    const source = this.#sources.get(file);
    const size = source === undefined ? 0 : statSync(source, { throwIfNoEntry: false })?.size;
    // It may have been removed since.
    if (source === undefined || size === undefined || size > MOST_BYTES) return undefined;
    return readFileSync(source, 'utf8');
  }
}
