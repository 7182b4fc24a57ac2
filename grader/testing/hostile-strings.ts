/** Text that a student, or a student's program, could bring along to break what shows it. */
export interface HostileString {
  readonly name: string;
  readonly text: string;
}

const ESC = '\u001b';

/** What a page would do that had been broken into: tests look for it. */
export const HACKED = 'globalThis.hacked=1';

export const HOSTILE_STRINGS: readonly HostileString[] = [
  {
    name: 'terminal colours and titles',
    text: `${ESC}[2J${ESC}[31mred${ESC}]0;title\u0007\u009b1m`,
  },
  { name: 'bidirectional controls', text: 'user\u202egnp.exe\u2066 isolate\u2069 \u200fmark' },
  { name: 'invisible characters', text: 'a\u200bd\u00admin\ufeff\u{e0041}\u2060 x' },
  { name: 'a script', text: `<script>${HACKED}</script>` },
  { name: 'an image that fails', text: `<img src=x onerror="${HACKED}">` },
  { name: 'a vector image', text: `<svg/onload=${HACKED}><a href="javascript:${HACKED}">x</a>` },
  { name: 'the end of an attribute', text: `" autofocus onfocus="${HACKED}" x='` },
  { name: 'the end of a style, a script and a page', text: '</style></script></title></html>' },
  { name: 'the end of a comment', text: `--></style><script>${HACKED}</script><!--` },
  { name: 'the end of CDATA', text: ']]>]]&gt;<![CDATA[' },
  { name: 'the end of details', text: '</details></summary></pre></table>' },
  { name: 'a template', text: '<%= process.env %> ${7*7} {{7*7}} #{7*7}' },
  { name: 'an address to run', text: `javascript:${HACKED}//https://example.org/%0a` },
  { name: 'a fence', text: `\n\`\`\`\n# heading\n~~~~~\n\`\`\`\`\`\`js\n<b>bold</b>` },
  { name: 'backticks', text: '` `` ``` `x` ```` ` `' },
  { name: 'a lone backtick', text: '`' },
  {
    name: 'links',
    text: '[x](javascript:hacked) <https://example.org> ![i](http://example.org/i.png)',
  },
  {
    name: 'bare addresses',
    text: 'http://example.org www.example.org mail@example.org ftp://a.example',
  },
  { name: 'mentions', text: '@everyone @octo/team cc:@someone #1 octo/repo#2 GH-3 fixes: #4' },
  {
    name: 'a commit',
    text: '0123456789abcdef0123456789abcdef01234567 a5c3785ed8d6a35868bc169f07e40e889087fd2e',
  },
  { name: 'emphasis', text: '**bold** __bold__ *it* _it_ ~~gone~~ ==mark== $x^2$ :smile:' },
  { name: 'the start of a list', text: '- item\n+ item\n1. item\n1) item\n* item\n- [x] done' },
  {
    name: 'the start of a heading',
    text: '# one\nTitle\n=====\nTitle\n-----\n> quote\n    code\n***',
  },
  { name: 'a table', text: '| a | b |\n|---|---|\n| c \\| d | e \\' },
  { name: 'a definition', text: '[x]: http://example.org "title"\n[^1]: note\n[x] [^1]' },
  { name: 'entities', text: '&lt;b&gt; &#60;i&#62; &amp;copy; &copy' },
  { name: 'a formula', text: '=HYPERLINK("http://example.org?"&A1,"Click")' },
  { name: 'a formula with a program', text: "=cmd|' /C calc'!A0" },
  { name: 'a plus', text: '+1+cmd' },
  { name: 'a minus', text: '-2+3+cmd' },
  { name: 'an at sign', text: '@SUM(1+1)*cmd' },
  { name: 'a formula behind white space', text: '\t\r\n =1+1' },
  { name: 'full-width signs', text: '\uff1d1+1' },
  { name: 'a full-width at sign', text: '\uff20SUM(1)' },
  { name: 'the end of a cell', text: '",=1+1,"\r\n=1+1;=1\t=1' },
  { name: 'a workflow command', text: '::error::owned\n::set-output name=x::y\n##[error]z' },
  {
    name: 'the escapes of a workflow command',
    text: '%0A::error::owned\n  ::error file=a,line=1::b\n::endgroup::\n::stop-commands::x\n::x::',
  },
  {
    name: 'the words of TAP',
    text: 'a # TODO\n  ...\n...\n---\nok 1\nnot ok 2 # SKIP\nBail out!\n1..0\n# Subtest: b {\n}\nc {',
  },
  { name: 'a comment of TAP', text: 'x # skip all' },
  {
    name: 'the words of YAML',
    text: 'a: !!js/function b\n- &c *d\n? e\n|\n>-\n%YAML 1.1\n... # f',
  },
  { name: 'an output of a step', text: 'result=e30=\nresult<<EOF\ne30=\nEOF' },
  { name: 'the end of JSON', text: '"}],"score":100,"tests":[{\\u0022' },
  { name: 'NUL and friends', text: 'a\u0000b\u0001c\u007fd\u0008e\u000bf\u000cg' },
  { name: 'halves of a pair', text: 'a\ud83d b\ude00 c\ud83d' },
  { name: 'line ends of all kinds', text: 'a\rb\nc\r\nd\u2028e\u2029f\u0085g' },
  { name: 'a very long line', text: 'x'.repeat(100_000) },
  { name: 'a very long line of signs', text: '`<@&"'.repeat(10_000) },
  { name: 'very many lines', text: 'line\n'.repeat(20_000) },
  { name: 'marks upon marks', text: `Z${'\u0310\u0334'.repeat(300)}algo` },
  { name: 'the prototype', text: '__proto__' },
  { name: 'a constructor', text: 'constructor' },
  { name: 'white space alone', text: ' \t\n ' },
  { name: 'nothing', text: '' },
  { name: 'a name from right to left', text: 'محمد بن سلمان' },
  { name: 'a name with a joiner', text: 'علی\u200cرضا' },
];

/** Ids that a roster may hold: they name files, and have neither slashes nor white space. */
export const HOSTILE_IDS: readonly string[] = [
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'a#b?c=d&e',
  '%2e%2e%2f%00',
  '=1+1',
  '@everyone',
  '-rf',
  '<b>x<b>',
  '"onclick="hacked',
  '`id`',
  'ünïcode-é',
  'e\u0301',
  '001',
  '1e5',
];
