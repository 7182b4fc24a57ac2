import type { DiagnosisCode } from '../model/diagnosis.ts';

/** A change of one program: the text to be found, once, and what takes its place. */
export type Edit = readonly [find: string | RegExp, replace: string];

/** A submission of one stage that is made from its worked solution. */
export interface Variant {
  /** What is different about it, for example `ends its lines with LF alone`. */
  readonly name: string;
  readonly stage: string;
  /** Changes of the worked program. */
  readonly edit?: readonly Edit[];
  /**
   * The program that takes the place of the worked one: a path below `proofs/programs/`. It may end
   * in anything that the grader runs, and keeps its execute bit.
   */
  readonly program?: string;
  /** Where the program lies in the submission, if not at `STAGE/STAGE.EXT`. */
  readonly at?: string;
  /** Files of the submission to write, or with `undefined` to delete, by their paths. */
  readonly files?: Readonly<Record<string, string | undefined>>;
}

/** A wrong program: what the grader must tell from a right one, and by what. */
export interface Mutant extends Variant {
  /** The checks that fail, without their stage; those that build on them are not named. */
  readonly fails: readonly string[];
  /** The diagnosis of each check that fails. */
  readonly code: DiagnosisCode;
  /** The checks for which the same mistake shows as something else. */
  readonly codes?: Readonly<Record<string, DiagnosisCode>>;
}

/** A right program that goes about it differently: it must pass every check. */
export interface Equivalent extends Variant {
  /** The bonus checks that it does not try for. */
  readonly forgoes?: readonly string[];
}

/** A server of the wide world, put through the stages that it can stand in for. */
export interface RealServer {
  readonly name: string;
  /** A command on the PATH, or packages of npm, that must be installed. */
  readonly needs: { readonly command: string } | { readonly packages: readonly string[] };
  readonly stages: readonly string[];
  /**
   * Makes a shell script that serves `./web` on the port `$1` of 127.0.0.1.
   *
   * @param found the absolute path of the command, or of the folder that holds the packages
   */
  readonly script: (found: string) => string;
  /** What it does otherwise by design, and is failed for. */
  readonly departs: readonly Departure[];
}

interface Departure {
  /** With its stage, for example `athome/time-page`. */
  readonly check: string;
  readonly code: DiagnosisCode;
  /** In a few words, for people who wonder. */
  readonly why: string;
}

/** All that proves the checks of a lab right. */
export interface Proofs {
  /** How many mutants must fail each check; one where nothing is said. */
  readonly mutantsPerCheck?: number;
  readonly mutants: readonly Mutant[];
  readonly equivalents: readonly Equivalent[];
  readonly realServers?: readonly RealServer[];
}
