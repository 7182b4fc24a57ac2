import type { Diagnosis, SourceLocation } from '../../model/diagnosis.ts';

/** What is told of a program that is being looked at, by the process that runs it. */
export type HostEvent =
  | { readonly event: 'listening'; readonly port: number; readonly askedPort: number }
  | { readonly event: 'failed'; readonly diagnosis: Diagnosis }
  /** The next client starts it again. */
  | {
      readonly event: 'ended';
      readonly how: string;
      /** Where in its own source it crashed. */
      readonly source?: SourceLocation;
    }
  | {
      readonly event: 'printed';
      readonly stream: 'stdout' | 'stderr';
      readonly base64: string;
      /** How many bytes were printed before these that are not told of, since there were too many. */
      readonly dropped: number;
    }
  /** The program is not to blame; the text is for the user where it is bad input. */
  | { readonly event: 'fault'; readonly text: string; readonly isUsage: boolean };

/** All but what it prints. */
export type Happened = Exclude<HostEvent, { readonly event: 'printed' }>;
