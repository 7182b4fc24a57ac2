const MIB = 2 ** 20;

/** What the programs of one cell may use. Sizes are in bytes. */
export const LIMITS = {
  /** Of memory, by all processes of the cell together. */
  memory: 512 * MIB,
  /** Of processes and threads. */
  processes: 64,
  /** Of processor time, by all processes of the cell together, in seconds. */
  processorSeconds: 60,
  /** Of one file. */
  file: 16 * MIB,
  /** Of files, folders and links in each place where files can be made. */
  files: 20_000,
  /** Of descriptors in each process. */
  descriptors: 512,
  /** Of /tmp. */
  temporary: 32 * MIB,
  /** Of /dev/shm. */
  shared: 16 * MIB,
  /** Of the file system that holds a stage's copy, and what its program writes beside it. */
  room: 128 * MIB,
} as const;
