/** An address that a program listens on. The host is undefined where the system does not tell. */
export interface Listener {
  readonly host: string | undefined;
  readonly port: number;
  /** Tells one listening socket from another, where the system does. */
  readonly inode?: string;
}

/** How the processes of a program are known. */
export interface Family {
  /** The process that was started; 0 where it has ended. */
  readonly leader: number;
  /** A word that all of them carry in their environment, unless they cleared it. */
  readonly mark: string;
  /** A folder in which no other process works; where it is given, working there is enough. */
  readonly folder?: string;
}

/** A thread of a process, at one moment. */
export interface Thread {
  /** Unlike that of any other that lives. */
  readonly id: string;
  /** Whether it waits for something to happen, which it may go on from at once. */
  readonly isAsleep: boolean;
  /** How long it has been ready to run, in all, while every processor was taken. */
  readonly waitedMs: number;
  /** Differs once its process has waited for a child to end. */
  readonly children: string;
}

/** What differs between operating systems in handling a student's processes. */
export interface Platform {
  /** The living processes that a program started, itself included, even those that left its group. */
  readonly findFamily: (family: Family) => Promise<readonly number[]>;
  /** Where these processes listen for TCP connections; no more is looked for once `wanted` is found. */
  readonly findListeners: (
    family: readonly number[],
    wanted: number,
  ) => Promise<readonly Listener[]>;
  /** The sockets that a process holds, by some name; undefined where asking costs a process. */
  readonly findSockets: ((pid: number) => readonly string[]) | undefined;
  /** The threads of these processes; undefined where the system does not tell how they fare. */
  readonly readThreads: ((family: readonly number[]) => readonly Thread[]) | undefined;
  /** Whether any process listens on this port; undefined where the system does not tell. */
  readonly isTaken: ((port: number) => boolean) | undefined;
  /** Sends a signal to a program and its group. One that has gone is no error. */
  readonly signal: (leader: number, signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL') => Promise<void>;
}
