import { isMap, isNode, isScalar, type LineCounter, type Node, type Pair } from 'yaml';
import { quote, type Fault } from '../roster/faults.ts';

/** One entry of a YAML map: its key, and what stands there. */
export interface YamlEntry {
  readonly key: string;
  readonly line: number;
  readonly value: unknown;
}

/** Takes values out of a YAML document, and collects what is wrong with them by line. */
export class YamlReader {
  readonly faults: Fault[] = [];
  readonly #lines: LineCounter;

  constructor(lines: LineCounter) {
    this.#lines = lines;
  }

  /**
   * The entries of a map, each with a key that is known.
   *
   * @param keys those that are known; undefined where any is
   */
  entries(
    node: unknown,
    { name, line, keys }: { name: string; line: number; keys?: readonly string[] },
  ): YamlEntry[] {
    if (!isMap<Node>(node)) {
      this.fault(line, `${name} must hold keys and values.`);
      return [];
    }
    return node.items.flatMap((pair) => {
      const entry = this.#readPair(pair, line);
      if (!entry) return [];
      if (keys === undefined || keys.includes(entry.key)) return [entry];
      const known = keys.join(', ');
      this.fault(entry.line, `${name} has no key ${JSON.stringify(entry.key)}; it has ${known}.`);
      return [];
    });
  }

  /**
   * The value of an entry, read from what is written there and not from what YAML takes it for:
   * an id 0042 is no number, and neither is a date.
   *
   * @param read gives undefined where the text is none
   * @param wanted an example of what it should be
   */
  value<Value>(
    { key, line, value }: YamlEntry,
    read: (text: string) => Value | undefined,
    wanted: string,
  ): Value | undefined {
    const text = this.#textOf(value);
    const found = text === undefined ? undefined : read(text);
    if (found === undefined) {
      const what = text === undefined || text === '' ? 'has no value' : `cannot be ${quote(text)}`;
      this.fault(line, `${key} ${what}; write ${wanted}.`);
    }
    return found;
  }

  fault(line: number, text: string): void {
    this.faults.push({ line, text });
  }

  lineOf(node: unknown): number {
    const start = isNode(node) ? node.range?.[0] : undefined;
    return start === undefined ? 0 : this.#lines.linePos(start).line;
  }

  #readPair({ key, value }: Pair, line: number): YamlEntry | undefined {
    const text = this.#textOf(key);
    if (text !== undefined) return { key: text, line: this.lineOf(key), value };
    this.fault(this.lineOf(key) || line, 'a key must be a plain word.');
    return undefined;
  }

  #textOf(node: unknown): string | undefined {
    if (!isScalar(node) || node.anchor !== undefined) return undefined;
    return node.source ?? '';
  }
}
