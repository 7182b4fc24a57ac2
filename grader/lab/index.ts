/** All that a lab may import. */
export { rfc } from '../model/check.ts';
export type { DiagnosisCode } from '../model/diagnosis.ts';
export type { CheckFailure } from '../model/errors.ts';
export { check, lab, stage, type Check, type Lab, type Stage } from './check.ts';
export type { CheckContext, PlantedFile } from './context.ts';
export type { HeldConnection } from './server.ts';
export type { CallValue } from '../run/call/outcome.ts';
export { listensWhereTold } from './listens-where-told.ts';
export { randomPng } from './png.ts';
export { repeatedFile } from './repeated-file.ts';
export type { Edit, Equivalent, Mutant, Proofs, RealServer } from './proofs.ts';
export type { Random } from './random.ts';
export type { Exchange } from '../wire/exchange.ts';
export { expectAnswered } from './expect/answer.ts';
export {
  diagnoseBody,
  expectBody,
  expectBytes,
  expectLargeFile,
  type ExpectedFile,
} from './expect/body.ts';
export {
  bytes,
  expectReturned,
  expectThrew,
  expectValue,
  replyFromValue,
  text,
  valueBytes,
} from './expect/call.ts';
export { explained, failure } from './expect/failure.ts';
export { expectFiles, type ServedFile } from './expect/files.ts';
export { expectFolder, expectNotNames, getListing, type Listing } from './expect/listing.ts';
export {
  expectHead,
  expectHeader,
  expectReply,
  expectStatusLine,
  expectType,
  type Reply,
} from './expect/reply.ts';
export { expectCurrentTime, readDate, readTimes, standsStill } from './expect/time.ts';
export { follow } from './expect/redirects.ts';
export { decodePercent, isSameServer, linksTo, showsName } from './page/listed-names.ts';
export { readPage } from './page/read-page.ts';
