/** A line of a filter. A test that does not hold goes on with the line below it. */
export type Line =
  /** Loads 32 bits of what is filtered, from this offset in bytes. */
  | { readonly do: 'load'; readonly offset: number }
  | { readonly do: 'test'; readonly that: Test; readonly value: number; readonly to: string }
  | { readonly do: 'return'; readonly action: number }
  | { readonly do: 'label'; readonly name: string };

type Test = 'equals' | 'is-at-least' | 'shares-a-bit-with';

/**
 * Assembles a filter in the kernel's classic BPF: eight bytes an instruction, in the byte order of
 * the machines it is for, which is little endian on both.
 *
 * @throws Error where a label is missing, stands above the jump, or is too far away
 */
export function assemble(lines: readonly Line[]): Buffer {
  const places = new Map<string, number>();
  const instructions: Exclude<Line, { do: 'label' }>[] = [];
  for (const line of lines) {
    if (line.do === 'label') places.set(line.name, instructions.length);
    else instructions.push(line);
  }
  const distance = (from: number, to: string): number => {
    const place = places.get(to);
    if (place === undefined || place <= from) throw new Error(`no label ${to} below line ${from}`);
    return place - from - 1;
  };
  return Buffer.concat(
    instructions.map((line, index) => encode(line, (to) => distance(index, to))),
  );
}

const LOAD_WORD = 0x20;
const RETURN = 0x06;
const TESTS: Readonly<Record<Test, number>> = {
  equals: 0x15,
  'is-at-least': 0x35,
  'shares-a-bit-with': 0x45,
};

function encode(
  line: Exclude<Line, { do: 'label' }>,
  distanceTo: (label: string) => number,
): Buffer {
  switch (line.do) {
    case 'load':
      return instruction(LOAD_WORD, line.offset);
    case 'return':
      return instruction(RETURN, line.action);
    case 'test':
      return instruction(TESTS[line.that], line.value, distanceTo(line.to));
  }
}

/** A conditional jump has eight bits for its distance. */
function instruction(code: number, value: number, whenTrue = 0): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(whenTrue, 2);
  bytes.writeUInt32LE(value >>> 0, 4);
  return bytes;
}
