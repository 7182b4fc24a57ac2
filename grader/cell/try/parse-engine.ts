/** What an engine says of itself, as far as cells depend on it. */
export interface Engine {
  readonly system: string;
  /** Of what it protects the machine by: `seccomp`, `rootless`, `userns`. */
  readonly protections: readonly string[];
  /** What it cannot limit. */
  readonly limitless: readonly string[];
}

const LIMITS = [
  ['MemoryLimit', 'memory'],
  ['PidsLimit', 'processes'],
  ['CPUSet', 'cores'],
] as const;

/** Reads what `docker info --format '{{json .}}'` prints. */
export function parseEngine(text: string): Engine {
  const told = JSON.parse(text) as {
    readonly OSType?: string;
    readonly SecurityOptions?: readonly string[] | null;
  } & Readonly<Record<string, unknown>>;
  return {
    system: told.OSType ?? '',
    protections: (told.SecurityOptions ?? []).map(
      (option) => /^name=([^,]+)/.exec(option)?.[1] ?? option,
    ),
    limitless: LIMITS.flatMap(([name, what]) => (told[name] === false ? [what] : [])),
  };
}
