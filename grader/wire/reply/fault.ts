import type { DiagnosisCode } from '../../model/diagnosis.ts';

/** The first byte that can never be part of a valid reply, and what stands there. */
export interface ReplyFault {
  readonly code: DiagnosisCode;
  /** Offset of the first wrong byte, from the start of the reply. */
  readonly offset: number;
  /** How many bytes are wrong from there on; at least 1. */
  readonly length: number;
  /** What happened, in a plain sentence. */
  readonly summary: string;
  /** What stands there and what was expected, in a few words. */
  readonly caption: string;
}

/** Which part of the reply a fault lies in, so that each part can be asked for by itself. */
export type ReplyPart = 'status-line' | 'headers' | 'body';
