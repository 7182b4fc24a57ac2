/** What was typed of the options that choose what is graded and how. */
interface Choice {
  readonly from?: string;
  readonly solutions?: boolean;
  readonly url?: string;
  readonly web?: string;
  readonly runtime: readonly string[];
  readonly ports?: string;
  readonly sandbox?: string;
}

/** The same options, to be typed again. */
export function repeatChoice(options: Choice): string[] {
  const { from, solutions, url, web, runtime, ports, sandbox } = options;
  const quote = (word: string): string => (/^[\w./:=@%+-]+$/.test(word) ? word : `'${word}'`);
  return [
    ...(from === undefined ? [] : ['--from', quote(from)]),
    ...(solutions === true ? ['--solutions'] : []),
    ...(url === undefined ? [] : ['--url', quote(url)]),
    ...(web === undefined ? [] : ['--web', quote(web)]),
    ...runtime.flatMap((each) => ['--runtime', quote(each)]),
    ...(ports === undefined ? [] : ['--ports', ports]),
    ...(sandbox === 'bwrap' ? ['--sandbox', sandbox] : []),
  ];
}
