import { CheckFailure } from '../../model/errors.ts';
import type { CheckContext } from '../context.ts';
import { diagnoseBody } from './body.ts';
import { PLANTED } from './listing.ts';
import { expectReply, expectType } from './reply.ts';

/** A file that a server is to serve. */
export interface ServedFile {
  /** Its path below `web/`. */
  readonly path: string;
  /** Its media type, such as `image/png`. */
  readonly type: string;
}

/**
 * Expects files to be served with their bytes and their media types. Each of the two is worth half
 * of the check's points, over all of the files.
 *
 * @throws CheckFailure with half of the points where only the bytes, or only the types, are wrong
 */
export async function expectFiles(
  { server, web, originOf }: Pick<CheckContext, 'server' | 'web' | 'originOf'>,
  files: readonly ServedFile[],
): Promise<void> {
  const faults: { readonly bytes: CheckFailure[]; readonly type: CheckFailure[] } = {
    bytes: [],
    type: [],
  };
  const others = (): { name: string; bytes: Buffer }[] =>
    web.files().map((name) => ({ name, bytes: web.read(name) }));
  for (const { path, type } of files) {
    const bytes = web.read(path);
    const exchange = await server.get(`/${path.split('/').map(encodeURIComponent).join('/')}`);
    const reply = expectReply(exchange, { status: 200 }, { bytes });
    const note = originOf(path) === 'planted' ? { note: `About ${path}: ${PLANTED}` } : {};
    const body = diagnoseBody(reply.body, { name: path, bytes, others, ...note }, exchange);
    if (body) faults.bytes.push(body);
    const wrong = faultOf(() => {
      expectType(reply, type);
    });
    if (wrong) faults.type.push(wrong);
  }
  const [first] = [...faults.bytes, ...faults.type];
  if (!first) return;
  const both = faults.bytes.length > 0 && faults.type.length > 0;
  if (both) throw first;
  const { request } = first;
  throw new CheckFailure(half(first, faults.type.length > 0), { share: 0.5, request });
}

function half({ diagnosis }: CheckFailure, typeIsWrong: boolean): CheckFailure['diagnosis'] {
  const right = typeIsWrong ? 'bytes are' : 'Content-Type is';
  const kept = `The ${right} right, so you keep half of the points.`;
  const note = diagnosis.note === undefined ? kept : `${kept} ${diagnosis.note}`;
  return { ...diagnosis, note };
}

function faultOf(act: () => void): CheckFailure | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof CheckFailure) return error;
    throw error;
  }
}
