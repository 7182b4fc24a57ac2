import type { Equivalent } from '../../../../grader/lab/index.ts';
import { athome } from './athome.ts';
import { echoServer } from './echo_server.ts';
import { httpServe1 } from './http_serve1.ts';
import { httpServe2 } from './http_serve2.ts';
import { httpServe3 } from './http_serve3.ts';
import { httpServe4 } from './http_serve4.ts';
import { httpServe5 } from './http_serve5.ts';
import { programs } from './programs.ts';

export const equivalents: readonly Equivalent[] = [
  ...echoServer,
  ...httpServe1,
  ...httpServe2,
  ...httpServe3,
  ...httpServe4,
  ...httpServe5,
  ...athome,
  ...programs,
];
